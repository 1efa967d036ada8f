#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules {
// cx:channels names channels or networks; feedback and alerts have one.
void check_cx00008(const RuleContext& context, Findings& findings) {
  for_each_filter(context, [&](const MessageActivity& activity, const ast::InboundFilter& filter) {
    if (!filter.channels) return;
    if (filter.channels->empty())
      findings.add(filter.channels_where,
                   "cx:channels names no channel; name at least one, as \"facebook email\", or remove it.");
    const auto* port_type = activity.resolved_port_type;
    if (port_type == nullptr || port_type->name.ns != ns::cx) return;
    if (port_type->name.local != "FeedbackListener" && port_type->name.local != "AlertListener")
      findings.add(filter.channels_where, "The messages of " + port_type->name.local +
                                              " have no channel, so that cx:channels lets none through; remove it.");
  });
}

}  // namespace echoflow::rules
