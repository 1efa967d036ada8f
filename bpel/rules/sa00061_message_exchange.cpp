#include <algorithm>

#include "bpel/rules/exchanges.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

// A reply that no inbound activity of its operation shares the exchange with, where a name on either side is the
// reason.
bool is_torn_apart(const Model& model, const MessageActivity& reply) {
  bool named = !reply.message_exchange.empty(), has_partner = false;
  for (const auto& inbound : model.message_activities()) {
    if (!inbound.is_inbound() || !same_operation(inbound, reply)) continue;
    if (same_exchange(model, inbound, reply)) return false;
    has_partner = true;
    named = named || !inbound.message_exchange.empty();
  }
  return named && has_partner;
}

// An event with a named exchange that nothing answers, though the only request that a reply in its own branch can mean
// is this one.
bool is_answered_elsewhere(const Model& model, const MessageActivity& event) {
  if (event.message_exchange.empty() || event.kind == MessageActivityKind::receive) return false;
  const Site& branch = event.kind == MessageActivityKind::on_event ? *event.site->parent : *event.site;
  bool has_reply = false;
  for (const auto& other : model.message_activities()) {
    if (&other == &event || !same_operation(event, other)) continue;
    if (other.kind == MessageActivityKind::reply) {
      if (same_exchange(model, event, other)) return false;
      has_reply = has_reply || (branch.contains(*other.site) && !is_torn_apart(model, other));
    } else if (other.is_inbound() && branch.contains(*other.site)) {
      return false;
    }
  }
  return has_reply;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00061 (§10.4.1): a message exchange is declared in a scope around both the reply and the
// activity that it answers. Without a name the implicit default exchange is meant.
void check_sa00061(const RuleContext& context, Findings& findings) {
  const Model& model = context.model;
  for (const auto& activity : model.message_activities()) {
    if (activity.kind == MessageActivityKind::invoke) continue;
    if (!activity.message_exchange.empty() &&
        model.message_exchange(*activity.site, activity.message_exchange) == nullptr)
      findings.add(activity.where(), "The messageExchange " + quoted(activity.message_exchange) + " of " +
                                         tag(*activity.element) +
                                         " is not declared in any scope around it; declare it or correct the name.");
    else if (activity.kind == MessageActivityKind::reply && is_torn_apart(model, activity))
      findings.add(activity.where(),
                   tag(*activity.element) + " answers no request, since no activity that receives the " + "operation " +
                       quoted(activity.operation) +
                       " uses the same message exchange; write the same messageExchange on both, and " +
                       "declare it in a scope around both.");
    else if (activity.is_inbound() && is_answered_elsewhere(model, activity))
      findings.add(activity.where(), "No <reply> uses the messageExchange " + quoted(activity.message_exchange) +
                                         " of " + tag(*activity.element) +
                                         ", not even the one inside of it; write it on that <reply>.");
  }
}

}  // namespace echoflow::rules
