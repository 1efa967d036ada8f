// Namespace declarations of a document and what is in scope where.
#include <algorithm>

#include "models/base/namespaces.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {
namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

// Only what could not be a name at all: the exact tables of name characters are the parser's.
bool looks_like_ncname(std::string_view text) {
  if (text.empty() || text.find_first_of(": \t\r\n<>&\"'/()[]{}=,;!?@#$%^*+|\\`~") != std::string_view::npos)
    return false;
  return !(text.front() >= '0' && text.front() <= '9') && text.front() != '-' && text.front() != '.';
}

}  // namespace

void Document::declare_namespace(NodeIndex element, std::string_view prefix, std::string_view uri) {
  if (prefix == "xml" || prefix == "xmlns") return;
  const StringIndex prefix_index = names_.intern(prefix);
  const StringIndex uri_index = names_.intern(uri);
  std::uint32_t last = no_node;
  for (std::uint32_t i = nodes_[element].first_namespace; i != no_node; i = namespaces_[i].next) {
    if (namespaces_[i].prefix == prefix_index) {
      namespaces_[i].uri = uri_index;
      return;
    }
    last = i;
  }
  const auto added = static_cast<std::uint32_t>(namespaces_.size());
  namespaces_.push_back({prefix_index, uri_index, no_node});
  (last == no_node ? nodes_[element].first_namespace : namespaces_[last].next) = added;
}

std::vector<NamespaceDeclaration> Document::namespace_declarations(NodeIndex element) const {
  std::vector<NamespaceDeclaration> out;
  for (std::uint32_t i = nodes_[element].first_namespace; i != no_node; i = namespaces_[i].next)
    out.push_back({names_.text(namespaces_[i].prefix), names_.text(namespaces_[i].uri)});
  return out;
}

std::optional<std::string_view> Document::own_declaration(NodeIndex element, std::string_view prefix) const {
  const Node& node = nodes_[element];
  for (std::uint32_t i = node.first_namespace; i != no_node; i = namespaces_[i].next)
    if (names_.text(namespaces_[i].prefix) == prefix) return names_.text(namespaces_[i].uri);
  if (node.kind == NodeKind::element && names_.text(node.prefix) == prefix &&
      (prefix.empty() || !namespace_uri(element).empty()))
    return namespace_uri(element);
  return std::nullopt;
}

std::optional<std::string_view> Document::lookup_namespace(NodeIndex element, std::string_view prefix) const {
  if (prefix == "xml") return ns::xml;
  if (prefix == "xmlns") return ns::xmlns;
  for (NodeIndex n = element; n != no_node; n = nodes_[n].parent) {
    if (const auto uri = own_declaration(n, prefix)) {
      if (uri->empty()) return std::nullopt;
      return uri;
    }
  }
  return std::nullopt;
}

std::vector<NamespaceDeclaration> Document::namespaces_in_scope(NodeIndex element) const {
  std::vector<NamespaceDeclaration> out;
  const auto add = [&](std::string_view prefix, std::string_view uri) {
    const auto same = [&](const NamespaceDeclaration& d) { return d.prefix == prefix; };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back({prefix, uri});
  };
  for (NodeIndex n = element; n != no_node; n = nodes_[n].parent) {
    const Node& node = nodes_[n];
    for (std::uint32_t i = node.first_namespace; i != no_node; i = namespaces_[i].next)
      add(names_.text(namespaces_[i].prefix), names_.text(namespaces_[i].uri));
    if (node.kind != NodeKind::element) continue;
    const std::string_view prefix = names_.text(node.prefix);
    if (prefix != "xml" && (prefix.empty() || !namespace_uri(n).empty())) add(prefix, namespace_uri(n));
  }
  std::erase_if(out, [](const NamespaceDeclaration& d) { return d.uri.empty(); });
  return out;
}

std::optional<QName> Document::resolve_qname(NodeIndex element, std::string_view text,
                                             bool use_default_namespace) const {
  text = trim(text);
  const auto colon = text.find(':');
  const std::string_view local = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (!looks_like_ncname(local)) return std::nullopt;
  if (colon == std::string_view::npos) {
    const auto uri = use_default_namespace ? lookup_namespace(element, "") : std::nullopt;
    return QName{std::string(uri.value_or("")), std::string(local)};
  }
  if (!looks_like_ncname(text.substr(0, colon))) return std::nullopt;
  const auto uri = lookup_namespace(element, text.substr(0, colon));
  if (!uri) return std::nullopt;
  return QName{std::string(*uri), std::string(local)};
}

}  // namespace echoflow::xml
