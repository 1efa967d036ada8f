#include "bpel/rules/property_use.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool is_declared_in(const ast::ScopeBody& body, const ast::CorrelationSet* set) {
  for (const auto& declared : body.correlation_sets)
    if (&declared == set) return true;
  return false;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00088 (§12.7.1): the correlation sets of an onEvent are looked for in its associated scope
// first, then in the scopes around. A set of the associated scope that cannot be computed from the event's message
// hides the one that was meant.
void check_sa00088(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (activity.kind != MessageActivityKind::on_event) continue;
    for (const auto& correlation : *activity.correlations) {
      const auto* set = context.model.correlation_set(*activity.site, correlation.set);
      if (set == nullptr) {
        findings.add(correlation.origin.where,
                     "The correlation set " + quoted(correlation.set) +
                         " is declared neither in the scope of the <onEvent> nor in one around it; "
                         "declare it or correct the name.");
        continue;
      }
      const auto* body = activity.site->body;
      if (body == nullptr || !is_declared_in(*body, set) || activity.incoming->message == nullptr) continue;
      for (const auto& property : set->properties)
        if (!has_alias(context, property, *activity.incoming->message))
          findings.add(correlation.origin.where, "The correlation set " + quoted(correlation.set) +
                                                     " is the one of the <onEvent>'s own scope, whose property " +
                                                     quoted(property) + " has no alias for the message " +
                                                     quoted(activity.incoming->message->name) +
                                                     "; rename one of the sets or define the alias.");
    }
  }
}

}  // namespace echoflow::rules
