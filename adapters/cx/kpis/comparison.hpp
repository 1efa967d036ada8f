#pragma once
#include "adapters/cx/kpis/service.hpp"
#include "engine/cx/kpis/kpis.hpp"

namespace echoflow::cx_kpis {

/// Says which groups' live figures are not those that were counted anew.
void compare(const kpis::Kpis& live, const kpis::Kpis& anew, KpiService::Rebuilt& result);

}  // namespace echoflow::cx_kpis
