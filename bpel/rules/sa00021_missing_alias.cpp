#include "bpel/rules/property_use.hpp"
#include "bpel/rules/variable_mentions.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

constexpr auto remedy = "; define a vprop:propertyAlias for it in a WSDL that the process imports.";

void check_correlations(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities())
    for (const auto& correlation : *activity.correlations) {
      const auto* set = context.model.correlation_set(*activity.site, correlation.set);
      if (set == nullptr) continue;
      for_each_correlated_message(activity, correlation, [&](const wsdl::Message& message) {
        for (const auto& property : set->properties)
          if (context.loaded.definitions.property(property) != nullptr && !has_alias(context, property, message))
            findings.add(correlation.origin.where,
                         "The correlation set " + quoted(correlation.set) + " needs the property " + quoted(property) +
                             ", which has no alias for the message " + quoted(message.name) + remedy);
      });
    }
}

void check_use(const RuleContext& context, const Site& site, const std::string& name, const QName& property,
               const SourceLocation& where, Findings& findings) {
  const auto* variable = context.model.variable(site, name);
  if (variable == nullptr || context.loaded.definitions.property(property) == nullptr) return;
  if (!has_alias(context, property, *variable))
    findings.add(where, "The property " + quoted(property) + " has no alias for the type of the variable " +
                            quoted(name) + remedy);
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00021 (§7.3): where a property is used of a message or a variable (correlations, from and
// to, bpel:getVariableProperty), an alias for its type must be in a WSDL that the process imports.
void check_sa00021(const RuleContext& context, Findings& findings) {
  check_correlations(context, findings);
  const auto check_end = [&](const CopySite& copy, const ast::Element& element, const auto& variant) {
    if (const auto* reference = std::get_if<ast::PropertyReference>(&variant))
      check_use(context, *copy.site, reference->variable, reference->property, element.origin.where, findings);
  };
  for (const auto& copy : context.model.copies()) {
    check_end(copy, *copy.from, copy.from->variant);
    if (copy.to != nullptr) check_end(copy, *copy.to, copy.to->variant);
  }
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr) continue;
    for (const auto& call : facts->calls) {
      if (!is_bpel_call(call, "getVariableProperty") || call.arguments.size() != 2) continue;
      if (!call.arguments[0].literal || !call.arguments[1].literal) continue;
      if (const auto property = qname_at(*expressions[i].expression, *call.arguments[1].literal))
        check_use(context, *expressions[i].site, *call.arguments[0].literal, *property,
                  expressions[i].expression->origin.where, findings);
    }
  }
}

}  // namespace echoflow::rules
