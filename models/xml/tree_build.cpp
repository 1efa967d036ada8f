// Building and changing a document.
#include <cassert>
#include <cstring>
#include <stdexcept>

#include "models/base/namespaces.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {
namespace {

constexpr std::size_t most_text = 0xfffffff0u;
constexpr std::size_t pack_text_from = 4096;

}  // namespace

NodeIndex Document::new_node(NodeKind kind, NodeIndex parent) {
  assert(parent < nodes_.size() && nodes_[parent].kind != NodeKind::removed);
  if (nodes_.size() >= no_node) throw std::length_error("an XML document has too many nodes");
  Node& node = nodes_.emplace_back();
  node.kind = kind;
  node.parent = parent;
  return static_cast<NodeIndex>(nodes_.size() - 1);
}

void Document::set_name(NodeIndex n, std::string_view ns, std::string_view local, std::string_view prefix) {
  if (ns.empty()) prefix = {};
  if (ns == ns::xml) prefix = "xml";
  nodes_[n].prefix = names_.intern(prefix);
  nodes_[n].name = names_.intern(ns, local);
}

void Document::link_before(NodeIndex n, NodeIndex before) {
  Node& node = nodes_[n];
  Node& parent = nodes_[node.parent];
  node.next = before;
  node.previous = before == no_node ? parent.last_child : nodes_[before].previous;
  (node.previous == no_node ? parent.first_child : nodes_[node.previous].next) = n;
  (before == no_node ? parent.last_child : nodes_[before].previous) = n;
}

void Document::link_attribute(NodeIndex n) {
  Node& node = nodes_[n];
  node.previous = last_attribute(node.parent);
  (node.previous == no_node ? nodes_[node.parent].first_attribute : nodes_[node.previous].next) = n;
}

void Document::unlink(NodeIndex n) {
  Node& node = nodes_[n];
  Node& parent = nodes_[node.parent];
  if (node.next != no_node) nodes_[node.next].previous = node.previous;
  if (node.previous != no_node) nodes_[node.previous].next = node.next;
  if (node.kind == NodeKind::attribute) {
    if (parent.first_attribute == n) parent.first_attribute = node.next;
  } else {
    if (parent.first_child == n) parent.first_child = node.next;
    if (parent.last_child == n) parent.last_child = node.previous;
  }
  node.parent = node.next = node.previous = no_node;
}

NodeIndex Document::append_element(NodeIndex parent, std::string_view ns, std::string_view local,
                                   std::string_view prefix) {
  const NodeIndex n = new_node(NodeKind::element, parent);
  set_name(n, ns, local, prefix);
  link_before(n, no_node);
  place(n);
  return n;
}

NodeIndex Document::append_element(NodeIndex parent, NameIndex name, StringIndex prefix) {
  const NodeIndex n = new_node(NodeKind::element, parent);
  nodes_[n].name = name;
  nodes_[n].prefix = prefix;
  link_before(n, no_node);
  place(n);
  return n;
}

NodeIndex Document::append_attribute(NodeIndex element, NameIndex name, StringIndex prefix, std::string_view value) {
  const NodeIndex n = new_node(NodeKind::attribute, element);
  nodes_[n].name = name;
  nodes_[n].prefix = prefix;
  put_text(n, value);
  link_attribute(n);
  place(n);
  return n;
}

NodeIndex Document::append_text(NodeIndex parent, std::string_view text) {
  return copy_text(parent, no_node, text);
}

NodeIndex Document::append_comment(NodeIndex parent, std::string_view text) {
  const NodeIndex n = new_node(NodeKind::comment, parent);
  put_text(n, text);
  link_before(n, no_node);
  place(n);
  return n;
}

NodeIndex Document::append_processing_instruction(NodeIndex parent, std::string_view target, std::string_view data) {
  const NodeIndex n = new_node(NodeKind::processing_instruction, parent);
  set_name(n, {}, target, {});
  put_text(n, data);
  link_before(n, no_node);
  place(n);
  return n;
}

NodeIndex Document::set_attribute(NodeIndex element, std::string_view ns, std::string_view local,
                                  std::string_view value, std::string_view prefix) {
  assert(nodes_[element].kind == NodeKind::element);
  NodeIndex n = find_attribute(element, ns, local);
  if (n == no_node) {
    n = new_node(NodeKind::attribute, element);
    set_name(n, ns, local, prefix);
    put_text(n, value);
    link_attribute(n);
    place(n);
    return n;
  }
  if (!prefix.empty()) set_name(n, ns, local, prefix);
  put_text(n, value);
  return n;
}

void Document::set_position(NodeIndex n, Position position) {
  if (positions_.size() <= n) positions_.resize(nodes_.size());
  positions_[n] = position;
}

