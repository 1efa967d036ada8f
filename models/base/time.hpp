#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/result.hpp"

namespace echoflow {

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct TimePoint {
  std::int64_t micros = 0;
  friend auto operator<=>(const TimePoint&, const TimePoint&) = default;
};

/// An xsd:duration: years and months as `months`, days to seconds as `micros`; both have the same sign.
struct Duration {
  std::int64_t months = 0;
  std::int64_t micros = 0;
  friend bool operator==(const Duration&, const Duration&) = default;
};

/// An xsd:dateTime (or xsd:date, xsd:time) as it is written: local fields and, where given, the offset from UTC.
struct DateTime {
  std::int64_t year = 1970;  ///< proleptic Gregorian; 0 is the year before 1
  std::int32_t month = 1;
  std::int32_t day = 1;
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  std::int32_t micro = 0;                    ///< microseconds of the second; finer digits are cut off
  std::optional<std::int32_t> zone_minutes;  ///< nullopt: no time zone was written
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

/// Years beyond this (both ways) do not fit a TimePoint and are refused.
inline constexpr std::int64_t farthest_year = 200'000;

/// Readers of the lexical forms of XML Schema part 2 §3.2; surrounding white space is allowed. "24:00:00" is the next
/// day.
Result<DateTime> parse_date_time(std::string_view text);
Result<DateTime> parse_date(std::string_view text);  ///< time fields are 0
Result<DateTime> parse_time(std::string_view text);  ///< the day is 1970-01-01
Result<Duration> parse_duration(std::string_view text);
/// A deadline: xsd:dateTime or xsd:date (its first moment); without a time zone it is UTC.
Result<TimePoint> parse_deadline(std::string_view text);

/// Canonical forms: "2026-03-01T08:05:09.5Z", "2026-03-01+01:00", "08:05:09Z", "P1Y2M3DT4H5M6.5S".
std::string format_date_time(const DateTime& value);
std::string format_date(const DateTime& value);
std::string format_time(const DateTime& value);
std::string format_duration(const Duration& value);
/// As xsd:dateTime in UTC.
std::string format_time_point(TimePoint value);

/// A value without a time zone is taken in the zone given, in minutes east of UTC.
TimePoint to_time_point(const DateTime& value, std::int32_t implicit_zone_minutes = 0);
DateTime to_date_time(TimePoint value, std::int32_t zone_minutes = 0);

/// Adds as XML Schema part 2 appendix E says: months first, the day pinned to the month's end, then the rest. Fails
/// when the result is out of range.
Result<DateTime> add(const DateTime& start, const Duration& duration);
Result<TimePoint> add(TimePoint start, const Duration& duration);
Duration negate(const Duration& duration);

}  // namespace echoflow
