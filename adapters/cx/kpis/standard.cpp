#include "adapters/cx/kpis/standard.hpp"

#include "models/cx/kpi_built_in.hpp"

namespace echoflow::cx_kpis {

namespace {

/// What each is kept apart by.
std::string group_of(cx::KpiBuiltIn measure) {
  switch (measure) {
    case cx::KpiBuiltIn::first_response_time:
    case cx::KpiBuiltIn::next_response_time:
    case cx::KpiBuiltIn::resolution_time:
    case cx::KpiBuiltIn::service_level:
    case cx::KpiBuiltIn::first_contact_resolution:
    case cx::KpiBuiltIn::backlog:
    case cx::KpiBuiltIn::backlog_age:
    case cx::KpiBuiltIn::reopen_rate:
    case cx::KpiBuiltIn::sentiment_index:
      return "channel";
    case cx::KpiBuiltIn::handling_time:
    case cx::KpiBuiltIn::escalation_rate:
      return "queue";
    case cx::KpiBuiltIn::share_of_voice:
      return "topic";
    case cx::KpiBuiltIn::process_duration:
    case cx::KpiBuiltIn::process_steps:
    case cx::KpiBuiltIn::process_loops:
    case cx::KpiBuiltIn::process_handovers:
      return "process";
    case cx::KpiBuiltIn::nps:
    case cx::KpiBuiltIn::csat:
    case cx::KpiBuiltIn::ces:
      return "";
  }
  return "";
}

bool more_is_better(cx::KpiBuiltIn measure) {
  return measure == cx::KpiBuiltIn::service_level || measure == cx::KpiBuiltIn::first_contact_resolution ||
         measure == cx::KpiBuiltIn::nps || measure == cx::KpiBuiltIn::csat || measure == cx::KpiBuiltIn::ces ||
         measure == cx::KpiBuiltIn::sentiment_index || measure == cx::KpiBuiltIn::share_of_voice;
}

}  // namespace

std::vector<cx::KpiDefinition> standard_kpis() {
  constexpr std::int64_t day = 86'400'000'000;
  std::vector<cx::KpiDefinition> all;
  for (const auto& info : cx::kpi_built_ins()) {
    cx::KpiDefinition definition;
    definition.name = definition.built_in = std::string(info.name);
    definition.measure = cx::KpiMeasure::built_in;
    definition.unit = std::string(info.unit);
    definition.group_by = group_of(info.measure);
    if (!info.is_state) {
      definition.window.kind = cx::KpiWindowKind::sliding;
      definition.window.span.micros = 30 * day;
    }
    if (more_is_better(info.measure)) definition.direction = cx::KpiDirection::higher_is_better;
    all.push_back(std::move(definition));
  }
  return all;
}

}  // namespace echoflow::cx_kpis
