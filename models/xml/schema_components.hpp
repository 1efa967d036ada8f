#pragma once
// Inside models/xml only: looking at schema documents.
#include <string>
#include <vector>

#include "models/xml/tag_scan.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {

/// "type Name", "element Name" …, for a global component; empty for anything else below xsd:schema.
std::string component_key(const Document& document, NodeIndex component);

/// What a component says, without prefixes, white space, comments and annotations: equal texts mean equal components.
std::string component_content(const Document& document, NodeIndex component);

/// The namespaces of all QNames in a schema's references (type, ref, base …), each once, in order of appearance.
std::vector<std::string> referenced_namespaces(const Document& document, NodeIndex schema);

/// The element below (and with) `top` whose start tag is the last one before `at` in top's serialized text, which
/// `scan` describes; no_node when there is none.
NodeIndex element_at(const Document& document, NodeIndex top, const TagScan& scan, Position at);

/// The element below (and with) `top` that is number `ordinal` (from 0) in document order.
NodeIndex element_number(const Document& document, NodeIndex top, std::size_t ordinal);

}  // namespace echoflow::xml
