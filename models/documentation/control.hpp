#pragma once
#include <cstdint>
#include <string>
#include <vector>

/// What document control says of a document, as ISO 9001 §7.5 asks: who wrote, checked and released it, and until when
/// it holds. Filled from the journal's acts on a server, or by the caller for a file.
namespace echoflow::documentation {

enum class Status : std::uint8_t { inactive, in_work, in_review, in_release, released, withdrawn };

/// Who put a name under it. All empty: nobody yet.
struct Signature {
  std::string name;
  std::string role;
  std::string at;    ///< xsd:dateTime or xsd:date; "" : not signed
  std::string mark;  ///< what proves it: "journal 4711, sha256 …"
};

struct Revision {
  std::string version;
  std::string at;  ///< xsd:dateTime or xsd:date
  std::string author;
  std::string change;
};

struct Term {
  std::string name;
  std::string meaning;
};

/// A record that the process leaves behind, and how long it is kept.
struct Retention {
  std::string record;  ///< name or element id of the data
  std::string place;
  std::string keeper;
  std::string period;  ///< "10 years" in the document's language, or an xsd:duration
};

struct Control {
  std::string number;   ///< "VA-0007"
  std::string version;  ///< of the document
  Status status = Status::inactive;
  std::string owner;
  Signature author, reviewer, approver;
  std::string effective_from;  ///< xsd:date
  std::string next_review;     ///< xsd:date
  std::vector<Revision> revisions;
  std::string organisation;
  std::string purpose, scope;  ///< "" : made from the model
  std::vector<Term> terms;
  std::vector<Retention> retentions;
};

}  // namespace echoflow::documentation
