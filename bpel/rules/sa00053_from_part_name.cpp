#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00053 (§10.3.1, §10.4): every fromPart names a part of the operation's message.
void check_sa00053(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (!activity.incoming || activity.incoming->message == nullptr) continue;
    for (const auto& part : *activity.incoming->parts)
      if (activity.incoming->message->part(part.part) == nullptr)
        findings.add(part.origin.where, "The message " + quoted(activity.incoming->message->name) +
                                            " of the operation " + quoted(activity.operation) + " has no part " +
                                            quoted(part.part) + "; correct the part of the <fromPart>.");
  }
}

}  // namespace echoflow::rules
