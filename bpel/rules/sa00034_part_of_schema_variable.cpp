#include "bpel/rules/variable_mentions.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool is_schema_variable(const Variable& variable) {
  return !variable.message_type && (variable.type || variable.element);
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00034 (§8.4): only variables of a messageType have parts. The same holds for $variable.part
// in an expression, and for variables that are declared implicitly.
void check_sa00034(const RuleContext& context, Findings& findings) {
  const auto report = [&](const std::string& name, const std::string& part, const SourceLocation& where) {
    findings.add(where, "The variable " + quoted(name) + " is of an XML Schema type or element and so has no part " +
                            quoted(part) + "; remove the part or use a variable with a messageType.");
  };
  const auto check_end = [&](const CopySite& copy, const ast::Element& element, const auto& variant) {
    const auto* reference = std::get_if<ast::PartReference>(&variant);
    if (reference == nullptr || reference->part.empty()) return;
    const auto* variable = context.model.variable(*copy.site, reference->variable);
    if (variable != nullptr && is_schema_variable(*variable))
      report(reference->variable, reference->part, element.origin.where);
  };
  for (const auto& copy : context.model.copies()) {
    check_end(copy, *copy.from, copy.from->variant);
    if (copy.to != nullptr) check_end(copy, *copy.to, copy.to->variant);
  }
  for_each_mention(context, [&](const VariableMention& mention) {
    if (!mention.part.empty() && mention.variable != nullptr && is_schema_variable(*mention.variable))
      report(mention.name, mention.part, mention.where);
  });
}

}  // namespace echoflow::rules
