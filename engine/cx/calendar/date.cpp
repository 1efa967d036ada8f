#include "engine/cx/calendar/date.hpp"

#include "models/base/micros.hpp"
#include "models/base/time.hpp"

namespace echoflow::calendar {

namespace {

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

std::int64_t day_number(const Date& date) {
  DateTime fields;
  fields.year = date.year;
  fields.month = date.month;
  fields.day = date.day;
  return floor_div(to_time_point(fields).micros, day_micros);
}

Date date_of(std::int64_t day_number) {
  const auto fields = to_date_time({day_number * day_micros});
  return {static_cast<std::int32_t>(fields.year), fields.month, fields.day};
}

Weekday weekday(std::int64_t day_number) {
  const std::int64_t since_monday = day_number + 3;  // 1970-01-01 was a Thursday
  return static_cast<Weekday>(since_monday - floor_div(since_monday, 7) * 7);
}

Date easter_sunday(std::int32_t year) {
  // The Gregorian computus: the golden number gives the paschal full moon, the Sunday after it is Easter.
  const std::int32_t golden = year % 19, century = year / 100;
  const std::int32_t solar = century - century / 4 - (8 * century + 13) / 25;
  const std::int32_t epact = (solar + 19 * golden + 15) % 30;
  const std::int32_t correction = epact / 28 * (1 - epact / 28 * (29 / (epact + 1)) * ((21 - golden) / 11));
  const std::int32_t moon = epact - correction;
  const std::int32_t weekday_of_moon = (year + year / 4 + moon + 2 - century + century / 4) % 7;
  const std::int32_t offset = moon - weekday_of_moon;
  const std::int32_t month = 3 + (offset + 40) / 44;
  return {year, month, offset + 28 - 31 * (month / 4)};
}

Result<Date> parse_day(std::string_view text) {
  auto fields = parse_date(text);
  if (!fields) return fail("'" + std::string(text) + "' is no day; write it as 2026-12-24.");
  if (fields->zone_minutes || fields->year < 1900 || fields->year > 2200)
    return fail("'" + std::string(text) + "' is no day between 1900 and 2200 without a time zone.");
  return Date{static_cast<std::int32_t>(fields->year), fields->month, fields->day};
}

std::string to_string(const Date& date) {
  DateTime fields;
  fields.year = date.year;
  fields.month = date.month;
  fields.day = date.day;
  return format_date(fields);
}

}  // namespace echoflow::calendar
