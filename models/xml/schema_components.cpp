#include "models/xml/schema_components.hpp"

#include <algorithm>
#include <functional>

#include "models/base/namespaces.hpp"

namespace echoflow::xml {
namespace {

// All that lies at or below `top`, in document order. Stops when `visit` returns false.
void walk(const Document& d, NodeIndex top, const std::function<bool(NodeIndex)>& visit) {
  NodeIndex n = top;
  while (visit(n)) {
    if (d.first_child(n) != no_node) {
      n = d.first_child(n);
      continue;
    }
    while (n != top && d.next_sibling(n) == no_node) n = d.parent(n);
    if (n == top) return;
    n = d.next_sibling(n);
  }
}

bool holds_qnames(std::string_view attribute) {
  constexpr std::string_view names[] = {"type", "ref", "base", "itemType", "memberTypes", "substitutionGroup", "refer"};
  return std::find(std::begin(names), std::end(names), attribute) != std::end(names);
}

// The white-space-separated words of an attribute's value.
std::vector<std::string_view> words(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  std::vector<std::string_view> out;
  for (std::size_t from = text.find_first_not_of(space); from != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(space, from), text.size());
    out.push_back(text.substr(from, end - from));
    from = text.find_first_not_of(space, end);
  }
  return out;
}

std::string attribute_content(const Document& d, NodeIndex element, NodeIndex attribute) {
  if (!d.namespace_uri(attribute).empty() || !holds_qnames(d.local_name(attribute)) ||
      d.namespace_uri(element) != ns::xsd)
    return std::string(d.value(attribute));
  std::string out;
  for (const std::string_view word : words(d.value(attribute))) {
    const auto name = d.resolve_qname(element, word);
    (out += name ? name->clark() : std::string(word)) += ' ';
  }
  return out;
}

void add_element_content(const Document& d, NodeIndex n, std::string& out) {
  ((out += '<') += d.qname(n).clark()) += ' ';
  std::vector<std::string> attributes;
  for (NodeIndex a = d.first_attribute(n); a != no_node; a = d.next_sibling(a))
    attributes.push_back(d.qname(a).clark() + "=" + attribute_content(d, n, a));
  std::sort(attributes.begin(), attributes.end());
  for (const std::string& a : attributes) (out += a) += '\n';
}

bool is_annotation(const Document& d, NodeIndex n) {
  return d.kind(n) == NodeKind::element && d.local_name(n) == "annotation" && d.namespace_uri(n) == ns::xsd;
}

}  // namespace

std::string component_key(const Document& d, NodeIndex n) {
  if (d.namespace_uri(n) != ns::xsd) return {};
  std::string kind(d.local_name(n));
  if (kind == "complexType" || kind == "simpleType") kind = "type";
  if (kind != "type" && kind != "element" && kind != "attribute" && kind != "group" && kind != "attributeGroup" &&
      kind != "notation")
    return {};
  const auto name = d.attribute(n, "name");
  return name ? kind + " " + std::string(*name) : std::string();
}

std::string component_content(const Document& d, NodeIndex component) {
  std::string out;
  // Depth, so that siblings and children differ.
  const auto depth = [&](NodeIndex n) {
    std::size_t count = 0;
    for (; n != component; n = d.parent(n)) ++count;
    return count;
  };
  walk(d, component, [&](NodeIndex n) {
    for (NodeIndex up = n; up != component; up = d.parent(up))
      if (is_annotation(d, up)) return true;
    if (d.kind(n) != NodeKind::element) return true;
    out += std::to_string(depth(n));
    add_element_content(d, n, out);
    return true;
  });
  return out;
}

std::vector<std::string> referenced_namespaces(const Document& d, NodeIndex schema) {
  std::vector<std::string> out;
  walk(d, schema, [&](NodeIndex n) {
    if (d.kind(n) != NodeKind::element || d.namespace_uri(n) != ns::xsd) return true;
    for (NodeIndex a = d.first_attribute(n); a != no_node; a = d.next_sibling(a)) {
      if (!d.namespace_uri(a).empty() || !holds_qnames(d.local_name(a))) continue;
      for (const std::string_view word : words(d.value(a))) {
        const auto name = d.resolve_qname(n, word);
        if (name && !name->ns.empty() && std::count(out.begin(), out.end(), name->ns) == 0) out.push_back(name->ns);
      }
    }
    return true;
  });
  return out;
}

NodeIndex element_number(const Document& d, NodeIndex top, std::size_t ordinal) {
  NodeIndex found = no_node;
  std::size_t next = 0;
  walk(d, top, [&](NodeIndex n) {
    if (d.kind(n) != NodeKind::element || next++ != ordinal) return true;
    found = n;
    return false;
  });
  return found;
}

NodeIndex element_at(const Document& d, NodeIndex top, const TagScan& scan, Position at) {
  const auto starts_after = [](const Position& p, const TagScan::Tag& tag) {
    return p.line != tag.position.line ? p.line < tag.position.line : p.column <= tag.position.column;
  };
  const auto after = std::upper_bound(scan.tags.begin(), scan.tags.end(), at, starts_after);
  if (after == scan.tags.begin()) return no_node;
  return element_number(d, top, static_cast<std::size_t>(after - scan.tags.begin()) - 1);
}

}  // namespace echoflow::xml
