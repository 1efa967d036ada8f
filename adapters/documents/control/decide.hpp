#pragma once
#include <optional>

#include "adapters/documents/control/record.hpp"

/// What may happen to a controlled document: pure, times and names come in.
namespace echoflow::documents {

/// The process version that a document describes.
struct Described {
  std::int64_t process = 0;
  std::int32_t version = 0;
  std::string source_sha256;
};

struct Command {
  Act act = Act::begin;
  std::string who, why;
  std::string meaning;                      ///< of the signature; empty: the act's own words
  std::optional<Particulars> particulars;   ///< create, edit
  std::optional<Described> described;       ///< create, revise, edit
  std::string effective_from, next_review;  ///< release; xsd:date; empty: today, and after review_months
  std::optional<ContentRecord> content;     ///< keep
  TimePoint now;
};

struct DocumentRefusal {
  enum class Kind : std::uint8_t { conflict, forbidden, invalid };
  Kind kind = Kind::conflict;
  std::string message;
};
struct Decided {
  DocumentRecord document;
  ActRecord act;
};

/// A new document, version 1, inactive.
Result<Decided, DocumentRefusal> create_document(std::int64_t id, const std::string& number,
                                                 const std::string& process_key, const Command& command);
/// `version` 0: the newest.
Result<Decided, DocumentRefusal> decide(DocumentRecord document, std::uint32_t version, const Command& command);

}  // namespace echoflow::documents
