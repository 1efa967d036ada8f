#pragma once
#include <functional>
#include <string>

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

/// A variable as an attribute, an expression or a call of bpel:getVariableProperty names it.
struct VariableMention {
  std::string name;
  std::string part;                    ///< of "$name.part" in an expression
  const Variable* variable = nullptr;  ///< null when no such variable is in scope
  SourceLocation where;
};

/// Calls `visit` with every mention of a variable in the process. Join conditions are left out: they name links.
void for_each_mention(const RuleContext& context, const std::function<void(const VariableMention&)>& visit);
/// Whether some <onEvent> of the process declares a variable of this name.
bool is_event_variable(const Model& model, const std::string& name);
/// Whether a call is of a function of WS-BPEL (in its namespace); `local` = "" for any of them.
bool is_bpel_call(const FunctionCall& call, std::string_view local = {});
/// Reads a QName in an expression's text by the namespaces in scope at the expression.
std::optional<QName> qname_at(const ast::Expression& expression, const std::string& text);

}  // namespace echoflow::rules
