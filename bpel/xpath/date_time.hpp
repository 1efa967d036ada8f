#pragma once
#include <optional>
#include <string>

#include "models/base/time.hpp"

/// What XPath 2.0 does with dates, times and durations beyond what models/base/time.hpp reads, writes and adds. A value
/// without time zone counts as UTC, the implicit time zone of every evaluation.
namespace echoflow::xpath {

/// Zone offsets in minutes; nullopt: no zone.
using Zone = std::optional<std::int32_t>;

/// Order on the time line.
int compare(const DateTime& a, const DateTime& b);
int compare_micros(const Duration& a, const Duration& b);
/// nullopt when the sum is out of range (err:FODT0002).
std::optional<Duration> add(const Duration& a, const Duration& b);
Duration difference(const DateTime& a, const DateTime& b);
/// Months are rounded to whole ones, seconds to microseconds. nullopt for NaN and overflow.
std::optional<Duration> multiply(const Duration& a, double factor);
/// Adds to an xs:time: the day does not matter.
DateTime add_to_time(const DateTime& time, const Duration& duration);
/// Moves to another zone (the same point in time), gives it one, or takes it away.
DateTime adjust(const DateTime& value, Zone zone);
/// `zero` is what an empty duration is written as: "PT0S" or "P0M".
std::string duration_text(const Duration& value, std::string_view zero);
/// Z or ±hh:mm up to 14 hours.
std::optional<std::int32_t> zone_of(const Duration& offset);

}  // namespace echoflow::xpath
