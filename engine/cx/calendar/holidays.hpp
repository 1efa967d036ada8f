#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/calendar/date.hpp"

namespace echoflow::calendar {

/// The German federal states by their ISO 3166-2 codes, and the whole of Germany (only what is a holiday everywhere).
bool is_region(std::string_view region);
std::vector<std::string_view> regions();

struct Holiday {
  Date date;
  std::string_view name;  ///< in German, as the law says
};

/// Public holidays of a year, ascending; statewide ones only (what holds in single municipalities, as 15 August in
/// parts of Bavaria, is an own day of the calendar). From 1991 on, with the changes of the law since.
std::vector<Holiday> holidays(std::string_view region, std::int32_t year);
std::optional<Holiday> holiday_on(std::string_view region, const Date& date);

}  // namespace echoflow::calendar
