#include "bpel/rules/control_order.hpp"

namespace echoflow::rules {
namespace {

std::size_t begin_of(const Site& site) {
  return 2 * site.index;
}
std::size_t end_of(const Site& site) {
  return 2 * site.index + 1;
}

}  // namespace

ControlOrder::ControlOrder(const Model& model) : next_(2 * model.sites().size()) {
  for (const Site& site : model.sites()) {
    edge(begin_of(site), end_of(site));
    for (const Site* child : site.children) {
      edge(begin_of(site), begin_of(*child));
      edge(end_of(*child), end_of(site));
    }
    order_handlers(site);
    if (!site.is(ast::ActivityKind::sequence)) continue;
    for (std::size_t i = 1; i < site.children.size(); ++i)
      edge(end_of(*site.children[i - 1]), begin_of(*site.children[i]));
  }
  for (const auto& link : model.links())
    for (const auto& source : link.sources)
      for (const auto& target : link.targets) edge(end_of(*source.site), begin_of(*target.site));
}

// A fault, compensation or termination handler runs when the scope's activity is over.
void ControlOrder::order_handlers(const Site& scope) {
  if (scope.body == nullptr) return;
  for (const Site* handler : scope.children)
    for (const Site* activity : scope.children)
      if (is_fct_handler(*handler) && activity->kind == SiteKind::activity) edge(end_of(*activity), begin_of(*handler));
}

void ControlOrder::reach(std::size_t event, After& after) const {
  std::vector<std::size_t> open{event};
  while (!open.empty()) {
    const std::size_t current = open.back();
    open.pop_back();
    for (const std::size_t next : next_[current]) {
      if (after.reached_[next]) continue;
      after.reached_[next] = true;
      open.push_back(next);
    }
  }
}

ControlOrder::After ControlOrder::after_end(const Site& site) const {
  After after(events());
  reach(end_of(site), after);
  return after;
}

ControlOrder::After ControlOrder::after_begin(const Site& site) const {
  After after(events());
  reach(begin_of(site), after);
  return after;
}

ControlOrder::After ControlOrder::after_any_end_in(const Site& site) const {
  After after(events());
  for (std::size_t index = site.index; index <= site.last; ++index) reach(2 * index + 1, after);
  return after;
}

}  // namespace echoflow::rules
