#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/ports/cx_rows.hpp"
#include "models/base/result.hpp"
#include "models/documentation/control.hpp"

/// A controlled document as data (docs/document-control.md). Field ids and numbers are permanent: one that is given up
/// is never used again.
namespace echoflow::documents {

using documentation::Status;
std::string_view to_string(Status status);

enum class Act : std::uint8_t {
  create = 0,
  edit = 1,
  begin = 2,
  submit = 3,
  send_back = 4,
  check = 5,
  release = 6,
  withdraw = 7,
  revise = 8,
  keep = 9,     ///< a rendered file was stored
  remind = 10,  ///< the review is due
};
std::string_view to_string(Act act);

/// Who put a name under a version, when, under which content, and what that means (as 21 CFR 11.50 asks).
struct SignatureRecord {
  Act act = Act::submit;
  std::string who, meaning, hash;
  TimePoint at;
  template <class V>
  void fields(V& v) {
    v(1, act);
    v(2, who);
    v(3, meaning);
    v(4, hash);
    v(5, at);
  }
};

/// A rendered file of a released version, as it was stored.
struct ContentRecord {
  std::string format, language, sha256;
  std::uint64_t bytes = 0;
  template <class V>
  void fields(V& v) {
    v(1, format);
    v(2, language);
    v(3, sha256);
    v(4, bytes);
  }
};

struct TermRecord {
  std::string name, meaning;
  template <class V>
  void fields(V& v) {
    v(1, name);
    v(2, meaning);
  }
};
struct RetentionRecord {
  std::string record, place, keeper, period;
  template <class V>
  void fields(V& v) {
    v(1, record);
    v(2, place);
    v(3, keeper);
    v(4, period);
  }
};

/// What is said of a version; changes only while it is in work.
struct Particulars {
  std::string title, owner, reviewer, approver, organisation, purpose, scope;
  std::uint32_t review_months = 12;
  std::vector<TermRecord> terms;
  std::vector<RetentionRecord> retentions;
  template <class V>
  void fields(V& v) {
    v(1, title);
    v(2, owner);
    v(3, reviewer);
    v(4, approver);
    v(5, organisation);
    v(6, purpose);
    v(7, scope);
    v(8, review_months);
    v(9, terms);
    v(10, retentions);
  }
};

struct VersionRecord {
  std::uint32_t number = 0;
  Status status = Status::inactive;
  std::int64_t process = 0;  ///< the process version that it describes
  std::int32_t process_version = 0;
  std::string source_sha256;
  std::string author, change;
  std::string effective_from, next_review;  ///< xsd:date
  TimePoint begun, released, withdrawn, reminded;
  std::vector<SignatureRecord> signatures;
  std::vector<ContentRecord> contents;
  Particulars particulars;
  std::vector<std::string> writers;  ///< who began, edited or submitted it
  template <class V>
  void fields(V& v) {
    v(1, number);
    v(2, status);
    v(3, process);
    v(4, process_version);
    v(5, source_sha256);
    v(6, author);
    v(7, change);
    v(8, effective_from);
    v(9, next_review);
    v(10, begun);
    v(11, released);
    v(12, withdrawn);
    v(13, reminded);
    v(14, signatures);
    v(15, contents);
    v(16, particulars);
    v(17, writers);
  }
};

struct DocumentRecord {
  std::int64_t id = 0;  ///< of its journal stream
  std::uint64_t seq = 0;
  std::string number, process_key;
  std::vector<VersionRecord> versions;  ///< oldest first
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, seq);
    v(3, number);
    v(4, process_key);
    v(5, versions);
  }
  const VersionRecord* version(std::uint32_t number) const;
  const VersionRecord* released_version() const;
  const VersionRecord& newest() const { return versions.back(); }
};

/// What the signatures of a version are under: the hash of all that it says and of the process's source.
std::string content_hash(const DocumentRecord& document, const VersionRecord& version);
/// As documents show it.
documentation::Control control_of(const DocumentRecord& document, const VersionRecord& version);

inline constexpr std::string_view document_kind = "controlled-document", content_kind = "document-content";
engine::DocumentRow to_row(const DocumentRecord& document);
Result<DocumentRecord> read_document(const engine::DocumentRow& row);

/// The number of the one event of a document's stream.
inline constexpr std::uint32_t document_acted = 601;
/// An act, as the journal keeps it: with the whole document after it.
struct ActRecord {
  Act act = Act::create;
  std::uint32_t version = 0;
  Status from = Status::inactive, to = Status::inactive;
  std::string who, why;
  SignatureRecord signature;
  DocumentRecord document;
  template <class V>
  void fields(V& v) {
    v(1, act);
    v(2, version);
    v(3, from);
    v(4, to);
    v(5, who);
    v(6, why);
    v(7, signature);
    v(8, document);
  }
};
std::string write_act(const ActRecord& act);
Result<ActRecord> read_act(std::string_view events);

}  // namespace echoflow::documents
