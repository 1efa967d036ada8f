#include "engine/behaviors/values.hpp"

namespace echoflow::engine::values {

using program::ValueForm;

QName root_name(const program::PartType& part) {
  return part.form == ValueForm::element ? part.element : QName{"", part.name};
}

xml::DocumentPtr text_value(const program::PartType& part, std::string_view text) {
  auto document = std::make_shared<xml::Document>();
  QName name = root_name(part);
  auto element = document->append_element(xml::root_node, name.ns, name.local);
  document->append_text(element, text);
  return document;
}

xml::DocumentPtr fit_part(const program::PartType& part, const xml::DocumentPtr& value) {
  if (!value) return nullptr;
  auto element = value->document_element();
  if (element == xml::no_node) return value;
  const bool is_element = part.form == ValueForm::element;
  const QName wanted = is_element ? part.element : QName{"", part.name};
  if (value->namespace_uri(element) == wanted.ns && value->local_name(element) == wanted.local) return value;
  auto copy = std::make_shared<xml::Document>(*value);
  copy->rename(element, wanted.ns, wanted.local);
  return copy;
}

}  // namespace echoflow::engine::values
