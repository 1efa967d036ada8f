#include "engine/cx/kpis/measures.hpp"

/// What processes, their activities and tasks tell.
namespace echoflow::kpis {
namespace {

using cx::KpiBuiltIn;

/// Is the fact the moment that the point names? A point without an activity is the process itself.
bool is_at(const cx::KpiPoint& point, const Fact& fact) {
  if (const auto* passed = std::get_if<ActivityPassed>(&fact.what))
    return !point.activity.empty() && passed->name == point.activity && passed->moment == point.moment;
  if (!point.activity.empty()) return false;
  return point.moment == cx::KpiMoment::start ? std::holds_alternative<InstanceStarted>(fact.what)
                                              : std::holds_alternative<InstanceEnded>(fact.what);
}

std::string task_subject(std::int64_t task) {
  return "t" + std::to_string(task);
}

}  // namespace

void measure_declared(Kpi& kpi, const Fact& fact) {
  const auto& d = kpi.definition();
  const std::string subject = "i" + std::to_string(fact.origin.instance);
  const bool alarm = d.kind == cx::KpiKind::alarm;
  if (d.measure == cx::KpiMeasure::duration) {
    // The end first: from an activity to itself is the time between two of its executions.
    if (is_at(d.to, fact)) kpi.end(subject, fact);
    if (is_at(d.from, fact)) kpi.begin(subject, fact);
    if (std::holds_alternative<InstanceEnded>(fact.what)) kpi.drop(subject, fact.at);
  } else if (d.measure == cx::KpiMeasure::count) {
    if (!is_at(d.to, fact)) return;
    if (alarm) kpi.add_to_instance(fact, 1, false);
    kpi.count_once(fact);
  } else if (const auto* measured = std::get_if<ValueMeasured>(&fact.what)) {
    if (measured->kpi == d.name) kpi.sample(fact, measured->value);
  }
}

void measure_tasks(Kpi& kpi, const Fact& fact) {
  if (kpi.built_in()->measure == KpiBuiltIn::escalation_rate) {
    if (std::holds_alternative<TaskCreated>(fact.what)) kpi.sample(fact, 0, 1);
    if (const auto* escalated = std::get_if<TaskEscalated>(&fact.what); escalated && escalated->first)
      kpi.sample(fact, 100, 0);
    return;
  }
  if (const auto* started = std::get_if<TaskStarted>(&fact.what)) {
    const auto subject = task_subject(started->task);
    if (kpi.measures(subject))
      kpi.resume(subject, fact.time());
    else
      kpi.begin(subject, fact);
  } else if (const auto* paused = std::get_if<TaskPaused>(&fact.what)) {
    kpi.pause(task_subject(paused->task), fact.time());
  } else if (const auto* ended = std::get_if<TaskEnded>(&fact.what)) {
    if (ended->completed)
      kpi.end(task_subject(ended->task), fact);
    else
      kpi.drop(task_subject(ended->task), fact.at);
  }
}

void measure_processes(Kpi& kpi, const Fact& fact) {
  const std::string subject = "i" + std::to_string(fact.origin.instance);
  const auto which = kpi.built_in()->measure;
  const auto* ended = std::get_if<InstanceEnded>(&fact.what);
  if (which == KpiBuiltIn::process_duration) {
    if (!ended)
      kpi.begin(subject, fact);
    else if (ended->completed)
      kpi.end(subject, fact);
    else
      kpi.drop(subject, fact.at);
    return;
  }
  if (!ended || !ended->completed) return;
  if (which == KpiBuiltIn::process_steps) kpi.sample(fact, static_cast<double>(ended->steps));
  if (which == KpiBuiltIn::process_loops) kpi.sample(fact, static_cast<double>(ended->loops));
  if (which == KpiBuiltIn::process_handovers) kpi.sample(fact, static_cast<double>(ended->handovers));
}

}  // namespace echoflow::kpis
