#pragma once
#include <functional>
#include <string_view>

#include "bpel/rules/variable_mentions.hpp"

namespace echoflow::rules {

/// Calls `visit` with every call of a function of WS-BPEL in the expressions of the process, and where it stands.
void for_each_bpel_call(const RuleContext& context, std::string_view local,
                        const std::function<void(const FunctionCall&, const SourceLocation&)>& visit);
/// A QName as [Namespaces in XML] §3 writes it: "name" or "prefix:name".
bool is_qname(std::string_view text);

}  // namespace echoflow::rules