void Document::set_value(NodeIndex n, std::string_view text) {
  if (nodes_[n].kind == NodeKind::text && text.empty()) return remove(n);
  put_text(n, text);
}

void Document::rename(NodeIndex n, std::string_view ns, std::string_view local, std::string_view prefix) {
  set_name(n, ns, local, prefix);
}

void Document::remove(NodeIndex n) {
  if (n == root_node) return remove_children(n);
  if (nodes_[n].kind == NodeKind::removed) return;
  const NodeIndex earlier = nodes_[n].kind == NodeKind::attribute ? no_node : nodes_[n].previous;
  const NodeIndex later = nodes_[n].kind == NodeKind::attribute ? no_node : nodes_[n].next;
  if (on_right_spine(n)) tail_ = nodes_[n].parent;
  unlink(n);
  mark_removed(n);
  merge_text_around(earlier, later);
}

void Document::keep_only(NodeIndex element) {
  for (const NamespaceDeclaration& needed : namespaces_in_scope(element))
    if (!own_declaration(element, needed.prefix)) declare_namespace(element, needed.prefix, needed.uri);
  unlink(element);
  while (nodes_[root_node].first_child != no_node) {
    const NodeIndex top = nodes_[root_node].first_child;
    unlink(top);
    mark_removed(top);
  }
  nodes_[element].parent = root_node;
  link_before(element, no_node);
  tail_ = root_node;
}

void Document::remove_children(NodeIndex n) {
  while (nodes_[n].last_child != no_node) remove(nodes_[n].last_child);
}

void Document::remove_attributes(NodeIndex element) {
  while (nodes_[element].first_attribute != no_node) remove(nodes_[element].first_attribute);
}

void Document::mark_removed(NodeIndex top) {
  const auto mark = [this](NodeIndex n) {
    nodes_[n].kind = NodeKind::removed;
    wasted_text_ += nodes_[n].text_length;
    ++removed_;
  };
  for (NodeIndex at = top; at != no_node; at = next_in_subtree(at, top)) {
    mark(at);
    for (NodeIndex a = nodes_[at].first_attribute; a != no_node; a = nodes_[a].next) mark(a);
  }
}

void Document::merge_text_around(NodeIndex earlier, NodeIndex later) {
  if (earlier == no_node || later == no_node) return;
  if (nodes_[earlier].kind != NodeKind::text || nodes_[later].kind != NodeKind::text) return;
  add_text(earlier, std::string(value(later)));
  if (tail_ == later) tail_ = nodes_[later].parent;
  unlink(later);
  mark_removed(later);
}

void Document::put_text(NodeIndex n, std::string_view text) {
  Node& node = nodes_[n];
  if (text.size() <= node.text_length) {
    if (!text.empty()) std::memmove(text_.data() + node.text_offset, text.data(), text.size());
    wasted_text_ += node.text_length - text.size();
    node.text_length = static_cast<std::uint32_t>(text.size());
    return;
  }
  if (text_.size() + text.size() > most_text) throw std::length_error("the text of an XML document exceeds 4 GB");
  wasted_text_ += node.text_length;
  node.text_offset = static_cast<std::uint32_t>(text_.size());
  node.text_length = static_cast<std::uint32_t>(text.size());
  text_.append(text);
  if (wasted_text_ > pack_text_from && wasted_text_ > text_.size() / 2) pack_text();
}

void Document::add_text(NodeIndex n, std::string_view text) {
  Node& node = nodes_[n];
  if (std::size_t{node.text_offset} + node.text_length != text_.size())
    return put_text(n, std::string(value(n)).append(text));
  if (text_.size() + text.size() > most_text) throw std::length_error("the text of an XML document exceeds 4 GB");
  text_.append(text);
  node.text_length += static_cast<std::uint32_t>(text.size());
}

void Document::pack_text() {
  std::string packed;
  packed.reserve(text_.size() - wasted_text_);
  for (NodeIndex n = 0; n < nodes_.size(); ++n) {
    Node& node = nodes_[n];
    if (node.kind == NodeKind::removed) node.text_length = 0;
    if (node.text_length == 0) continue;
    const auto offset = static_cast<std::uint32_t>(packed.size());
    packed.append(text_, node.text_offset, node.text_length);
    node.text_offset = offset;
  }
  text_ = std::move(packed);
  wasted_text_ = 0;
}

void Document::clear() {
  names_.clear();
  nodes_.clear();
  nodes_.emplace_back();
  namespaces_.clear();
  text_.clear();
  positions_.clear();
  tail_ = root_node;
  removed_ = wasted_text_ = 0;
  last_order_ = 0;
}

void Document::reserve(std::size_t nodes, std::size_t text_bytes) {
  nodes_.reserve(nodes);
  text_.reserve(text_bytes);
}

}  // namespace echoflow::xml
