#include "models/base/time.hpp"
#include "models/base/micros.hpp"

namespace echoflow {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

bool is_leap(std::int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

std::int32_t days_in_month(std::int64_t year, std::int32_t month) {
  constexpr std::int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

// Days from 1970-01-01 to the first of January of a year.
std::int64_t days_before_year(std::int64_t year) {
  const std::int64_t y = year - 1;
  return 365 * (year - 1970) + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - 477;
}

std::int64_t day_number(std::int64_t year, std::int32_t month, std::int32_t day) {
  std::int64_t days = days_before_year(year) + day - 1;
  for (std::int32_t m = 1; m < month; ++m) days += days_in_month(year, m);
  return days;
}

std::int64_t micros_of_day(const DateTime& t) {
  return t.hour * hour_micros + t.minute * minute_micros + t.second * second_micros + t.micro;
}

// Fills the fields of a local time that lies `micros` after 1970-01-01T00:00:00.
DateTime from_local(std::int64_t micros) {
  DateTime t;
  std::int64_t days = floor_div(micros, day_micros);
  std::int64_t rest = micros - days * day_micros;
  const std::int64_t cycle = floor_div(days, 146'097);           // days of 400 years
  t.year = 1970 + 400 * cycle + (days - cycle * 146'097) / 366;  // at or before the right year
  while (days_before_year(t.year + 1) <= days) ++t.year;
  days -= days_before_year(t.year);
  while (days >= days_in_month(t.year, t.month)) days -= days_in_month(t.year, t.month++);
  t.day = static_cast<std::int32_t>(days) + 1;
  t.hour = static_cast<std::int32_t>(rest / hour_micros);
  rest %= hour_micros;
  t.minute = static_cast<std::int32_t>(rest / minute_micros);
  rest %= minute_micros;
  t.second = static_cast<std::int32_t>(rest / second_micros);
  t.micro = static_cast<std::int32_t>(rest % second_micros);
  return t;
}

std::int64_t local_micros(const DateTime& t) {
  return day_number(t.year, t.month, t.day) * day_micros + micros_of_day(t);
}

bool in_range(std::int64_t year) {
  return year >= -farthest_year && year <= farthest_year;
}

}  // namespace

TimePoint to_time_point(const DateTime& t, std::int32_t implicit_zone_minutes) {
  return {local_micros(t) - t.zone_minutes.value_or(implicit_zone_minutes) * minute_micros};
}

DateTime to_date_time(TimePoint value, std::int32_t zone_minutes) {
  DateTime t = from_local(value.micros + zone_minutes * minute_micros);
  t.zone_minutes = zone_minutes;
  return t;
}

Duration negate(const Duration& d) {
  return {-d.months, -d.micros};
}

Result<DateTime> add(const DateTime& start, const Duration& duration) {
  const auto too_far = [&] {
    return fail(Error{"the date " + format_date_time(start) + " plus " + format_duration(duration) +
                      " is out of range: use years from -200000 to 200000"});
  };
  constexpr std::int64_t most_months = 24 * farthest_year;
  if (duration.months > most_months || duration.months < -most_months) return too_far();
  const std::int64_t month = start.month - 1 + duration.months;
  DateTime t = start;
  t.year = start.year + floor_div(month, 12);
  t.month = static_cast<std::int32_t>(month - floor_div(month, 12) * 12) + 1;
  if (!in_range(t.year)) return too_far();
  if (t.day > days_in_month(t.year, t.month)) t.day = days_in_month(t.year, t.month);
  std::int64_t micros = 0;
  if (__builtin_add_overflow(local_micros(t), duration.micros, &micros)) return too_far();
  DateTime sum = from_local(micros);
  sum.zone_minutes = start.zone_minutes;
  if (!in_range(sum.year)) return too_far();
  return sum;
}

Result<TimePoint> add(TimePoint start, const Duration& duration) {
  if (duration.months == 0) {
    TimePoint sum;
    if (!__builtin_add_overflow(start.micros, duration.micros, &sum.micros)) return sum;
  }
  auto sum = add(to_date_time(start), duration);
  if (!sum) return fail(std::move(sum.error()));
  return to_time_point(*sum);
}

}  // namespace echoflow
