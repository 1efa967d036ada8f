#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/qname.hpp"
#include "models/xml/name_table.hpp"

/// XML values: documents in an arena of plain records, so that a deep copy is a few memory copies.
namespace echoflow::xml {

enum class NodeKind : std::uint8_t { document, element, attribute, text, comment, processing_instruction, removed };

/// Index of a node in its document; stable for the life of the document and in its plain copies.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = 0xffffffffu;
/// The document node (XPath's root).
inline constexpr NodeIndex root_node = 0;

struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A namespace declaration on an element; prefix "" is the default namespace, uri "" undeclares it.
struct NamespaceDeclaration {
  std::string_view prefix;
  std::string_view uri;
};

/// An XML document (or fragment: the document node may have text children). Copying is deep and cheap and keeps every
/// NodeIndex valid in the copy. Namespace declarations are kept apart from attributes (they are never
/// NodeKind::attribute). Not thread-safe to mutate; a const Document may be read by any number of threads.
class Document {
 public:
  Document();

  // --- reading -----------------------------------------------------------------------------------------------------
  std::size_t node_count() const { return nodes_.size(); }
  NodeKind kind(NodeIndex n) const { return nodes_[n].kind; }
  NodeIndex parent(NodeIndex n) const { return nodes_[n].parent; }
  NodeIndex first_child(NodeIndex n) const { return nodes_[n].first_child; }
  NodeIndex last_child(NodeIndex n) const { return nodes_[n].last_child; }
  NodeIndex next_sibling(NodeIndex n) const { return nodes_[n].next; }
  NodeIndex previous_sibling(NodeIndex n) const { return nodes_[n].previous; }
  /// Attributes form a list of their own: first_attribute, then next_sibling.
  NodeIndex first_attribute(NodeIndex n) const { return nodes_[n].first_attribute; }
  /// The first element child of the document node, or no_node.
  NodeIndex document_element() const;
  NodeIndex first_child_element(NodeIndex n) const;
  NodeIndex next_sibling_element(NodeIndex n) const;
  NodeIndex find_child(NodeIndex n, std::string_view ns, std::string_view local) const;
  NodeIndex find_attribute(NodeIndex element, std::string_view ns, std::string_view local) const;
  std::optional<std::string_view> attribute(NodeIndex element, std::string_view local, std::string_view ns = {}) const;

  NameIndex name(NodeIndex n) const { return nodes_[n].name; }
  /// The document's index of a name, or no_name when no node has it. Compare NameIndex values, not strings, in loops.
  NameIndex find_name(std::string_view ns, std::string_view local) const;
  std::string_view namespace_uri(NodeIndex n) const {
    const NameIndex name = nodes_[n].name;
    return name == no_name ? std::string_view{} : names_.ns(name);
  }
  std::string_view local_name(NodeIndex n) const {
    const NameIndex name = nodes_[n].name;
    return name == no_name ? std::string_view{} : names_.local(name);
  }
  std::string_view prefix(NodeIndex n) const { return names_.text(nodes_[n].prefix); }
  /// Equal for equal prefixes of this document.
  StringIndex prefix_index(NodeIndex n) const { return nodes_[n].prefix; }
  QName qname(NodeIndex n) const;
  /// Content of a text, attribute, comment or processing instruction; empty for others. Valid until the next mutation.
  std::string_view value(NodeIndex n) const {
    return std::string_view(text_).substr(nodes_[n].text_offset, nodes_[n].text_length);
  }
  /// XPath string-value (§5 of XPath 1.0).
  std::string string_value(NodeIndex n) const;
  /// Appends the string-value to `out`, without an allocation of its own.
  void append_string_value(NodeIndex n, std::string& out) const;

