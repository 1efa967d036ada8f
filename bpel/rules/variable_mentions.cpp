#include "bpel/rules/variable_mentions.hpp"

#include <algorithm>

#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

void mention_in_expression(const RuleContext& context, const UsedExpression& used, const std::string& written,
                           const std::function<void(const VariableMention&)>& visit) {
  // Names of BPEL variables have no prefix and no dot (§8.1), so that the part begins after the first dot (§8.2.2).
  if (written.find(':') != std::string::npos) return;
  const auto dot = written.find('.');
  VariableMention mention{written.substr(0, dot), {}, nullptr, used.expression->origin.where};
  if (dot != std::string::npos) mention.part = written.substr(dot + 1);
  mention.variable = context.model.variable(*used.site, mention.name);
  // SA00024 speaks of a variable that is named with a dot all the same.
  if (mention.variable == nullptr && context.model.variable(*used.site, written) != nullptr) return;
  visit(mention);
}

}  // namespace

bool is_bpel_call(const FunctionCall& call, std::string_view local) {
  return call.name.ns == ns::bpel && (local.empty() || call.name.local == local);
}

bool is_event_variable(const Model& model, const std::string& name) {
  return std::any_of(model.sites().begin(), model.sites().end(), [&](const Site& site) {
    return std::any_of(site.variables.begin(), site.variables.end(), [&](const Variable& variable) {
      return variable.origin == VariableOrigin::on_event && variable.name == name;
    });
  });
}

std::optional<QName> qname_at(const ast::Expression& expression, const std::string& text) {
  return expression.origin.document->resolve_qname(expression.origin.element, text, false);
}

void for_each_mention(const RuleContext& context, const std::function<void(const VariableMention&)>& visit) {
  const Model& model = context.model;
  for (const auto& reference : model.variable_references())
    visit({reference.name, {}, model.variable(*reference.site, reference.name), reference.element->origin.where});
  for (std::size_t i = 0; i < model.expressions().size(); ++i) {
    const auto& used = model.expressions()[i];
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr || used.use == ExpressionUse::join_condition) continue;
    for (const auto& name : facts->variables) mention_in_expression(context, used, name, visit);
    for (const auto& call : facts->calls) {
      if (!is_bpel_call(call, "getVariableProperty") || call.arguments.empty() || !call.arguments[0].literal) continue;
      const auto& name = *call.arguments[0].literal;
      visit({name, {}, model.variable(*used.site, name), used.expression->origin.where});
    }
  }
}

}  // namespace echoflow::rules
