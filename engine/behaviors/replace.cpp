#include "engine/behaviors/replace.hpp"

#include <algorithm>

#include "engine/behaviors/values.hpp"
#include "models/base/namespaces.hpp"
#include "models/xml/substitution.hpp"

namespace echoflow::engine::replace {

using program::PartType;
using program::ValueForm;
using xml::Document;
using xml::NodeIndex;
using xml::NodeKind;

namespace {

bool is_nil(const Document& document, NodeIndex element) {
  auto value = document.attribute(element, "nil", ns::xsi);
  return value && (*value == "true" || *value == "1");
}

/// The name must be the declared one or belong to its substitution group.
std::optional<Fault> check_name(const QName& source, const Naming& naming) {
  if (!naming.keep_source || naming.declared == nullptr) return std::nullopt;
  if (xml::may_stand_for(naming.schemas, source, *naming.declared)) return std::nullopt;
  return standard_fault("mismatchedAssignmentFailure", "keepSrcElementName would put an element " + source.clark() +
                                                           " where " + naming.declared->clark() + " is declared.");
}

/// XML 1.0 §3.3.3: white space in an attribute's value is spaces.
std::string normalized(std::string text) {
  for (char& c : text)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  return text;
}

constexpr std::size_t deepest = 1000;

/// Levels from a node to its deepest descendant.
std::size_t height(const Document& document, NodeIndex top) {
  std::size_t depth = 0, most = 0;
  NodeIndex at = top;
  for (;;) {
    if (document.first_child(at) != xml::no_node) {
      at = document.first_child(at);
      most = std::max(most, ++depth);
      continue;
    }
    while (at != top && document.next_sibling(at) == xml::no_node) {
      at = document.parent(at);
      --depth;
    }
    if (at == top) return most;
    at = document.next_sibling(at);
  }
}

std::optional<Fault> check_depth(const Document& document, NodeIndex target, const xml::NodeRef& source) {
  std::size_t depth = 0;
  for (NodeIndex at = target; at != xml::root_node; at = document.parent(at)) ++depth;
  if (depth + height(*source.document, source.node) <= deepest) return std::nullopt;
  return standard_fault("subLanguageExecutionFault", "The copy would nest elements deeper than the limit of " +
                                                         std::to_string(deepest) + " levels.");
}

/// RE: the source's element with its attributes and children takes the place of the target.
void replace_element(Document& document, NodeIndex target, const xml::NodeRef& source, bool keep_source_name) {
  const QName name = document.qname(target);
  const std::string prefix(document.prefix(target));
  // The source may lie in or around the target.
  std::optional<Document> apart;
  const Document* from = source.document.get();
  NodeIndex node = source.node;
  if (from == &document) {
    apart.emplace(document);
    from = &*apart;
  }
  NodeIndex copy = document.insert_copy_before(target, *from, node);
  if (!keep_source_name) document.rename(copy, name.ns, name.local, prefix);
  document.remove(target);
}

/// RC on an element: its content becomes the text; a value that is there is not nil.
void replace_content(Document& document, NodeIndex target, const std::string& text) {
  document.remove_children(target);
  auto nil = document.find_attribute(target, ns::xsi, "nil");
  if (nil != xml::no_node && !text.empty()) document.remove(nil);
  document.append_text(target, text);
}

/// Nothing stands in the document but this element, so that a plain copy of the whole, which is much quicker, will do.
bool stands_alone(const Document& document, NodeIndex element) {
  return document.first_child(xml::root_node) == element && document.last_child(xml::root_node) == element &&
         document.removed_count() * 4 < document.node_count();
}

PartResult made(std::shared_ptr<Document> document) {
  return {document, std::nullopt, document};
}

PartResult fresh_element(const PartType& type, const xml::DocumentPtr& current, const Source& source,
                         const Naming& naming) {
  const QName given = source.node.document->qname(source.node.node);
  if (auto fault = check_name(given, naming)) return {nullptr, std::move(fault), nullptr};
  QName wanted = current ? current->qname(current->document_element()) : values::root_name(type);
  if (naming.keep_source && naming.declared != nullptr) wanted = given;
  const bool is_whole = source.node.document->document_element() == source.node.node &&
                        source.node.document->parent(source.node.node) == xml::root_node;
  if (is_whole && given == wanted) return {source.node.document, std::nullopt, nullptr};
  const bool is_alone = stands_alone(*source.node.document, source.node.node);
  auto document = is_alone ? std::make_shared<Document>(*source.node.document) : std::make_shared<Document>();
  NodeIndex copy =
      is_alone ? source.node.node : document->append_copy(xml::root_node, *source.node.document, source.node.node);
  if (given != wanted) document->rename(copy, wanted.ns, wanted.local);
  return made(std::move(document));
}

}  // namespace

std::optional<Fault> text_of(const Source& source, std::string& text) {
  if (!source.node) {
    text = source.text;
    return std::nullopt;
  }
  if (source.is_element() && is_nil(*source.node.document, source.node.node))
    return standard_fault("selectionFailure", "An element with xsi:nil=\"true\" has no text to copy.");
  text = source.node.document->string_value(source.node.node);
  return std::nullopt;
}

std::optional<Fault> node(Document& document, NodeIndex target, const Source& source, const Naming& naming) {
  if (document.kind(target) == NodeKind::document) target = document.document_element();
  if (document.kind(target) == NodeKind::element && source.is_element()) {
    if (auto fault = check_name(source.node.document->qname(source.node.node), naming)) return fault;
    if (auto fault = check_depth(document, target, source.node)) return fault;
    replace_element(document, target, source.node, naming.keep_source);
    return std::nullopt;
  }
  std::string text;
  if (auto fault = text_of(source, text)) return fault;
  switch (document.kind(target)) {
    case NodeKind::element:
      replace_content(document, target, text);
      return std::nullopt;
    case NodeKind::attribute:
      document.set_value(target, normalized(std::move(text)));
      return std::nullopt;
    case NodeKind::text:
      document.set_value(target, text);
      return std::nullopt;
    case NodeKind::document:
    case NodeKind::comment:
    case NodeKind::processing_instruction:
    case NodeKind::removed:
      break;
  }
  return standard_fault("selectionFailure", "A copy can only write to an element, an attribute or a text.");
}

PartResult part(const PartType& type, const xml::DocumentPtr& current, const Source& source, const Naming& naming) {
  if (source.is_element() && type.form != ValueForm::simple) return fresh_element(type, current, source, naming);
  std::string text;
  if (auto fault = text_of(source, text)) return {nullptr, std::move(fault), nullptr};
  if (type.form == ValueForm::simple || !current) return {values::text_value(type, text), std::nullopt, nullptr};
  auto document = std::make_shared<Document>(*current);
  replace_content(*document, document->document_element(), text);
  return made(std::move(document));
}

}  // namespace echoflow::engine::replace
