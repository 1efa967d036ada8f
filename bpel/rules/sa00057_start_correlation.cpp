#include <algorithm>
#include <set>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

using Sets = std::set<const ast::CorrelationSet*>;

Sets sets_of(const Model& model, const MessageActivity& activity) {
  Sets out;
  for (const auto& correlation : *activity.correlations)
    if (const auto* set = model.correlation_set(*activity.site, correlation.set)) out.insert(set);
  return out;
}

Sets common_sets(const Model& model, const std::vector<const MessageActivity*>& starts) {
  Sets common = sets_of(model, *starts.front());
  for (const auto* start : starts) {
    const auto sets = sets_of(model, *start);
    std::erase_if(common, [&](const auto* set) { return !sets.contains(set); });
  }
  return common;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00057 (§10.4): where several activities may start the process and one of them correlates,
// all share a correlation set and join it. The messages of one pick exclude each other, but each must correlate so.
void check_sa00057(const RuleContext& context, Findings& findings) {
  const Model& model = context.model;
  if (model.start_activities().size() < 2) return;
  std::vector<const MessageActivity*> starts;
  for (const auto& activity : model.message_activities())
    if (activity.creates_instance) starts.push_back(&activity);
  const auto correlates = [](const MessageActivity* start) { return !start->correlations->empty(); };
  if (std::none_of(starts.begin(), starts.end(), correlates)) return;
  const auto common = common_sets(model, starts);
  for (const auto* start : starts) {
    if (common.empty())
      findings.add(start->where(),
                   tag(*start->element) +
                       " is one of several start activities, which have no correlation set in common; use " +
                       "one with initiate=\"join\" on all of them.");
    for (const auto& correlation : *start->correlations) {
      if (!common.contains(model.correlation_set(*start->site, correlation.set)) || correlation.initiate == "join")
        continue;
      findings.add(correlation.origin.where, "The correlation set " + quoted(correlation.set) +
                                                 " is shared by all start activities, so that each must have "
                                                 "initiate=\"join\" for it; set it here.");
    }
  }
}

}  // namespace echoflow::rules
