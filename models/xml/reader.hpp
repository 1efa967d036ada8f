#pragma once
#include <string>
#include <string_view>

#include "models/base/result.hpp"
#include "models/base/source_location.hpp"
#include "models/xml/limits.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {

/// Why some bytes are no acceptable XML. `limit` is the name of the limit that was passed ("xml-depth",
/// "xml-attributes", "xml-bytes", "xml-nodes", "doctype"), empty when the bytes are not well-formed.
struct ReadError {
  std::string message;
  std::string limit;
  SourceLocation where;
};

struct ReadOptions {
  Limits limits;
  bool keep_positions = false;  ///< fill Document::position (for deployments)
  bool keep_comments = true;
  std::string file;  ///< for ReadError::where
};

/// Parses a whole document, namespace-aware, with Xerces' SAX2 reader. DOCTYPE is refused, nothing external is ever
/// read. Thread-safe: each thread keeps its own parser. Never throws.
Result<Document, ReadError> read(std::string_view bytes, const ReadOptions& options = {});

}  // namespace echoflow::xml
