#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

// What holds for a message that comes in or goes out, with the names that its activity has for variable and parts.
template <class Transfer>
void check(const MessageActivity& activity, const Transfer& transfer, const std::string& variable,
           const std::string& parts, Findings& findings) {
  if (transfer.message == nullptr) return;
  const std::string what = tag(*activity.element);
  if (transfer.message->parts.empty()) {
    if (transfer.has_parts)
      findings.add(activity.where(), what + " has <" + parts + ">, but the message " + quoted(transfer.message->name) +
                                         " has no parts; remove them.");
  } else if (transfer.variable.empty() && !transfer.has_parts) {
    findings.add(activity.where(), what + " has neither " + variable + " nor <" + parts + "> for the message " +
                                       quoted(transfer.message->name) + "; add one of them.");
  }
}

void check_one_way(const MessageActivity& activity, Findings& findings) {
  const auto& response = *activity.incoming;
  if (response.variable.empty() && !response.has_parts) return;
  findings.add(activity.where(), tag(*activity.element) + " has an outputVariable or <fromParts>, but the operation " +
                                     quoted(activity.operation) + " has no response; remove them.");
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00047 (§10.3, §10.4, §11.5, §12.7): a message with parts needs a variable or its parts, a
// message without parts takes none, and a one-way invoke has nothing for a response.
void check_sa00047(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    const bool is_invoke = activity.kind == MessageActivityKind::invoke;
    if (activity.outgoing)
      check(activity, *activity.outgoing, is_invoke ? "inputVariable" : "variable", "toParts", findings);
    if (activity.incoming)
      check(activity, *activity.incoming, is_invoke ? "outputVariable" : "variable", "fromParts", findings);
    if (is_invoke && activity.resolved_operation != nullptr && !activity.resolved_operation->output)
      check_one_way(activity, findings);
  }
}

}  // namespace echoflow::rules
