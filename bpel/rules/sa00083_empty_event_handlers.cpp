#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00083 (§12.7): <eventHandlers> has at least one handler.
void check_sa00083(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr || !site.body->event_handlers) continue;
    const auto& handlers = *site.body->event_handlers;
    if (handlers.on_events.empty() && handlers.on_alarms.empty())
      findings.add(handlers.origin.where, "<eventHandlers> is empty; add an <onEvent> or <onAlarm>, or remove it.");
  }
}

}  // namespace echoflow::rules
