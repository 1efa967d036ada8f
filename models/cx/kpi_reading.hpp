#pragma once
#include <string>

namespace echoflow::cx {

/// The present figure of a KPI in a group, as cx:kpi() and cx:level() see it.
struct KpiReading {
  double value = 0;
  std::string level = "normal";  ///< normal, warning, critical
};

}  // namespace echoflow::cx