  bool declares_namespaces(NodeIndex element) const { return nodes_[element].first_namespace != no_node; }
  /// What is declared on this element itself, in its order.
  std::vector<NamespaceDeclaration> namespace_declarations(NodeIndex element) const;
  /// All that is in scope on an element, innermost first and each prefix once, without "xml" and undeclared ones.
  std::vector<NamespaceDeclaration> namespaces_in_scope(NodeIndex element) const;
  /// Resolves a prefix in the scope of an element; "" asks for the default namespace. nullopt when undeclared. The own
  /// prefixes of an element and its ancestors count as declared (the writer will declare them).
  std::optional<std::string_view> lookup_namespace(NodeIndex element, std::string_view prefix) const;
  /// Reads a QName in content (an attribute's value) by the declarations in scope. nullopt when malformed or
  /// undeclared.
  std::optional<QName> resolve_qname(NodeIndex element, std::string_view text, bool use_default_namespace = true) const;

  /// Document order of two nodes of this document: < 0, 0, > 0. Attributes come after their element, before its
  /// children. Constant time, also after any change.
  int compare_order(NodeIndex a, NodeIndex b) const {
    return nodes_[a].order < nodes_[b].order ? -1 : nodes_[a].order > nodes_[b].order ? 1 : 0;
  }

  /// Line and column where the node began; zeros when the document was parsed without positions or built by hand.
  Position position(NodeIndex n) const;
  bool has_positions() const { return !positions_.empty(); }

  // --- building in bulk: names are interned once and then used by index ----------------------------------------------
  NameIndex intern_name(std::string_view ns, std::string_view local) { return names_.intern(ns, local); }
  /// `prefix` must be empty for a name without a namespace.
  StringIndex intern_prefix(std::string_view prefix) { return names_.intern(prefix); }
  NodeIndex append_element(NodeIndex parent, NameIndex name, StringIndex prefix);
  /// The element must have no attribute of that name yet.
  NodeIndex append_attribute(NodeIndex element, NameIndex name, StringIndex prefix, std::string_view value);

  // --- building and changing ---------------------------------------------------------------------------------------
  NodeIndex append_element(NodeIndex parent, std::string_view ns, std::string_view local, std::string_view prefix = {});
  /// As in XPath's data model there is never an empty text node, nor one beside another: text that comes to lie beside
  /// text (also when what stood between is removed) is added to the earlier node, whose index is returned, and empty
  /// text adds nothing (no_node unless the last child is text).
  NodeIndex append_text(NodeIndex parent, std::string_view text);
  NodeIndex append_comment(NodeIndex parent, std::string_view text);
  NodeIndex append_processing_instruction(NodeIndex parent, std::string_view target, std::string_view data);
  /// Adds or replaces an attribute.
  NodeIndex set_attribute(NodeIndex element, std::string_view ns, std::string_view local, std::string_view value,
                          std::string_view prefix = {});
  void declare_namespace(NodeIndex element, std::string_view prefix, std::string_view uri);
  void set_position(NodeIndex n, Position position);
  /// Replaces the content of a text, attribute, comment or processing instruction. A text that becomes empty is
  /// removed.
  void set_value(NodeIndex n, std::string_view text);
  /// Gives an element or attribute another name and keeps all else.
  void rename(NodeIndex n, std::string_view ns, std::string_view local, std::string_view prefix = {});
  /// Takes a node (with all below it) out of the tree; its index stays and becomes NodeKind::removed.
  void remove(NodeIndex n);
  void remove_children(NodeIndex n);
  void remove_attributes(NodeIndex element);
  /// Deep-copies a node of any document (also this one) as the last child of `parent` (attributes: onto the element).
  /// Copying a document node appends its children. Namespace declarations in scope at the source that the copy needs
  /// (by its names; and for QNames in content, all that were in scope) are added to the copied element.
  NodeIndex append_copy(NodeIndex parent, const Document& source, NodeIndex n);
  /// As append_copy, before an existing sibling.
  NodeIndex insert_copy_before(NodeIndex sibling, const Document& source, NodeIndex n);
  /// Makes an element the only child of the document node: all else is removed, without copying what is kept. What the
  /// elements around it declared is then declared on it.
  void keep_only(NodeIndex element);
  /// How many of node_count() are removed ones: when they are most of it, compact() is worth its time.
  std::size_t removed_count() const { return removed_; }
  /// Frees what removed nodes and replaced content still hold. Gives every node a new NodeIndex.
  void compact();
  /// Empties the document but keeps its memory for the next use.
  void clear();
  void reserve(std::size_t nodes, std::size_t text_bytes);
  /// Bytes held, for limits and metrics.
  std::size_t memory_bytes() const;
  /// Bytes that all texts take together.
  std::size_t text_bytes() const { return text_.size() - wasted_text_; }

