#include "adapters/channels/xml_path.hpp"

#include <algorithm>

namespace echoflow::channels {

namespace {

/// Takes the first step off the path.
std::string_view next_step(std::string_view& path) {
  const auto end = std::min(path.find('/'), path.size());
  const auto step = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return step;
}

}  // namespace

std::vector<xml::NodeIndex> elements_at(const xml::Document& document, xml::NodeIndex from, std::string_view path) {
  std::vector<xml::NodeIndex> here{from};
  while (!path.empty() && !here.empty()) {
    const auto step = next_step(path);
    if (step.empty() || step == ".") continue;
    std::vector<xml::NodeIndex> below;
    for (auto node : here)
      for (auto child = document.first_child_element(node); child != xml::no_node;
           child = document.next_sibling_element(child))
        if (step == "*" || document.local_name(child) == step) below.push_back(child);
    here = std::move(below);
  }
  return here;
}

std::string text_at(const xml::Document& document, xml::NodeIndex from, std::string_view path) {
  const auto at = path.rfind('@');
  if (at == std::string_view::npos) {
    const auto found = elements_at(document, from, path);
    return found.empty() ? std::string() : document.string_value(found.front());
  }
  for (auto element : elements_at(document, from, path.substr(0, at)))
    for (auto attribute = document.first_attribute(element); attribute != xml::no_node;
         attribute = document.next_sibling(attribute))
      if (document.local_name(attribute) == path.substr(at + 1)) return std::string(document.value(attribute));
  return {};
}

}  // namespace echoflow::channels
