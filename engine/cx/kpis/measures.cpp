#include "engine/cx/kpis/measures.hpp"

namespace echoflow::kpis {
namespace {

using cx::KpiBuiltIn;

template <class T, std::size_t I = 0>
constexpr std::size_t index_in_what() {
  if constexpr (std::is_same_v<T, std::variant_alternative_t<I, What>>)
    return I;
  else
    return index_in_what<T, I + 1>();
}
template <class... T>
constexpr Interest bits() {
  return ((Interest{1} << index_in_what<T>()) | ...);
}

constexpr Interest cases = bits<CaseOpened, CustomerSpoke, AgentAnswered, CaseResolved, CaseReopened>();
constexpr Interest tasks = bits<TaskCreated, TaskStarted, TaskPaused, TaskEnded, TaskEscalated>();
constexpr Interest instances = bits<InstanceStarted, InstanceEnded>();

Interest interest_of(KpiBuiltIn measure) {
  switch (measure) {
    case KpiBuiltIn::first_response_time:
    case KpiBuiltIn::next_response_time:
    case KpiBuiltIn::resolution_time:
    case KpiBuiltIn::service_level:
    case KpiBuiltIn::first_contact_resolution:
    case KpiBuiltIn::backlog:
    case KpiBuiltIn::backlog_age:
    case KpiBuiltIn::reopen_rate:
      return cases;
    case KpiBuiltIn::handling_time:
    case KpiBuiltIn::escalation_rate:
      return tasks;
    case KpiBuiltIn::nps:
    case KpiBuiltIn::csat:
    case KpiBuiltIn::ces:
      return bits<SurveyAnswered>();
    case KpiBuiltIn::sentiment_index:
    case KpiBuiltIn::share_of_voice:
      return bits<FeedbackGiven>();
    case KpiBuiltIn::process_duration:
    case KpiBuiltIn::process_steps:
    case KpiBuiltIn::process_loops:
    case KpiBuiltIn::process_handovers:
      return instances;
  }
  return 0;
}

void measure_built_in(Kpi& kpi, const Fact& fact, const CaseStep* step) {
  const auto interest = interest_of(kpi.built_in()->measure);
  if (interest == cases) {
    if (step) measure_cases(kpi, fact, *step);
  } else if (interest == tasks) {
    measure_tasks(kpi, fact);
  } else if (interest == instances) {
    measure_processes(kpi, fact);
  } else {
    measure_voice(kpi, fact);
  }
}

/// An instance that has ended has no value any more.
void forget_instance(Kpi& kpi, const Fact& fact) {
  if (std::holds_alternative<InstanceEnded>(fact.what)) kpi.drop("i" + std::to_string(fact.origin.instance), fact.at);
}

}  // namespace

Interest interest_of(const cx::KpiDefinition& definition) {
  // The value of an instance goes when the instance ends.
  const Interest ends = definition.kind == cx::KpiKind::alarm ? bits<InstanceEnded>() : 0;
  switch (definition.measure) {
    case cx::KpiMeasure::duration:
    case cx::KpiMeasure::count:
      return bits<ActivityPassed>() | instances;
    case cx::KpiMeasure::value:
      return bits<ValueMeasured>() | ends;
    case cx::KpiMeasure::built_in:
      if (const auto use = cx::parse_kpi_built_in(definition.built_in)) return interest_of(use->measure) | ends;
      return 0;
  }
  return 0;
}

void measure(Kpi& kpi, const Fact& fact, const CaseStep* step) {
  if (kpi.built_in())
    measure_built_in(kpi, fact, step);
  else
    measure_declared(kpi, fact);
  if (kpi.definition().kind == cx::KpiKind::alarm) forget_instance(kpi, fact);
}

bool come_to_limit(Kpi& kpi, const std::string& subject, TimePoint at) {
  if (!kpi.built_in()) return false;
  switch (kpi.built_in()->measure) {
    case KpiBuiltIn::service_level:  // nobody answered in time
      kpi.decide(subject, at, 0);
      return true;
    case KpiBuiltIn::first_contact_resolution:  // it was not reopened
      kpi.decide(subject, at, 100);
      return true;
    case KpiBuiltIn::first_response_time:
    case KpiBuiltIn::next_response_time:
    case KpiBuiltIn::resolution_time:
    case KpiBuiltIn::handling_time:
    case KpiBuiltIn::backlog:
    case KpiBuiltIn::backlog_age:
    case KpiBuiltIn::reopen_rate:
    case KpiBuiltIn::escalation_rate:
    case KpiBuiltIn::nps:
    case KpiBuiltIn::csat:
    case KpiBuiltIn::ces:
    case KpiBuiltIn::sentiment_index:
    case KpiBuiltIn::share_of_voice:
    case KpiBuiltIn::process_duration:
    case KpiBuiltIn::process_steps:
    case KpiBuiltIn::process_loops:
    case KpiBuiltIn::process_handovers:
      return false;
  }
  return false;
}

}  // namespace echoflow::kpis
