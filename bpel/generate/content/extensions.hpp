#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bpel/generate/element.hpp"
#include "models/graph/nodes.hpp"

namespace echoflow::generate {

/// The extension elements of that name in the product's namespace (docs/cx-in-bpmn.md), with the prefixes cx, htd and
/// htt; text is the element's own. What is no XML is left out: the importer has said so.
std::vector<Element> extensions_of(const std::vector<graph::Attribute>& attributes, std::string_view name);
/// Those of another namespace, whose names have no prefix.
std::vector<Element> extensions_of(const std::vector<graph::Attribute>& attributes, std::string_view name,
                                   std::string_view of_namespace);

}  // namespace echoflow::generate
