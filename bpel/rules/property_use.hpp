#pragma once
#include <functional>

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

/// Whether some alias that the process imports itself tells where a property stands in a message, or in a variable.
bool has_alias(const RuleContext& context, const QName& property, const wsdl::Message& message);
bool has_alias(const RuleContext& context, const QName& property, const Variable& variable);

/// Calls `visit` with each message that a correlation of an activity is computed from.
void for_each_correlated_message(const MessageActivity& activity, const ast::Correlation& correlation,
                                 const std::function<void(const wsdl::Message&)>& visit);

}  // namespace echoflow::rules
