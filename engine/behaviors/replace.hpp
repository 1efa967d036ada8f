#pragma once
#include <optional>
#include <string>

#include "models/messages/fault.hpp"
#include "models/program/types.hpp"
#include "models/xml/schema.hpp"
#include "models/xml/tree.hpp"

/// WS-BPEL 2.0 §8.4.2: how the value of a copy replaces what was there.
namespace echoflow::engine::replace {

/// What a from-spec gives: a node (element, attribute or text), or a text that is no node.
struct Source {
  xml::NodeRef node;  ///< empty for a computed text
  std::string text;
  bool is_element() const { return bool(node) && node.document->kind(node.node) == xml::NodeKind::element; }
};

/// The text that replaces content: an element with xsi:nil="true" has none (selectionFailure).
std::optional<Fault> text_of(const Source& source, std::string& text);

/// Which name an element has after the copy.
struct Naming {
  bool keep_source = false;
  /// When the target is the document element of a part that is declared with an element: what may stand for that.
  const QName* declared = nullptr;
  const xml::SchemaSet* schemas = nullptr;
};

/// Replaces one node of a document: an element by an element (RE), anything else by text (RC).
std::optional<Fault> node(xml::Document& document, xml::NodeIndex target, const Source& source, const Naming& naming);

/// The new value of a whole part. `current` may be null.
struct PartResult {
  xml::DocumentPtr value;
  std::optional<Fault> fault;
  std::shared_ptr<xml::Document> own;  ///< the value, when it was made here and nobody else has it
};
PartResult part(const program::PartType& type, const xml::DocumentPtr& current, const Source& source,
                const Naming& naming);

}  // namespace echoflow::engine::replace
