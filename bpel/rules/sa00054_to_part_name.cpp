#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00054 (§10.3.1, §10.4): every toPart names a part of the operation's message.
void check_sa00054(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (!activity.outgoing || activity.outgoing->message == nullptr) continue;
    for (const auto& part : *activity.outgoing->parts)
      if (activity.outgoing->message->part(part.part) == nullptr)
        findings.add(part.origin.where, "The message " + quoted(activity.outgoing->message->name) +
                                            " of the operation " + quoted(activity.operation) + " has no part " +
                                            quoted(part.part) + "; correct the part of the <toPart>.");
  }
}

}  // namespace echoflow::rules
