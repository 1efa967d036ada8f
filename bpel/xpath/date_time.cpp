#include "bpel/xpath/date_time.hpp"
#include "models/base/micros.hpp"

#include <cmath>
#include <cstdlib>

namespace echoflow::xpath {
namespace {

constexpr std::int64_t farthest = std::int64_t{1} << 62;

}  // namespace

int compare(const DateTime& a, const DateTime& b) {
  const auto x = to_time_point(a), y = to_time_point(b);
  return x < y ? -1 : x > y;
}

int compare_micros(const Duration& a, const Duration& b) {
  return a.micros < b.micros ? -1 : a.micros > b.micros;
}

std::optional<Duration> add(const Duration& a, const Duration& b) {
  Duration sum;
  if (__builtin_add_overflow(a.months, b.months, &sum.months) ||
      __builtin_add_overflow(a.micros, b.micros, &sum.micros))
    return std::nullopt;
  if (std::llabs(sum.months) > farthest || std::llabs(sum.micros) > farthest) return std::nullopt;
  return sum;
}

Duration difference(const DateTime& a, const DateTime& b) {
  return {0, to_time_point(a).micros - to_time_point(b).micros};
}

std::optional<Duration> multiply(const Duration& a, double factor) {
  const double months = std::floor(static_cast<double>(a.months) * factor + 0.5);
  const long double micros = std::round(static_cast<long double>(a.micros) * factor);
  if (!(std::fabs(months) < 1e15) || !(std::fabs(micros) < 4e18L)) return std::nullopt;
  return Duration{static_cast<std::int64_t>(months), static_cast<std::int64_t>(micros)};
}

DateTime add_to_time(const DateTime& time, const Duration& duration) {
  auto sum = echoflow::add(time, Duration{0, duration.micros % day_micros});
  if (!sum) return time;
  sum->year = 1970;
  sum->month = sum->day = 1;
  return *sum;
}

DateTime adjust(const DateTime& value, Zone zone) {
  if (!zone || !value.zone_minutes) {
    DateTime result = value;
    result.zone_minutes = zone;
    return result;
  }
  return to_date_time(to_time_point(value), *zone);
}

std::string duration_text(const Duration& value, std::string_view zero) {
  return value == Duration{} ? std::string(zero) : format_duration(value);
}

std::optional<std::int32_t> zone_of(const Duration& offset) {
  constexpr std::int64_t minute = 60'000'000;
  if (offset.months != 0 || offset.micros % minute != 0 || std::llabs(offset.micros) > 840 * minute)
    return std::nullopt;
  return static_cast<std::int32_t>(offset.micros / minute);
}

}  // namespace echoflow::xpath
