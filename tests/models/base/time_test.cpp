#include "models/base/time.hpp"

#include <gtest/gtest.h>

namespace echoflow {
namespace {

constexpr std::int64_t day = 86'400'000'000;

std::string date_time(const char* text) {
  const auto t = parse_date_time(text);
  return t ? format_date_time(*t) : "error";
}
std::string duration(const char* text) {
  const auto d = parse_duration(text);
  return d ? format_duration(*d) : "error";
}
std::string sum(const char* start, const char* by) {
  const auto t = add(*parse_date_time(start), *parse_duration(by));
  return t ? format_date_time(*t) : "error";
}

TEST(time, date_times_are_read_and_written) {
  EXPECT_EQ(date_time("2026-03-01T08:05:09Z"), "2026-03-01T08:05:09Z");
  EXPECT_EQ(date_time(" 2026-03-01T08:05:09.50 \n"), "2026-03-01T08:05:09.5");
  EXPECT_EQ(date_time("2026-03-01T08:05:09.1234567+05:30"), "2026-03-01T08:05:09.123456+05:30");
  EXPECT_EQ(date_time("2024-02-29T24:00:00-01:00"), "2024-03-01T00:00:00-01:00");
  EXPECT_EQ(date_time("-0044-03-15T00:00:00+00:00"), "-0044-03-15T00:00:00Z");
  EXPECT_EQ(date_time("12026-01-01T00:00:00Z"), "12026-01-01T00:00:00Z");
  for (const char* bad : {"",
                          "2026-03-01",
                          "2026-3-1T00:00:00",
                          "2026-03-01T00:00",
                          "2026-13-01T00:00:00",
                          "2026-00-01T00:00:00",
                          "2023-02-29T00:00:00",
                          "1900-02-29T00:00:00",
                          "2026-04-31T00:00:00",
                          "2026-03-01T25:00:00",
                          "2026-03-01T24:00:01",
                          "2026-03-01T00:60:00",
                          "2026-03-01T00:00:60",
                          "2026-03-01T00:00:00.",
                          "2026-03-01T00:00:00z",
                          "2026-03-01T00:00:00+15:00",
                          "2026-03-01T00:00:00+14:01",
                          "2026-03-01T00:00:00Zx",
                          "02026-03-01T00:00:00",
                          "26-03-01T00:00:00",
                          "99999999999-01-01T00:00:00"})
    EXPECT_EQ(date_time(bad), "error") << bad;
}

TEST(time, points_in_time_are_microseconds_since_1970) {
  EXPECT_EQ(to_time_point(*parse_date_time("1970-01-01T00:00:00Z")).micros, 0);
  EXPECT_EQ(to_time_point(*parse_date_time("1969-12-31T23:59:59.999999Z")).micros, -1);
  EXPECT_EQ(to_time_point(*parse_date_time("2000-03-01T00:00:00Z")).micros, 951'868'800'000'000);
  EXPECT_EQ(to_time_point(*parse_date_time("2000-03-01T01:00:00+01:00")).micros, 951'868'800'000'000);
  EXPECT_EQ(to_time_point(*parse_date_time("2000-03-01T01:00:00"), 60).micros, 951'868'800'000'000);
  EXPECT_EQ(format_time_point({951'868'800'000'001}), "2000-03-01T00:00:00.000001Z");
  for (std::int64_t d = -1'000'000; d < 1'000'000; d += 97) {
    const TimePoint t{d * day + d};
    ASSERT_EQ(to_time_point(to_date_time(t, 90)), t) << d;
  }
}

TEST(time, deadlines_are_date_times_or_dates) {
  EXPECT_EQ(parse_deadline("2000-03-01")->micros, 951'868'800'000'000);
  EXPECT_EQ(parse_deadline("2000-03-01T00:00:01")->micros, 951'868'801'000'000);
  EXPECT_FALSE(parse_deadline("tomorrow").ok());
  EXPECT_NE(parse_deadline("tomorrow").error().message.find("tomorrow"), std::string::npos);
}

TEST(time, dates_and_times_alone) {
  EXPECT_EQ(format_date(*parse_date("2026-03-01+01:00")), "2026-03-01+01:00");
  EXPECT_EQ(format_time(*parse_time("24:00:00")), "00:00:00");
  EXPECT_EQ(format_time(*parse_time("08:05:09.25-08:00")), "08:05:09.25-08:00");
  EXPECT_FALSE(parse_date("2026-03-01T00:00:00").ok());
  EXPECT_FALSE(parse_time("8:05:09").ok());
}

TEST(time, durations_are_read_and_written) {
  EXPECT_EQ(duration("P1Y2M3DT4H5M6.5S"), "P1Y2M3DT4H5M6.5S");
  EXPECT_EQ(duration("-P14M"), "-P1Y2M");
  EXPECT_EQ(duration("PT36H"), "P1DT12H");
  EXPECT_EQ(duration("PT90M"), "PT1H30M");
  EXPECT_EQ(duration("P0Y"), "PT0S");
  EXPECT_EQ(duration("-PT0.000001S"), "-PT0.000001S");
  for (const char* bad : {"",
                          "P",
                          "PT",
                          "-P",
                          "P1",
                          "1D",
                          "P1S",
                          "PT1D",
                          "P1DT",
                          "PT1.5M",
                          "P1.5D",
                          "P1M1Y",
                          "PT1M1H",
                          "P-1D",
                          "P1D ago",
                          "PT1.S",
                          "+P1D",
                          "P1Y1Y",
                          "P9999999999999999999Y",
                          "P999999999999999999D"})
    EXPECT_EQ(duration(bad), "error") << bad;
}

// The examples of XML Schema part 2 appendix E, and month ends.
TEST(time, adding_follows_appendix_e) {
  EXPECT_EQ(sum("2000-01-12T12:13:14Z", "P1Y3M5DT7H10M3.3S"), "2001-04-17T19:23:17.3Z");
  EXPECT_EQ(sum("2000-01-01T00:00:00", "-P3M"), "1999-10-01T00:00:00");
  EXPECT_EQ(sum("2000-01-12T00:00:00", "PT33H"), "2000-01-13T09:00:00");
  EXPECT_EQ(sum("2000-03-30T00:00:00", "P1D"), "2000-03-31T00:00:00");
  EXPECT_EQ(sum("2026-01-31T10:00:00+01:00", "P1M"), "2026-02-28T10:00:00+01:00");
  EXPECT_EQ(sum("2024-02-29T00:00:00", "P1Y"), "2025-02-28T00:00:00");
  EXPECT_EQ(sum("2024-03-31T00:00:00", "-P1M"), "2024-02-29T00:00:00");
  EXPECT_EQ(sum("199999-01-01T00:00:00", "P2000Y"), "error");
  EXPECT_EQ(sum("2000-01-01T00:00:00", "P768614336404564650Y"), "error");
  EXPECT_EQ(sum("2000-01-01T00:00:00", "P106751991D"), "error");
  EXPECT_EQ(add(TimePoint{5}, Duration{0, 7})->micros, 12);
  EXPECT_EQ(format_time_point(*add(*parse_deadline("2026-01-31T00:00:00Z"), Duration{1, 0})), "2026-02-28T00:00:00Z");
}

}  // namespace
}  // namespace echoflow
