#include "engine/cx/calendar/calendar.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/cx/calendar/holidays.hpp"

namespace echoflow::calendar {
namespace {

constexpr std::int64_t minute = 60'000'000, hour = 60 * minute;

TimePoint at(const char* text) {
  return parse_deadline(text).value();
}

Calendar calendar(const char* zone, const char* region, const char* weekdays, const char* weekend = "") {
  Plan plan;
  plan.name = "test";
  plan.zone = zone;
  plan.region = region;
  for (std::size_t day = 0; day < 7; ++day) plan.week[day] = parse_hours(day < 5 ? weekdays : weekend).value();
  return Calendar::make(std::move(plan)).value();
}

std::string after(const Calendar& calendar, const char* from, std::int64_t micros) {
  auto due = calendar.add(at(from), micros);
  return due ? format_time_point(*due) : due.error().message;
}

TEST(Calendar, AnHourFromFridayHalfPastFourEndsOnMondayHalfPastNine) {
  const auto hours = calendar("Europe/Berlin", "DE", "09:00-17:00");
  EXPECT_EQ(after(hours, "2026-11-20T16:30:00+01:00", hour), "2026-11-23T08:30:00Z");
  EXPECT_EQ(hours.between(at("2026-11-20T16:30:00+01:00"), at("2026-11-23T09:30:00+01:00")), hour);
}

TEST(Calendar, ClosingTimeItselfIsStillToday) {
  const auto hours = calendar("Europe/Berlin", "DE", "09:00-17:00");
  EXPECT_EQ(after(hours, "2026-11-20T16:30:00+01:00", hour / 2), "2026-11-20T16:00:00Z");
  EXPECT_EQ(after(hours, "2026-11-20T17:00:00+01:00", 0), "2026-11-23T08:00:00Z");
  EXPECT_EQ(after(hours, "2026-11-20T12:00:00+01:00", 0), "2026-11-20T11:00:00Z");
  EXPECT_EQ(after(hours, "2026-11-21T12:00:00+01:00", 1), "2026-11-23T08:00:00.000001Z");
}

TEST(Calendar, LunchAndHolidaysDoNotCount) {
  const auto hours = calendar("Europe/Berlin", "DE-BY", "09:00-12:00 13:00-17:00");
  EXPECT_EQ(after(hours, "2026-11-19T11:30:00+01:00", hour), "2026-11-19T12:30:00Z");
  // 1 January is Neujahr, 6 January Heilige Drei Könige in Bavaria but not in Berlin.
  EXPECT_EQ(after(hours, "2026-01-05T16:00:00+01:00", 2 * hour), "2026-01-07T09:00:00Z");
  const auto berlin = calendar("Europe/Berlin", "DE-BE", "09:00-12:00 13:00-17:00");
  EXPECT_EQ(after(berlin, "2026-01-05T16:00:00+01:00", 2 * hour), "2026-01-06T09:00:00Z");
}

TEST(Calendar, OwnDaysWinOverWeekdaysAndHolidays) {
  Plan plan;
  plan.name = "own";
  plan.region = "DE";
  for (std::size_t day = 0; day < 5; ++day) plan.week[day] = parse_hours("09:00-17:00").value();
  plan.own_days.push_back({{0, 12, 24}, parse_hours("09:00-12:00").value(), "Heiligabend"});
  plan.own_days.push_back({{2026, 12, 25}, parse_hours("10:00-11:00").value(), "emergency"});
  const auto hours = Calendar::make(std::move(plan)).value();
  EXPECT_EQ(after(hours, "2026-12-24T11:00:00+01:00", 90 * minute), "2026-12-25T09:30:00Z");
  EXPECT_EQ(after(hours, "2027-12-24T11:00:00+01:00", 90 * minute), "2027-12-27T08:30:00Z");
  EXPECT_FALSE(hours.open_at(at("2026-12-24T12:00:00+01:00")));
  EXPECT_TRUE(hours.open_at(at("2026-12-25T10:00:00+01:00")));
}

TEST(Calendar, ADayHas23Or25HoursWhenTheClockChanges) {
  const auto always = calendar("Europe/Berlin", "", "00:00-24:00", "00:00-24:00");
  EXPECT_EQ(always.between(at("2026-03-29T00:00:00+01:00"), at("2026-03-30T00:00:00+02:00")), 23 * hour);
  EXPECT_EQ(always.between(at("2026-10-25T00:00:00+02:00"), at("2026-10-26T00:00:00+01:00")), 25 * hour);
  // Nothing lies between 02:00 and 03:00 on the day that leaps over them, and the repeated hour counts.
  const auto night = calendar("Europe/Berlin", "", "", "01:30-02:30");
  EXPECT_EQ(night.between(at("2026-03-29T00:00:00+01:00"), at("2026-03-29T12:00:00+02:00")), hour / 2);
  const auto early = calendar("Europe/Berlin", "", "", "02:15-03:15");
  EXPECT_EQ(early.between(at("2026-03-29T00:00:00+01:00"), at("2026-03-29T12:00:00+02:00")), 15 * minute);
  EXPECT_EQ(early.between(at("2026-10-25T00:00:00+02:00"), at("2026-10-25T12:00:00+01:00")), 2 * hour);
  // Office hours keep to the clock on the wall.
  const auto office = calendar("Europe/Berlin", "DE", "09:00-17:00");
  EXPECT_EQ(after(office, "2026-03-27T16:00:00+01:00", 2 * hour), "2026-03-30T08:00:00Z");
  EXPECT_EQ(after(office, "2026-10-23T16:00:00+02:00", 2 * hour), "2026-10-26T09:00:00Z");
}

TEST(Calendar, AddThenBetweenGivesTheSame) {
  const Calendar calendars[] = {calendar("Europe/Berlin", "DE-SN", "09:00-12:00 13:00-17:30"),
                                calendar("America/New_York", "", "00:00-02:30 22:00-24:00", "01:00-03:00"),
                                calendar("Australia/Lord_Howe", "DE", "00:00-24:00", "01:45-02:15"),
                                calendar("Asia/Kathmandu", "DE-BY", "08:15-08:45")};
  std::mt19937_64 random(17);
  for (const auto& each : calendars)
    for (int i = 0; i < 400; ++i) {
      const TimePoint from{1'700'000'000'000'000 + static_cast<std::int64_t>(random() % (900 * 24 * hour))};
      const std::int64_t span = 1 + static_cast<std::int64_t>(random() % (i % 2 ? 30 * hour : 40 * minute));
      auto due = each.add(from, span);
      ASSERT_TRUE(due);
      ASSERT_EQ(each.between(from, *due), span) << each.plan().zone << " " << format_time_point(from);
      ASSERT_EQ(each.between(*due, from), -span);
      // The earliest such moment: a microsecond before it, something is missing.
      ASSERT_EQ(each.between(from, {due->micros - 1}), span - 1);
      // In two steps it is the same.
      auto half = each.add(from, span / 2);
      ASSERT_TRUE(half);
      auto again = each.add(*half, span - span / 2);
      ASSERT_EQ(again.value(), *due);
    }
}

TEST(Calendar, RefusesWhatMakesNoSense) {
  Plan plan;
  plan.name = "x";
  EXPECT_EQ(Calendar::make(plan).error().message,
            "Calendar 'x': it is closed on every weekday; give at least one day hours.");
  plan.week[0] = {{0, 60}};
  plan.zone = "Europe/Atlantis";
  EXPECT_NE(Calendar::make(plan).error().message.find("no time zone 'Europe/Atlantis'"), std::string::npos);
  plan.zone = "UTC";
  plan.region = "DE-XX";
  EXPECT_NE(Calendar::make(plan).error().message.find("'DE-XX' is no region"), std::string::npos);
  for (const char* hours : {"9-17", "09:00-25:00", "10:00-09:00", "09:00-12:00 11:00-13:00", "09:00", "24:01-24:02"})
    EXPECT_FALSE(parse_hours(hours)) << hours;
  EXPECT_TRUE(parse_hours(" ")->empty());
}

TEST(Holidays, EasterAndWhatHangsOnIt) {
  EXPECT_EQ(easter_sunday(2024), (Date{2024, 3, 31}));
  EXPECT_EQ(easter_sunday(2025), (Date{2025, 4, 20}));
  EXPECT_EQ(easter_sunday(2026), (Date{2026, 4, 5}));
  EXPECT_EQ(easter_sunday(2038), (Date{2038, 4, 25}));  // the latest possible day
  EXPECT_EQ(easter_sunday(2285), (Date{2285, 3, 22}));  // the earliest
  EXPECT_EQ(easter_sunday(1954), (Date{1954, 4, 18}));  // an exception of the rule
  EXPECT_EQ(easter_sunday(1981), (Date{1981, 4, 19}));  // the other
  EXPECT_EQ(holiday_on("DE", {2026, 4, 3})->name, "Karfreitag");
  EXPECT_EQ(holiday_on("DE", {2026, 5, 14})->name, "Christi Himmelfahrt");
  EXPECT_EQ(holiday_on("DE", {2026, 5, 25})->name, "Pfingstmontag");
  EXPECT_EQ(holiday_on("DE-NW", {2026, 6, 4})->name, "Fronleichnam");
  EXPECT_FALSE(holiday_on("DE-BE", {2026, 6, 4}));
  EXPECT_EQ(holiday_on("DE-SN", {2026, 11, 18})->name, "Buß- und Bettag");
}

TEST(Holidays, EveryStateHasItsNumber) {
  const std::pair<const char*, std::size_t> counts[] = {
      {"DE", 9},     {"DE-BB", 12}, {"DE-BE", 10}, {"DE-BW", 12}, {"DE-BY", 12}, {"DE-HB", 10},
      {"DE-HE", 10}, {"DE-HH", 10}, {"DE-MV", 11}, {"DE-NI", 10}, {"DE-NW", 11}, {"DE-RP", 11},
      {"DE-SH", 10}, {"DE-SL", 12}, {"DE-SN", 11}, {"DE-ST", 11}, {"DE-TH", 11}};
  EXPECT_EQ(regions().size(), std::size(counts));
  for (const auto& [region, count] : counts) EXPECT_EQ(holidays(region, 2026).size(), count) << region;
  for (auto region : regions()) EXPECT_TRUE(holiday_on(region, {2017, 10, 31}) || region == "DE") << region;
  EXPECT_FALSE(holiday_on("DE-BE", {2018, 3, 8}));
  EXPECT_TRUE(holiday_on("DE-BE", {2019, 3, 8}));
  EXPECT_TRUE(holiday_on("DE-BE", {2025, 5, 8}));
  EXPECT_FALSE(holiday_on("DE-BE", {2026, 5, 8}));
}

}  // namespace
}  // namespace echoflow::calendar
