// Looking at a document: navigation, names, values.
#include "models/xml/tree.hpp"

namespace echoflow::xml {

Document::Document() {
  nodes_.emplace_back();
}

NodeIndex Document::document_element() const {
  return first_child_element(root_node);
}

NodeIndex Document::first_child_element(NodeIndex n) const {
  NodeIndex child = nodes_[n].first_child;
  while (child != no_node && nodes_[child].kind != NodeKind::element) child = nodes_[child].next;
  return child;
}

NodeIndex Document::next_sibling_element(NodeIndex n) const {
  NodeIndex sibling = nodes_[n].next;
  while (sibling != no_node && nodes_[sibling].kind != NodeKind::element) sibling = nodes_[sibling].next;
  return sibling;
}

NodeIndex Document::find_child(NodeIndex n, std::string_view ns, std::string_view local) const {
  const NameIndex wanted = find_name(ns, local);
  if (wanted == no_name) return no_node;
  NodeIndex child = first_child_element(n);
  while (child != no_node && nodes_[child].name != wanted) child = next_sibling_element(child);
  return child;
}

NodeIndex Document::find_attribute(NodeIndex element, std::string_view ns, std::string_view local) const {
  // Elements have few attributes: comparing is quicker than looking the name up.
  for (NodeIndex a = nodes_[element].first_attribute; a != no_node; a = nodes_[a].next)
    if (local_name(a) == local && namespace_uri(a) == ns) return a;
  return no_node;
}

std::optional<std::string_view> Document::attribute(NodeIndex element, std::string_view local,
                                                    std::string_view ns) const {
  const NodeIndex a = find_attribute(element, ns, local);
  if (a == no_node) return std::nullopt;
  return value(a);
}

NameIndex Document::find_name(std::string_view ns, std::string_view local) const {
  return names_.find(ns, local);
}

QName Document::qname(NodeIndex n) const {
  return {std::string(namespace_uri(n)), std::string(local_name(n))};
}

std::string Document::string_value(NodeIndex n) const {
  std::string out;
  append_string_value(n, out);
  return out;
}

void Document::append_string_value(NodeIndex n, std::string& out) const {
  const NodeKind kind = nodes_[n].kind;
  if (kind != NodeKind::element && kind != NodeKind::document) {
    out.append(value(n));
    return;
  }
  for (NodeIndex at = nodes_[n].first_child; at != no_node; at = next_in_subtree(at, n))
    if (nodes_[at].kind == NodeKind::text) out.append(value(at));
}

NodeIndex Document::next_in_subtree(NodeIndex n, NodeIndex top) const {
  if (nodes_[n].first_child != no_node) return nodes_[n].first_child;
  while (n != top && nodes_[n].next == no_node) n = nodes_[n].parent;
  return n == top ? no_node : nodes_[n].next;
}

NodeIndex Document::last_attribute(NodeIndex element) const {
  NodeIndex last = no_node;
  for (NodeIndex a = nodes_[element].first_attribute; a != no_node; a = nodes_[a].next) last = a;
  return last;
}

Position Document::position(NodeIndex n) const {
  return n < positions_.size() ? positions_[n] : Position{};
}

std::size_t Document::memory_bytes() const {
  return sizeof(Document) + nodes_.capacity() * sizeof(Node) + namespaces_.capacity() * sizeof(Namespace) +
         text_.capacity() + positions_.capacity() * sizeof(Position) + names_.memory_bytes();
}

}  // namespace echoflow::xml
