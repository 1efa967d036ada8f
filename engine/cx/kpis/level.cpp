#include "engine/cx/kpis/level.hpp"

namespace echoflow::kpis {
namespace {

bool upwards_is_bad(const Limits& limits) {
  return limits.direction == cx::KpiDirection::lower_is_better;
}

bool reaches(const Limits& limits, double limit, double value) {
  return upwards_is_bad(limits) ? value >= limit : value <= limit;
}

double back_limit(const Limits& limits, double limit) {
  return upwards_is_bad(limits) ? limit - limits.hysteresis : limit + limits.hysteresis;
}

/// Does the value stand at or behind the limit, given that it did so before?
bool holds(const Limits& limits, const std::optional<double>& limit, bool before, double value) {
  if (!limit) return false;
  return reaches(limits, *limit, value) || (before && reaches(limits, back_limit(limits, *limit), value));
}

}  // namespace

Level judge(const Limits& limits, Level level, double value) {
  if (holds(limits, limits.critical, level == Level::critical, value)) return Level::critical;
  if (holds(limits, limits.warning, level != Level::normal, value)) return Level::warning;
  return Level::normal;
}

double crossed(const Limits& limits, Level from, Level to) {
  if (to > from) return (to == Level::critical ? limits.critical : limits.warning).value_or(0);
  // Down to warning, the critical limit was left; down to normal, the warning limit where there is one.
  const auto& left = to == Level::warning || !limits.warning ? limits.critical : limits.warning;
  return back_limit(limits, left.value_or(0));
}

}  // namespace echoflow::kpis
