#pragma once
#include <compare>
#include <cstdint>

namespace echoflow {

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct TimePoint {
  std::int64_t micros = 0;
  friend auto operator<=>(const TimePoint&, const TimePoint&) = default;
};

}  // namespace echoflow
