#include "engine/cx/calendar/holidays.hpp"

#include <algorithm>
#include <array>

namespace echoflow::calendar {

namespace {

constexpr std::string_view everywhere = "DE";
constexpr std::array<std::string_view, 17> codes = {everywhere, "DE-BB", "DE-BE", "DE-BW", "DE-BY", "DE-HB",
                                                    "DE-HE",    "DE-HH", "DE-MV", "DE-NI", "DE-NW", "DE-RP",
                                                    "DE-SH",    "DE-SL", "DE-SN", "DE-ST", "DE-TH"};

enum class Kind : std::uint8_t { fixed, from_easter, repentance };

/// A holiday of the law: where and from when to when it holds.
struct Rule {
  std::string_view name;
  Kind kind;
  std::int32_t month, day;  ///< of a fixed one; `day` is the distance to Easter Sunday else
  std::string_view states;  ///< two letters each, separated by blanks; empty: everywhere
  std::int32_t first = 1991, last = 9999;
};

constexpr Rule rules[] = {
    {"Neujahr", Kind::fixed, 1, 1, ""},
    {"Heilige Drei Könige", Kind::fixed, 1, 6, "BW BY ST"},
    {"Internationaler Frauentag", Kind::fixed, 3, 8, "BE", 2019},
    {"Internationaler Frauentag", Kind::fixed, 3, 8, "MV", 2023},
    {"Karfreitag", Kind::from_easter, 0, -2, ""},
    {"Ostersonntag", Kind::from_easter, 0, 0, "BB"},
    {"Ostermontag", Kind::from_easter, 0, 1, ""},
    {"Tag der Arbeit", Kind::fixed, 5, 1, ""},
    {"Tag der Befreiung", Kind::fixed, 5, 8, "BE", 2020, 2020},
    {"Tag der Befreiung", Kind::fixed, 5, 8, "BE", 2025, 2025},
    {"Christi Himmelfahrt", Kind::from_easter, 0, 39, ""},
    {"Pfingstsonntag", Kind::from_easter, 0, 49, "BB"},
    {"Pfingstmontag", Kind::from_easter, 0, 50, ""},
    {"Fronleichnam", Kind::from_easter, 0, 60, "BW BY HE NW RP SL"},
    {"Jahrestag des Volksaufstandes", Kind::fixed, 6, 17, "BE", 2028, 2028},
    {"Mariä Himmelfahrt", Kind::fixed, 8, 15, "SL"},
    {"Weltkindertag", Kind::fixed, 9, 20, "TH", 2019},
    {"Tag der Deutschen Einheit", Kind::fixed, 10, 3, ""},
    {"Reformationstag", Kind::fixed, 10, 31, "BB MV SN ST TH"},
    {"Reformationstag", Kind::fixed, 10, 31, "BE BW BY HE NW RP SL", 2017, 2017},
    {"Reformationstag", Kind::fixed, 10, 31, "HB HH NI SH", 2017},
    {"Allerheiligen", Kind::fixed, 11, 1, "BW BY NW RP SL"},
    {"Buß- und Bettag", Kind::repentance, 0, 0, "SN"},
    {"Buß- und Bettag", Kind::repentance, 0, 0, "", 1991, 1994},
    {"Erster Weihnachtsfeiertag", Kind::fixed, 12, 25, ""},
    {"Zweiter Weihnachtsfeiertag", Kind::fixed, 12, 26, ""},
};

bool holds_in(const Rule& rule, std::string_view region, std::int32_t year) {
  if (year < rule.first || year > rule.last) return false;
  if (rule.states.empty()) return true;
  return region != everywhere && rule.states.find(region.substr(3)) != std::string_view::npos;
}

Date date_in(const Rule& rule, std::int32_t year) {
  switch (rule.kind) {
    case Kind::fixed:
      return {year, rule.month, rule.day};
    case Kind::from_easter:
      return date_of(day_number(easter_sunday(year)) + rule.day);
    case Kind::repentance: {
      // The Wednesday before 23 November.
      std::int64_t day = day_number({year, 11, 22});
      while (weekday(day) != Weekday::wednesday) --day;
      return date_of(day);
    }
  }
  return {};
}

}  // namespace

bool is_region(std::string_view region) {
  return std::find(codes.begin(), codes.end(), region) != codes.end();
}

std::vector<std::string_view> regions() {
  return {codes.begin(), codes.end()};
}

std::vector<Holiday> holidays(std::string_view region, std::int32_t year) {
  std::vector<Holiday> found;
  if (!is_region(region)) return found;
  for (const auto& rule : rules) {
    if (!holds_in(rule, region, year)) continue;
    const Holiday holiday{date_in(rule, year), rule.name};
    // A rule for one state and an older one for all may name the same day.
    if (std::none_of(found.begin(), found.end(), [&](const Holiday& known) { return known.date == holiday.date; }))
      found.push_back(holiday);
  }
  std::sort(found.begin(), found.end(), [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return found;
}

std::optional<Holiday> holiday_on(std::string_view region, const Date& date) {
  if (!is_region(region)) return std::nullopt;
  for (const auto& rule : rules)
    if ((rule.kind != Kind::fixed || (rule.month == date.month && rule.day == date.day)) &&
        holds_in(rule, region, date.year) && date_in(rule, date.year) == date)
      return Holiday{date, rule.name};
  return std::nullopt;
}

}  // namespace echoflow::calendar
