#pragma once
#include <optional>

#include "models/cx/kpi_definition.hpp"

namespace echoflow::kpis {

using Level = cx::KpiLevel;

struct Limits {
  std::optional<double> warning, critical;
  cx::KpiDirection direction = cx::KpiDirection::lower_is_better;
  /// How far a value must come back behind a limit before it counts as back; in the value's unit, not negative.
  double hysteresis = 0;
  bool any() const { return warning || critical; }
  friend bool operator==(const Limits&, const Limits&) = default;
};

/// The level of a value that stood at `level` before. A limit that is reached counts as crossed; it is crossed back
/// when the value has left it by more than the hysteresis (without hysteresis: by anything).
Level judge(const Limits& limits, Level level, double value);
/// The value that was crossed between two levels that differ: on the way to the worse the limit of the worse one, on
/// the way back the limit of the one that was left, less the hysteresis.
double crossed(const Limits& limits, Level from, Level to);

}  // namespace echoflow::kpis
