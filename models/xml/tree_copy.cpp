// Copying nodes between documents.
#include "models/base/namespaces.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {

// The indexes that names and strings of a source document have in the copy's document.
struct Document::CopyMap {
  CopyMap(const NameTable& from, NameTable& to)
      : from(from), to(to), strings(from.string_count(), no_name), names(from.name_count(), no_name) {}

  StringIndex string(StringIndex i) {
    if (strings[i] == no_name) strings[i] = to.intern(from.text(i));
    return strings[i];
  }
  NameIndex name(NameIndex i) {
    if (i == no_name) return no_name;
    if (names[i] == no_name) names[i] = to.intern_name(string(from.ns_index(i)), string(from.local_index(i)));
    return names[i];
  }

  const NameTable& from;
  NameTable& to;
  std::vector<StringIndex> strings;
  std::vector<NameIndex> names;
};

NodeIndex Document::append_copy(NodeIndex parent, const Document& source, NodeIndex n) {
  if (&source == this) return copy_before(parent, no_node, Document(source), n);  // it changes while it is read
  if (n == root_node && parent == root_node && nodes_.size() == 1) {
    *this = source;
    return nodes_[root_node].first_child;
  }
  return copy_before(parent, no_node, source, n);
}

NodeIndex Document::insert_copy_before(NodeIndex sibling, const Document& source, NodeIndex n) {
  if (&source == this) return copy_before(nodes_[sibling].parent, sibling, Document(source), n);
  return copy_before(nodes_[sibling].parent, sibling, source, n);
}

NodeIndex Document::copy_before(NodeIndex parent, NodeIndex before, const Document& source, NodeIndex n) {
  switch (source.kind(n)) {
    case NodeKind::document: {
      NodeIndex first = no_node;
      for (NodeIndex child = source.first_child(n); child != no_node; child = source.next_sibling(child)) {
        // Only the last of them comes to lie beside what follows.
        const bool text_with_more = source.kind(child) == NodeKind::text && source.next_sibling(child) != no_node;
        const NodeIndex copy = text_with_more ? copy_text(parent, before, source.value(child), false)
                                              : copy_before(parent, before, source, child);
        if (first == no_node) first = copy;
      }
      return first;
    }
    case NodeKind::element:
      return copy_element(parent, before, source, n);
    case NodeKind::attribute:
      return set_attribute(parent, source.namespace_uri(n), source.local_name(n), source.value(n), source.prefix(n));
    case NodeKind::text:
      return copy_text(parent, before, source.value(n));
    case NodeKind::comment:
    case NodeKind::processing_instruction: {
      CopyMap map(source.names_, names_);
      return copy_record(source, n, parent, before, map);
    }
    case NodeKind::removed:
      return no_node;
  }
  return no_node;
}

NodeIndex Document::copy_text(NodeIndex parent, NodeIndex before, std::string_view text, bool join_following) {
  const NodeIndex earlier = before == no_node ? nodes_[parent].last_child : nodes_[before].previous;
  if (earlier != no_node && nodes_[earlier].kind == NodeKind::text) {
    add_text(earlier, text);
    return earlier;
  }
  if (text.empty()) return no_node;
  if (join_following && before != no_node && nodes_[before].kind == NodeKind::text) {
    put_text(before, std::string(text).append(value(before)));
    return before;
  }
  const NodeIndex n = new_node(NodeKind::text, parent);
  put_text(n, text);
  link_before(n, before);
  place(n);
  return n;
}

NodeIndex Document::copy_element(NodeIndex parent, NodeIndex before, const Document& source, NodeIndex n) {
  CopyMap map(source.names_, names_);
  const NodeIndex copy = copy_record(source, n, parent, before, map);
  copy_below(copy, source, n, map);
  add_missing_declarations(copy, source, n);
  return copy;
}

// Copies one node with its attributes and declarations, but nothing below it.
NodeIndex Document::copy_record(const Document& source, NodeIndex n, NodeIndex parent, NodeIndex before, CopyMap& map) {
  const Node& from = source.nodes_[n];
  const NodeIndex copy = new_node(from.kind, parent);
  nodes_[copy].name = map.name(from.name);
  nodes_[copy].prefix = map.string(from.prefix);
  put_text(copy, source.value(n));
  from.kind == NodeKind::attribute ? link_attribute(copy) : link_before(copy, before);
  place(copy);
  if (source.has_positions()) set_position(copy, source.position(n));
  for (std::uint32_t i = from.first_namespace; i != no_node; i = source.namespaces_[i].next) {
    const Namespace& declared = source.namespaces_[i];
    declare_namespace(copy, source.names_.text(declared.prefix), source.names_.text(declared.uri));
  }
  for (NodeIndex a = from.first_attribute; a != no_node; a = source.nodes_[a].next)
    copy_record(source, a, copy, no_node, map);
  return copy;
}

// Walks the source without recursion, since depth is the sender's choice.
void Document::copy_below(NodeIndex to, const Document& source, NodeIndex from, CopyMap& map) {
  NodeIndex parent = to;
  NodeIndex at = source.first_child(from);
  while (at != no_node) {
    const NodeIndex copy = copy_record(source, at, parent, no_node, map);
    if (source.first_child(at) != no_node) {
      at = source.first_child(at);
      parent = copy;
      continue;
    }
    while (at != from && source.next_sibling(at) == no_node) {
      at = source.parent(at);
      if (at != from) parent = nodes_[parent].parent;
    }
    at = at == from ? no_node : source.next_sibling(at);
  }
}

void Document::add_missing_declarations(NodeIndex copy, const Document& source, NodeIndex original) {
  const NodeIndex parent = nodes_[copy].parent;
  for (const NamespaceDeclaration& needed : source.namespaces_in_scope(original)) {
    if (own_declaration(copy, needed.prefix) || lookup_namespace(parent, needed.prefix) == needed.uri) continue;
    declare_namespace(copy, needed.prefix, needed.uri);
  }
  if (!source.lookup_namespace(original, "") && !own_declaration(copy, "") && lookup_namespace(parent, ""))
    declare_namespace(copy, "", "");
}

void Document::compact() {
  Document fresh;
  fresh.reserve(nodes_.size() - removed_, text_.size() - wasted_text_);
  CopyMap map(names_, fresh.names_);
  if (has_positions()) fresh.set_position(root_node, position(root_node));
  fresh.copy_below(root_node, *this, root_node, map);
  *this = std::move(fresh);
}

}  // namespace echoflow::xml
