#include "bpel/parse/expressions.hpp"

#include "bpel/parse/attributes.hpp"

namespace echoflow::parse {

std::string own_text(const xml::Document& document, xml::NodeIndex element) {
  std::string out;
  for (auto child = document.first_child(element); child != xml::no_node; child = document.next_sibling(child))
    if (document.kind(child) == xml::NodeKind::text) out += document.value(child);
  return out;
}

// WS-BPEL 2.0 §8.3 Expressions
ast::Expression read_expression(Context& context, xml::NodeIndex element, std::string_view language_attribute) {
  ast::Expression out;
  out.origin = context.origin(element);
  ast::Element ignored;
  Attributes attributes(context, element, ignored);
  out.language = attributes.text_or_empty(language_attribute);
  out.text = own_text(context.document(), element);
  return out;
}

std::optional<ast::Expression> read_optional_expression(Context& context, Children& children, std::string_view name) {
  const auto node = children.optional(name);
  if (node == xml::no_node) return std::nullopt;
  return read_expression(context, node);
}

std::optional<ast::Expression> read_required_expression(Context& context, Children& children, std::string_view name) {
  const auto node = children.required(name);
  if (node == xml::no_node) return std::nullopt;
  return read_expression(context, node);
}

}  // namespace echoflow::parse
