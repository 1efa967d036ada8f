#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules {
// cx:when and cx:channels narrow what is heard from the built-in services.
void check_cx00006(const RuleContext& context, Findings& findings) {
  for_each_filter(context, [&](const MessageActivity& activity, const ast::InboundFilter& filter) {
    if (activity.resolved_port_type == nullptr || activity.resolved_port_type->name.ns == ns::cx) return;
    const auto& where = filter.when ? filter.when->origin.where : filter.channels_where;
    findings.add(where, tag(*activity.element) + " receives from portType " +
                            quoted(activity.resolved_port_type->name) +
                            ", but cx:when and cx:channels narrow only what the listeners of " + quoted(ns::cx) +
                            " hear; remove them, or use a partner link of one of those.");
  });
}

}  // namespace echoflow::rules
