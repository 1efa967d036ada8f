#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00085 (§12.7.1): an onEvent with <fromParts> has no variable, messageType and element.
void check_sa00085(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.on_event == nullptr || !site.on_event->has_from_parts) continue;
    const auto& event = *site.on_event;
    if (!event.variable.empty() || event.message_type || event.element)
      findings.add(site.where(),
                   "<onEvent> has <fromParts> and also variable, messageType or element; keep only one of the "
                   "two ways.");
  }
}

}  // namespace echoflow::rules
