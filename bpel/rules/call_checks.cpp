#include "bpel/rules/call_checks.hpp"

#include "bpel/source/text.hpp"

namespace echoflow::rules {

void for_each_bpel_call(const RuleContext& context, std::string_view local,
                        const std::function<void(const FunctionCall&, const SourceLocation&)>& visit) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr) continue;
    for (const auto& call : facts->calls)
      if (is_bpel_call(call, local)) visit(call, expressions[i].expression->origin.where);
  }
}

bool is_qname(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return source::is_ncname(text);
  return source::is_ncname(text.substr(0, colon)) && source::is_ncname(text.substr(colon + 1));
}

}  // namespace echoflow::rules
