#include <algorithm>

#include "bpel/rules/exchanges.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

// How many replies to `inbound` begin only after `after` does.
std::ptrdiff_t replies_after(const RuleContext& context, const MessageActivity& inbound, const Site& after) {
  const auto later = context.order.after_end(after);
  const auto& all = context.model.message_activities();
  return std::count_if(all.begin(), all.end(), [&](const MessageActivity& reply) {
    return reply.kind == MessageActivityKind::reply && same_exchange(context.model, inbound, reply) &&
           later.begins(*reply.site);
  });
}

bool can_be_answered_before(const RuleContext& context, const MessageActivity& first, const MessageActivity& second) {
  const auto later = context.order.after_end(*second.site);
  const auto& all = context.model.message_activities();
  return std::any_of(all.begin(), all.end(), [&](const MessageActivity& reply) {
    return reply.kind == MessageActivityKind::reply && same_exchange(context.model, first, reply) &&
           !later.begins(*reply.site);
  });
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00060 (§10.4.1): where several requests of one operation are open at once, message
// exchanges say which reply belongs to which. Decided for receives that certainly follow each other before any reply;
// whether activities in parallel branches overlap shows at run time (bpel:conflictingRequest).
void check_sa00060(const RuleContext& context, Findings& findings) {
  const auto& all = context.model.message_activities();
  const auto is_unmarked_receive = [](const MessageActivity& activity) {
    return activity.kind == MessageActivityKind::receive && activity.message_exchange.empty();
  };
  for (const auto& first : all) {
    if (!is_unmarked_receive(first)) continue;
    const auto later = context.order.after_end(*first.site);
    for (const auto& second : all) {
      if (!is_unmarked_receive(second) || &first == &second || !same_operation(first, second)) continue;
      if (context.model.message_exchange(*first.site, "") != context.model.message_exchange(*second.site, "")) continue;
      if (!later.begins(*second.site) || can_be_answered_before(context, first, second)) continue;
      if (replies_after(context, first, *second.site) < 2) continue;
      findings.add(second.where(), tag(*second.element) + " begins a second request of the operation " +
                                       quoted(second.operation) +
                                       " before the first is answered, and nothing tells the " +
                                       "replies apart; give each pair a messageExchange.");
    }
  }
}

}  // namespace echoflow::rules
