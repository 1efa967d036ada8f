#include "bpel/rules/copy_kinds.hpp"

#include <algorithm>

#include "bpel/source/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

// A value of a simple type is no element; of other types that are no built-in ones the schema decides.
EndKind kind_of_type(const RuleContext& context, const QName& type) {
  if (context.loaded.schemas == nullptr) return EndKind::unknown;
  const auto info = context.loaded.schemas->type(type);
  if (!info) return EndKind::unknown;
  switch (info->variety) {
    case xml::TypeVariety::simple:
      return EndKind::not_element;
    case xml::TypeVariety::complex:
    case xml::TypeVariety::complex_simple_content:
      return EndKind::element;
    case xml::TypeVariety::unknown:
      return EndKind::unknown;
  }
  return EndKind::unknown;
}

EndKind kind_of_variable(const RuleContext& context, const Variable& variable, const std::string& part_name) {
  if (variable.message_type) {
    if (part_name.empty()) return EndKind::message;
    const auto* message = context.loaded.definitions.message(*variable.message_type);
    const auto* part = message != nullptr ? message->part(part_name) : nullptr;
    if (part == nullptr) return EndKind::unknown;
    return part->element.empty() ? kind_of_type(context, part->type) : EndKind::element;
  }
  if (variable.element) return EndKind::element;
  return variable.type ? kind_of_type(context, *variable.type) : EndKind::unknown;
}

bool ends_in_attribute_or_text(const ast::Expression& expression) {
  const auto text = source::trimmed(expression.text);
  const auto step = text.substr(text.find_last_of('/') + 1);
  return step.starts_with('@') || step == "text()";
}

EndKind kind_of_reference(const RuleContext& context, const CopySite& copy, const ast::PartReference& reference) {
  if (reference.query) return ends_in_attribute_or_text(*reference.query) ? EndKind::not_element : EndKind::selected;
  const auto* variable = context.model.variable(*copy.site, reference.variable);
  return variable != nullptr ? kind_of_variable(context, *variable, reference.part) : EndKind::unknown;
}

bool names_message(const RuleContext& context, const CopySite& copy, const std::string& name) {
  const auto* variable = context.model.variable(*copy.site, name);
  return variable != nullptr && variable->message_type;
}

// "$name" and "$name.part" are what the variable is; a literal and a path to an attribute or text are no elements.
EndKind kind_of_expression(const RuleContext& context, const CopySite& copy, const ast::Expression& expression) {
  const auto* facts = context.expressions.of(expression);
  if (facts == nullptr) return EndKind::unknown;
  if (facts->constant != ConstantKind::none || facts->ends_in_attribute_or_text) return EndKind::not_element;
  const auto text = source::trimmed(expression.text);
  if (facts->variables.size() != 1 || text != "$" + facts->variables.front()) {
    const auto is_message = [&](const std::string& name) { return names_message(context, copy, name); };
    return std::any_of(facts->variables.begin(), facts->variables.end(), is_message) ? EndKind::unknown
                                                                                     : EndKind::selected;
  }
  const auto& name = facts->variables.front();
  const auto dot = name.find('.');
  const auto* variable = context.model.variable(*copy.site, name.substr(0, dot));
  if (variable == nullptr) return EndKind::unknown;
  return kind_of_variable(context, *variable, dot == std::string::npos ? "" : name.substr(dot + 1));
}

EndKind kind_of_literal(const ast::Literal& literal) {
  return literal.origin.document->first_child_element(literal.origin.element) != xml::no_node ? EndKind::element
                                                                                              : EndKind::not_element;
}

template <class Variant>
EndKind kind_of_common(const RuleContext& context, const CopySite& copy, const Variant& variant) {
  if (const auto* reference = std::get_if<ast::PartReference>(&variant))
    return kind_of_reference(context, copy, *reference);
  if (const auto* expression = std::get_if<ast::Expression>(&variant))
    return kind_of_expression(context, copy, *expression);
  if (const auto* property = std::get_if<ast::PropertyReference>(&variant)) {
    const auto* defined = context.loaded.definitions.property(property->property);
    const auto kind =
        defined != nullptr && !defined->type.empty() ? kind_of_type(context, defined->type) : EndKind::unknown;
    return kind == EndKind::unknown ? EndKind::selected : kind;
  }
  if (std::holds_alternative<ast::PartnerLinkReference>(variant)) return EndKind::element;  // a service-ref
  return EndKind::unknown;
}

}  // namespace

EndKind kind_of(const RuleContext& context, const CopySite& copy, const ast::From& from) {
  if (const auto* literal = std::get_if<ast::Literal>(&from.variant)) return kind_of_literal(*literal);
  return kind_of_common(context, copy, from.variant);
}

EndKind kind_of(const RuleContext& context, const CopySite& copy, const ast::To& to) {
  return kind_of_common(context, copy, to.variant);
}

}  // namespace echoflow::rules
