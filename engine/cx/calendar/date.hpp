#pragma once
#include <compare>
#include <cstdint>
#include <string>

#include "models/base/result.hpp"

/// Days of the proleptic Gregorian calendar.
namespace echoflow::calendar {

struct Date {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
  friend auto operator<=>(const Date&, const Date&) = default;
};

enum class Weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

std::int64_t day_number(const Date& date);  ///< days since 1970-01-01
Date date_of(std::int64_t day_number);
Weekday weekday(std::int64_t day_number);
Date easter_sunday(std::int32_t year);
/// "2026-12-24".
Result<Date> parse_day(std::string_view text);
std::string to_string(const Date& date);

}  // namespace echoflow::calendar
