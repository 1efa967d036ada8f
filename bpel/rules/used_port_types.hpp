#pragma once
#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

/// Whether a partner link of the process has a role of this portType.
bool is_used(const RuleContext& context, const wsdl::PortType& port_type);

}  // namespace echoflow::rules
