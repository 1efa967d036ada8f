#pragma once
#include <cstdint>

namespace echoflow {

// Lengths of time in microseconds, as TimePoint and Duration count them.
inline constexpr std::int64_t second_micros = 1'000'000;
inline constexpr std::int64_t minute_micros = 60 * second_micros;
inline constexpr std::int64_t hour_micros = 60 * minute_micros;
inline constexpr std::int64_t day_micros = 24 * hour_micros;

}  // namespace echoflow
