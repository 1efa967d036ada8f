#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/qname.hpp"

/// XML values: documents in an arena of plain records, so that a deep copy is a few memory copies.
namespace echoflow::xml {

enum class NodeKind : std::uint8_t { document, element, attribute, text, comment, processing_instruction, removed };

/// Index of a node in its document; stable for the life of the document and in its plain copies.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = 0xffffffffu;
/// The document node (XPath's root).
inline constexpr NodeIndex root_node = 0;

/// Index of an interned (namespace, local) name in its document.
using NameIndex = std::uint32_t;
inline constexpr NameIndex no_name = 0xffffffffu;

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
/// NodeIndex valid in the copy. Namespace declarations are kept apart from attributes (they are never NodeKind::attribute).
/// Not thread-safe to mutate; a const Document may be read by any number of threads.
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
  std::string_view namespace_uri(NodeIndex n) const;
  std::string_view local_name(NodeIndex n) const;
  std::string_view prefix(NodeIndex n) const;
  QName qname(NodeIndex n) const;
  /// Content of a text, attribute, comment or processing instruction; empty for others. Valid until the next mutation.
  std::string_view value(NodeIndex n) const;
  /// XPath string-value (§5 of XPath 1.0).
  std::string string_value(NodeIndex n) const;
  /// Appends the string-value to `out`, without an allocation of its own.
  void append_string_value(NodeIndex n, std::string& out) const;

  std::vector<NamespaceDeclaration> namespace_declarations(NodeIndex element) const;
  /// Resolves a prefix in the scope of an element; "" asks for the default namespace. nullopt when undeclared.
  std::optional<std::string_view> lookup_namespace(NodeIndex element, std::string_view prefix) const;
  /// Reads a QName in content (an attribute's value) by the declarations in scope. nullopt when malformed or undeclared.
  std::optional<QName> resolve_qname(NodeIndex element, std::string_view text, bool use_default_namespace = true) const;

  /// Document order of two nodes of this document: < 0, 0, > 0. Attributes come after their element, before its children.
  int compare_order(NodeIndex a, NodeIndex b) const;

  /// Line and column where the node began; zeros when the document was parsed without positions or built by hand.
  Position position(NodeIndex n) const;
  bool has_positions() const { return !positions_.empty(); }

  // --- building and changing ---------------------------------------------------------------------------------------
  NodeIndex append_element(NodeIndex parent, std::string_view ns, std::string_view local, std::string_view prefix = {});
  NodeIndex append_text(NodeIndex parent, std::string_view text);
  NodeIndex append_comment(NodeIndex parent, std::string_view text);
  NodeIndex append_processing_instruction(NodeIndex parent, std::string_view target, std::string_view data);
  /// Adds or replaces an attribute.
  NodeIndex set_attribute(NodeIndex element, std::string_view ns, std::string_view local, std::string_view value,
                          std::string_view prefix = {});
  void declare_namespace(NodeIndex element, std::string_view prefix, std::string_view uri);
  void set_position(NodeIndex n, Position position);
  /// Replaces the content of a text, attribute, comment or processing instruction.
  void set_value(NodeIndex n, std::string_view text);
  /// Gives an element or attribute another name and keeps all else.
  void rename(NodeIndex n, std::string_view ns, std::string_view local, std::string_view prefix = {});
  /// Takes a node (with all below it) out of the tree; its index stays and becomes NodeKind::removed.
  void remove(NodeIndex n);
  void remove_children(NodeIndex n);
  void remove_attributes(NodeIndex element);
  /// Deep-copies a node of any document (also this one) as the last child of `parent` (attributes: onto the element).
  /// Copying a document node appends its children. Namespace declarations in scope at the source that the copy needs (by
  /// its names; and for QNames in content, all that were in scope) are added to the copied element.
  NodeIndex append_copy(NodeIndex parent, const Document& source, NodeIndex n);
  /// As append_copy, before an existing sibling.
  NodeIndex insert_copy_before(NodeIndex sibling, const Document& source, NodeIndex n);
  void reserve(std::size_t nodes, std::size_t text_bytes);
  /// Bytes held, for limits and metrics.
  std::size_t memory_bytes() const;

 private:
  struct Node {
    NodeKind kind;
    NameIndex name = no_name;
    NodeIndex parent = no_node;
    NodeIndex first_child = no_node;
    NodeIndex last_child = no_node;
    NodeIndex next = no_node;
    NodeIndex previous = no_node;
    NodeIndex first_attribute = no_node;
    std::uint32_t text_offset = 0;  // into text_
    std::uint32_t text_length = 0;
    std::uint32_t prefix = 0;               // index into strings_
    std::uint32_t first_namespace = no_node;  // index into namespaces_
  };
  struct Name {
    std::uint32_t ns;     // index into strings_
    std::uint32_t local;  // index into strings_
  };
  struct Namespace {
    std::uint32_t prefix;
    std::uint32_t uri;
    std::uint32_t next;
  };
  // The owner of this class may change the private part as measurements teach.
  std::vector<Node> nodes_;
  std::vector<Name> names_;
  std::vector<Namespace> namespaces_;
  std::vector<std::string> strings_;
  std::string text_;
  std::vector<Position> positions_;
  bool in_order_ = true;  // nodes were appended in document order, so that an index compares as order
};

using DocumentPtr = std::shared_ptr<const Document>;

/// A node together with the document that keeps it alive.
struct NodeRef {
  DocumentPtr document;
  NodeIndex node = no_node;

  explicit operator bool() const { return document != nullptr && node != no_node; }
};

}  // namespace echoflow::xml
