#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00089 (§12.7.1): the message exchange of an onEvent is looked for in its associated scope
// first, then in the scopes around.
void check_sa00089(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (activity.kind != MessageActivityKind::on_event || activity.message_exchange.empty()) continue;
    if (context.model.message_exchange(*activity.site, activity.message_exchange) == nullptr)
      findings.add(activity.where(),
                   "The messageExchange " + quoted(activity.message_exchange) +
                       " of <onEvent> is declared neither in its scope nor in one around it; declare it.");
  }
}

}  // namespace echoflow::rules
