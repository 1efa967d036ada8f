#pragma once
#include <cstdint>

#include "engine/cx/kpis/kpi.hpp"

/// What each measure makes of the facts. docs/kpis.md says the same in words.
namespace echoflow::kpis {

/// Tells a KPI what a fact means to it. `step` is what the fact changed in its case, or null.
void measure(Kpi& kpi, const Fact& fact, const CaseStep* step);
/// The time of what is measured has come; false: it is an alarm's limit, which the KPI judges itself.
bool come_to_limit(Kpi& kpi, const std::string& subject, TimePoint at);

/// Which facts a measure looks at: bit i for alternative i of What.
using Interest = std::uint32_t;
Interest interest_of(const cx::KpiDefinition& definition);

// By what they are about.
void measure_declared(Kpi& kpi, const Fact& fact);
void measure_cases(Kpi& kpi, const Fact& fact, const CaseStep& step);
void measure_tasks(Kpi& kpi, const Fact& fact);
void measure_voice(Kpi& kpi, const Fact& fact);
void measure_processes(Kpi& kpi, const Fact& fact);

}  // namespace echoflow::kpis