 private:
  struct Node {
    NodeKind kind = NodeKind::document;
    StringIndex prefix = 0;
    NameIndex name = no_name;
    NodeIndex parent = no_node;
    NodeIndex first_child = no_node;
    NodeIndex last_child = no_node;
    NodeIndex next = no_node;
    NodeIndex previous = no_node;
    NodeIndex first_attribute = no_node;
    std::uint32_t text_offset = 0;  // into text_
    std::uint32_t text_length = 0;
    std::uint32_t first_namespace = no_node;  // index into namespaces_
    std::uint32_t order = 0;                  // compares as document order
  };
  struct Namespace {
    StringIndex prefix;
    StringIndex uri;
    std::uint32_t next;
  };
  struct CopyMap;

  NodeIndex new_node(NodeKind kind, NodeIndex parent);
  void set_name(NodeIndex n, std::string_view ns, std::string_view local, std::string_view prefix);
  void link_before(NodeIndex n, NodeIndex before);  // before == no_node: as the last child
  void link_attribute(NodeIndex n);
  void unlink(NodeIndex n);
  void mark_removed(NodeIndex top);
  void merge_text_around(NodeIndex earlier, NodeIndex later);
  NodeIndex next_in_subtree(NodeIndex n, NodeIndex top) const;
  NodeIndex last_attribute(NodeIndex element) const;
  void put_text(NodeIndex n, std::string_view text);
  void add_text(NodeIndex n, std::string_view text);
  void pack_text();

  bool on_right_spine(NodeIndex n) const;
  bool is_last_in_order(NodeIndex n) const;
  void place(NodeIndex n);
  NodeIndex order_predecessor(NodeIndex n) const;
  NodeIndex order_successor(NodeIndex n) const;
  void renumber();

  std::optional<std::string_view> own_declaration(NodeIndex element, std::string_view prefix) const;
  NodeIndex copy_before(NodeIndex parent, NodeIndex before, const Document& source, NodeIndex n);
  NodeIndex copy_element(NodeIndex parent, NodeIndex before, const Document& source, NodeIndex n);
  NodeIndex copy_text(NodeIndex parent, NodeIndex before, std::string_view text, bool join_following = true);
  NodeIndex copy_record(const Document& source, NodeIndex n, NodeIndex parent, NodeIndex before, CopyMap& map);
  void copy_below(NodeIndex to, const Document& source, NodeIndex from, CopyMap& map);
  void add_missing_declarations(NodeIndex copy, const Document& source, NodeIndex original);

  NameTable names_;
  std::vector<Node> nodes_;
  std::vector<Namespace> namespaces_;
  std::string text_;
  std::vector<Position> positions_;
  NodeIndex tail_ = root_node;  // new nodes at or below its ancestors are last in document order
  std::size_t removed_ = 0;
  std::size_t wasted_text_ = 0;  // bytes of text_ that no node holds
  std::uint32_t last_order_ = 0;
};

using DocumentPtr = std::shared_ptr<const Document>;

/// A node together with the document that keeps it alive.
struct NodeRef {
  DocumentPtr document;
  NodeIndex node = no_node;

  explicit operator bool() const { return document != nullptr && node != no_node; }
};

}  // namespace echoflow::xml
