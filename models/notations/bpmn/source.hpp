#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/source_location.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::bpmn {

/// A BPMN document and the questions that its readers and its rules ask. Keeps a reference to the document.
class Source {
 public:
  Source(const xml::Document& document, std::string file);

  const xml::Document& document() const { return document_; }
  const std::string& file() const { return file_; }
  xml::NodeIndex root() const { return root_; }
  const std::string& target_namespace() const { return target_namespace_; }

  SourceLocation where(xml::NodeIndex n) const;
  /// In BPMN's model namespace.
  bool is_model(xml::NodeIndex n) const;
  bool is(xml::NodeIndex n, std::string_view local) const;
  std::string_view local(xml::NodeIndex n) const { return document_.local_name(n); }
  /// The attribute without white space around it; "" when absent.
  std::string_view attribute(xml::NodeIndex n, std::string_view local) const;
  bool has(xml::NodeIndex n, std::string_view local) const;
  /// xs:boolean; `otherwise` when absent or neither.
  bool flag(xml::NodeIndex n, std::string_view local, bool otherwise) const;
  /// The element's text without white space around it.
  std::string text(xml::NodeIndex n) const;

  /// Child elements in the model namespace.
  std::vector<xml::NodeIndex> children(xml::NodeIndex n) const;
  std::vector<xml::NodeIndex> children(xml::NodeIndex n, std::string_view local) const;
  xml::NodeIndex child(xml::NodeIndex n, std::string_view local) const;
  /// Every element of the model namespace in document order, without what stands in extensionElements.
  const std::vector<xml::NodeIndex>& elements() const { return elements_; }

  /// The first element with this id; no_node when there is none.
  xml::NodeIndex find(std::string_view id) const;
  /// What a reference (NCName or QName) written at `context` means: the id of this file's element, "{ns}local" for
  /// another file's.
  std::string reference(xml::NodeIndex context, std::string_view text) const;
  /// The element that a reference means; no_node when there is none in this file.
  xml::NodeIndex resolve(xml::NodeIndex context, std::string_view text) const;
  /// By an attribute that is a reference.
  xml::NodeIndex resolve_attribute(xml::NodeIndex n, std::string_view local) const;
  /// True when the reference names an element of a file that this one imports.
  bool is_foreign(xml::NodeIndex context, std::string_view text) const;
  /// A type's name in its expanded form "{ns}local"; as written where its prefix is not declared.
  std::string type_name(xml::NodeIndex context, std::string_view text) const;

 private:
  void collect();

  const xml::Document& document_;
  std::string file_;
  xml::NodeIndex root_ = xml::no_node;
  std::string target_namespace_;
  std::vector<xml::NodeIndex> elements_;
  std::map<std::string, xml::NodeIndex, std::less<>> by_id_;
};

std::string_view trimmed(std::string_view text);
/// At most the beginning of a text, for messages.
std::string shown(std::string_view text);

}  // namespace echoflow::bpmn
