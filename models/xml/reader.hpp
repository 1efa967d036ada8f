#pragma once
#include <string>
#include <string_view>
#include <vector>

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

/// An element and how it stands in the bytes that were read.
struct ElementText {
  NodeIndex element = no_node;
  std::string_view text;
};

struct ReadOptions {
  Limits limits;
  bool keep_positions = false;  ///< fill Document::position (for deployments)
  bool keep_comments = true;
  std::string file;  ///< for ReadError::where
  /// When set and the document is one of the plain ones (elements, attributes, text): gets the elements of the third
  /// level, whose text then is all there is to know of them but the namespaces that are declared around them.
  std::vector<ElementText>* texts = nullptr;
};

/// Parses a whole document, namespace-aware, with Xerces' SAX2 reader. DOCTYPE is refused, nothing external is ever
/// read. Thread-safe: each thread keeps its own parser. Never throws.
Result<Document, ReadError> read(std::string_view bytes, const ReadOptions& options = {});

}  // namespace echoflow::xml
