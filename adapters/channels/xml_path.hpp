#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/xml/tree.hpp"

namespace echoflow::channels {

/// Elements at "a/b/c" below a node, by local names; "*" is any, "." the node itself.
std::vector<xml::NodeIndex> elements_at(const xml::Document& document, xml::NodeIndex from, std::string_view path);
/// Text of the first element or attribute at "a/b", "a/@b", "@b"; empty when there is none.
std::string text_at(const xml::Document& document, xml::NodeIndex from, std::string_view path);

}  // namespace echoflow::channels
