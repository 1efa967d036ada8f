#include <algorithm>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00050 (§10.3.1): <toParts> gives every part of the message.
void check_sa00050(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (!activity.outgoing || !activity.outgoing->has_parts || activity.outgoing->message == nullptr) continue;
    const auto& given = *activity.outgoing->parts;
    for (const auto& part : activity.outgoing->message->parts)
      if (std::none_of(given.begin(), given.end(), [&](const ast::ToPart& p) { return p.part == part.name; }))
        findings.add(activity.where(), "The <toParts> of " + tag(*activity.element) + " leave out the part " +
                                           quoted(part.name) + " of the message " +
                                           quoted(activity.outgoing->message->name) + "; add a <toPart> for it.");
  }
}

}  // namespace echoflow::rules
