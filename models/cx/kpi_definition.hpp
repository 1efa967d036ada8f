#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "models/base/source_location.hpp"
#include "models/base/time.hpp"
#include "models/program/ids.hpp"

/// What a process says of a key performance indicator by <cx:kpi>, compiled: pure data.
namespace echoflow::cx {

enum class KpiMeasure : std::uint8_t {
  duration,  ///< from one activity to another of the same instance, in seconds
  count,     ///< how often an activity happened in the window
  value,     ///< what <cx:measure> activities gave
  built_in,  ///< of the server: KpiDefinition::built_in
};
/// Which moment of an activity counts.
enum class KpiMoment : std::uint8_t { start, end };
struct KpiPoint {
  std::string activity;                  ///< its name
  program::NodeId node = program::none;  ///< none: the process itself
  KpiMoment moment = KpiMoment::end;
};

/// How the values in a window become one figure.
enum class KpiAggregate : std::uint8_t { mean, sum, min, max, count, percentile, last };
/// Which values count.
enum class KpiWindowKind : std::uint8_t {
  all,       ///< all there ever were
  sliding,   ///< of the last `span`
  last,      ///< the newest `count`
  calendar,  ///< of the running hour, day, week, month (by `span`: PT1H, P1D, P7D, P1M)
};
struct KpiWindow {
  KpiWindowKind kind = KpiWindowKind::all;
  Duration span;
  std::uint64_t count = 0;
};
/// planned: the figure of all instances together; alarm: each instance's own value is judged, while it runs too.
enum class KpiKind : std::uint8_t { planned, alarm };
enum class KpiDirection : std::uint8_t { higher_is_better, lower_is_better };

struct KpiDefinition {
  std::string name;
  std::string title;  ///< for people; may be empty
  KpiKind kind = KpiKind::planned;
  KpiMeasure measure = KpiMeasure::value;
  KpiPoint from, to;     ///< duration: both; count: `to`
  std::string built_in;  ///< name of the server's own measure
  KpiAggregate aggregate = KpiAggregate::mean;
  double percentile = 0;  ///< 0 … 100, with KpiAggregate::percentile
  KpiWindow window;
  /// What figures are kept apart by: "" (nothing), "process", "version", "channel", "network", "topic", "language",
  /// "queue", "agent", "product", or "group" (the group that <cx:measure> gave).
  std::string group_by;
  std::string calendar;  ///< durations count on this business calendar; "" : round the clock
  std::string unit;      ///< s, percent, count, or as declared
  KpiDirection direction = KpiDirection::lower_is_better;
  std::optional<double> target, warning, critical;  ///< in `unit`; durations in seconds
  double hysteresis = 0;                            ///< how far back over a level it must be to leave it, in `unit`
  std::uint64_t least_values = 1;                   ///< no level is judged on fewer
  SourceLocation where;
};

/// normal, warning, critical: as cx:threshold and cx:level() say them.
enum class KpiLevel : std::uint8_t { normal, warning, critical };
constexpr std::string_view to_string(KpiLevel level) {
  switch (level) {
    case KpiLevel::normal:
      return "normal";
    case KpiLevel::warning:
      return "warning";
    case KpiLevel::critical:
      return "critical";
  }
  return "";
}

}  // namespace echoflow::cx
