#pragma once
#include <vector>

#include "models/cx/kpi_definition.hpp"

namespace echoflow::cx_kpis {

/// The KPIs that the server has of its own as soon as a process listens to customers: all built-in measures over the
/// last 30 days, each under its measure's name, without limits.
std::vector<cx::KpiDefinition> standard_kpis();

}  // namespace echoflow::cx_kpis
