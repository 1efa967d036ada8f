#include "engine/projections/history.hpp"

#include <map>

#include "engine/projections/event_text.hpp"
#include "engine/state/appliers.hpp"
#include "engine/state/belongs.hpp"
#include "engine/state/state_view.hpp"

namespace echoflow::engine {

using program::ActivityKind;
using records::Outcome;

std::string_view to_string(ActivityStatus status) {
  switch (status) {
    case ActivityStatus::ready:
      return "ready";
    case ActivityStatus::executing:
      return "executing";
    case ActivityStatus::completed:
      return "completed";
    case ActivityStatus::faulted:
      return "faulted";
    case ActivityStatus::terminated:
      return "terminated";
    case ActivityStatus::skipped:
      return "skipped";
    case ActivityStatus::compensated:
      return "compensated";
  }
  return "";
}

namespace {

ActivityStatus status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::completed:
    case Outcome::kept:
    case Outcome::handled:
      return ActivityStatus::completed;
    case Outcome::faulted:
      return ActivityStatus::faulted;
    case Outcome::terminated:
      return ActivityStatus::terminated;
    case Outcome::skipped:
      return ActivityStatus::skipped;
    case Outcome::compensated:
      return ActivityStatus::compensated;
  }
  return ActivityStatus::completed;
}

bool is_loop(ActivityKind kind) {
  return kind == ActivityKind::while_ || kind == ActivityKind::repeat_until || kind == ActivityKind::for_each;
}

bool is_open(const ActivityView& view) {
  return view.status == ActivityStatus::ready || view.status == ActivityStatus::executing;
}

}  // namespace

struct History::Impl {
  explicit Impl(const program::Program& p) : program(p) {}

  const program::Program& program;
  InstanceState state;
  std::map<ActivityId, ActivityView> activities;
  std::vector<FaultView> faults;
  std::vector<EventView> events;
  std::vector<VariableView> last_variables;  ///< as they were when the instance ended

  std::vector<VariableView> live_variables() const;

  // What each event means for the views; most mean nothing.
  template <class E>
  void see(TimePoint, const E&) {}
  void see(TimePoint at, const records::ActivityCreated& e);
  void see(TimePoint at, const records::ActivityStarted& e);
  void see(TimePoint at, const records::ActivityEnded& e);
  void see(TimePoint at, const records::FaultRaised& e);
  void see(TimePoint at, const records::FaultCaught& e);
  void see(TimePoint at, const records::InvokeFailed& e);
  void see(TimePoint at, const records::OperatorActed& e);
  void see(TimePoint at, const records::CompensationStarted& e);
  void see(TimePoint at, const records::InstanceEnded& e);
};

void History::Impl::see(TimePoint at, const records::ActivityCreated& e) {
  ActivityView view;
  const program::Node& node = program.node(e.node);
  view.id = e.id;
  view.element_id = node.element_id;
  view.name = node.name;
  view.type = node.id == 0 ? "process" : std::string(program::element_name(node.kind));
  view.status = e.joining ? ActivityStatus::ready : ActivityStatus::executing;
  if (!e.joining) view.started_at = at;
  view.scope = e.scope;
  if (const Activity* parent = find_activity(state, e.parent)) {
    if (is_loop(program.node(parent->node).kind))
      view.iteration = e.slot;
    else if (auto known = activities.find(e.parent); known != activities.end())
      view.iteration = known->second.iteration;
  }
  activities[e.id] = std::move(view);
}

void History::Impl::see(TimePoint at, const records::ActivityStarted& e) {
  activities[e.id].status = ActivityStatus::executing;
  activities[e.id].started_at = at;
}

void History::Impl::see(TimePoint at, const records::ActivityEnded& e) {
  ActivityView& view = activities[e.id];
  view.status = status_of(e.outcome);
  view.failed = false;
  view.ended_at = at;
}

void History::Impl::see(TimePoint at, const records::FaultRaised& e) {
  // Each scope that a fault goes through is told; it is the same fault until a handler takes it.
  const bool same = !faults.empty() && !faults.back().handled && faults.back().fault.name == e.fault.name &&
                    e.activity != faults.back().activity && activities[e.activity].type == "scope";
  if (!same) faults.push_back({e.activity, at, e.fault, false});
}

void History::Impl::see(TimePoint, const records::FaultCaught&) {
  if (!faults.empty()) faults.back().handled = true;
}

void History::Impl::see(TimePoint at, const records::InvokeFailed& e) {
  if (!e.incident) return;
  activities[e.activity].failed = true;
  faults.push_back({e.activity, at, e.fault, false});
}

void History::Impl::see(TimePoint, const records::OperatorActed& e) {
  if (auto known = activities.find(e.activity); known != activities.end()) known->second.failed = false;
}

void History::Impl::see(TimePoint, const records::CompensationStarted& e) {
  activities[e.scope].status = ActivityStatus::executing;
  activities[e.scope].ended_at.reset();
}

void History::Impl::see(TimePoint at, const records::InstanceEnded& e) {
  // The appliers have forgotten the activities; the views know which were still open.
  const auto status = static_cast<InstanceStatus>(e.status);
  for (auto& [id, view] : activities) {
    if (!is_open(view)) continue;
    const bool process = id == 1;
    view.status = process && status == InstanceStatus::completed ? ActivityStatus::completed
                  : process && status == InstanceStatus::faulted ? ActivityStatus::faulted
                                                                 : ActivityStatus::terminated;
    view.ended_at = at;
    view.failed = false;
  }
}

std::vector<VariableView> History::Impl::live_variables() const {
  std::vector<VariableView> views;
  for (const auto& [id, activity] : state.activities) {
    if (!activity.scope_data || activity.scope_data->phase == ScopePhase::completed) continue;
    const auto& declared = program.as<program::Scope>(activity.node).variables;
    for (std::size_t i = 0; i < declared.size(); ++i)
      views.push_back({program.variables[declared[i]].name, id, declared[i], activity.scope_data->variables[i]});
  }
  return views;
}

History::History(const program::Program& program) : impl_(std::make_unique<Impl>(program)) {}
History::~History() = default;
History::History(History&&) noexcept = default;

Result<void> History::add(std::uint64_t seq, TimePoint at, std::string_view events, std::string_view payload) {
  records::PayloadReader reader(payload);
  bool ours = true;
  const bool whole = records::for_each_event(events, reader, [&](const auto& event) {
    using E = std::decay_t<decltype(event)>;
    ours = ours && belongs(impl_->program, event);
    if (!ours) return;
    EventView view = describe(impl_->program, impl_->state, event);
    view.seq = seq;
    view.at = at;
    impl_->events.push_back(std::move(view));
    if constexpr (std::is_same_v<E, records::InstanceEnded>) impl_->last_variables = impl_->live_variables();
    impl_->see(at, event);
    apply(impl_->program, impl_->state, event);
  });
  if (!ours) return fail("Journal row " + std::to_string(seq) + " does not belong to this version of the process.");
  if (!whole) return fail("Journal row " + std::to_string(seq) + " cannot be read: it is damaged.");
  return {};
}

std::vector<ActivityView> History::activities() const {
  std::vector<ActivityView> views;
  views.reserve(impl_->activities.size());
  for (const auto& [id, view] : impl_->activities) views.push_back(view);
  return views;
}

std::vector<VariableView> History::variables() const {
  return impl_->state.stage == instances::Stage::ended ? impl_->last_variables : impl_->live_variables();
}

std::vector<FaultView> History::faults() const {
  return impl_->faults;
}
std::vector<EventView> History::events() const {
  return impl_->events;
}

}  // namespace echoflow::engine
