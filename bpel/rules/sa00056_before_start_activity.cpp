#include <algorithm>
#include <vector>

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {
namespace {

// WS-BPEL 2.0 Appendix B, SA00056 (§10.4). An activity is wrong here if some start activity waits for it, or if it
// waits for none of them. Activities in handlers are left out: they run only after something in their scope has.
class Checker {
 public:
  Checker(const RuleContext& context, Findings& findings) : context_(context), findings_(findings) {
    for (const Site* start : context.model.start_activities()) {
      if (nearest_above(*start, is_handler) != nullptr) continue;
      starts_.push_back(start);
      after_starts_.push_back(context.order.after_end(*start));
    }
  }

  void check(const Site& site) {
    for (const Site* child : site.children) {
      if (is_handler(*child))
        check_handler(*child);
      else if (is_start(*child))
        continue;  // what is in a starting pick comes after it
      else if (may_come_first(*child))
        check(*child);
      else if (is_wrong(*child))
        report(*child);
      else
        check(*child);
    }
  }

 private:
  bool is_start(const Site& site) const {
    const auto& starts = context_.model.start_activities();
    return std::find(starts.begin(), starts.end(), &site) != starts.end();
  }
  static bool may_come_first(const Site& site) {
    return site.is(ast::ActivityKind::scope) || site.is(ast::ActivityKind::flow) ||
           site.is(ast::ActivityKind::sequence);
  }

  bool is_wrong(const Site& site) const {
    const auto waits = [&](const ControlOrder::After& after) { return after.begins(site); };
    if (!starts_.empty() && std::none_of(after_starts_.begin(), after_starts_.end(), waits)) return true;
    const auto after = context_.order.after_end(site);
    return std::any_of(starts_.begin(), starts_.end(), [&](const Site* start) { return after.begins(*start); });
  }

  void report(const Site& site) {
    findings_.add(site.where(),
                  tag(*site.element) +
                      " can run before or beside a start activity, where only <scope>, <flow> and <sequence> " +
                      "may stand; move it behind the start activity, or link it so.");
  }

  void check_handler(const Site& handler) {
    for (const Site* start : context_.model.start_activities())
      if (handler.contains(*start) && nearest_above(*start, is_handler) == &handler)
        findings_.add(start->where(),
                      tag(*start->element) +
                          " is a start activity in a handler, before which other activities have run; set " +
                          "createInstance=\"no\".");
  }

  const RuleContext& context_;
  Findings& findings_;
  std::vector<const Site*> starts_;  ///< those that are in no handler
  std::vector<ControlOrder::After> after_starts_;
};

}  // namespace

void check_sa00056(const RuleContext& context, Findings& findings) {
  if (!context.model.start_activities().empty()) Checker(context, findings).check(context.model.process_site());
}

}  // namespace echoflow::rules
