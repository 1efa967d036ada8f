#pragma once
#include <string>

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

/// Whether a variable can hold a message: it is of that messageType, or of the element that is the message's one part.
bool can_hold(const Variable& variable, const wsdl::Message& message);
/// Reports a variable of an activity that cannot hold the message; one that is not declared is SA00010's.
void check_can_hold(const RuleContext& context, const MessageActivity& activity, const std::string& variable,
                    const wsdl::Message* message, Findings& findings);

}  // namespace echoflow::rules
