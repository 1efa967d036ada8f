#include "models/documentation/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/documentation/clauses.hpp"
#include "models/documentation/format.hpp"

namespace echoflow::documentation {
namespace {

std::ptrdiff_t values(std::string_view text) {
  return std::count(text.begin(), text.end(), '{');
}

TEST(Words, EveryTextExistsInBothLanguagesWithTheSameValues) {
  ASSERT_GT(translations().size(), 200u);
  for (const auto& row : translations()) {
    EXPECT_EQ(row.german.empty(), row.english.empty()) << row.key;
    EXPECT_EQ(values(row.german), values(row.english)) << row.key;
  }
}

TEST(Words, WhatReadsTheSameInBothLanguagesIsMeantTo) {
  const std::set<std::string_view> same = {
      "version",      "status",      "organisation",    "none_given", "sipoc_caption", "system",
      "automatic",    "event_start", "event_signal",    "group_of",   "element",       "unit_count",
      "unit_percent", "source_hash", "source_notation", "file_name",  "diff_name",     "outcome",
      "branch",       "page_of",     "signed_by",       "hour_one",   "compared",      "value_neutral",
      "value_normal", "late_then"};
  for (const auto& row : translations())
    EXPECT_TRUE(row.german != row.english || same.contains(row.key)) << row.key << ": " << row.german;
}

TEST(Clauses, EveryRowSaysEverythingInBothLanguages) {
  ASSERT_GT(clauses().size(), 40u);
  for (const auto& clause : clauses())
    for (auto field : {clause.standard, clause.edition, clause.number, clause.section, clause.german, clause.english})
      EXPECT_FALSE(field.empty()) << clause.standard << " " << clause.number;
}

TEST(Clauses, BothEditionsOfIso9001AreThere) {
  for (const auto* edition : {"2015", "2026"})
    EXPECT_TRUE(std::any_of(clauses().begin(), clauses().end(), [&](const auto& clause) {
      return clause.standard == "ISO 9001" && clause.edition == edition && clause.number == "8.2.1";
    })) << edition;
}

TEST(Format, NumbersAndTimesFollowTheLanguage) {
  const Words de("de-AT"), en("en");
  EXPECT_EQ(number_text(de, std::int64_t{1234567}), "1.234.567");
  EXPECT_EQ(number_text(en, std::int64_t{-1234567}), "-1,234,567");
  EXPECT_EQ(number_text(en, std::int64_t{-123}), "-123");
  EXPECT_EQ(number_text(de, 1234.5, 2), "1.234,5");
  EXPECT_EQ(time_text(de, TimePoint{0}), "01.01.1970 00:00 UTC");
  EXPECT_EQ(time_text(en, TimePoint{0}), "1970-01-01 00:00 UTC");
  EXPECT_EQ(date_text(de, "2026-04-01"), "01.04.2026");
  EXPECT_EQ(date_text(de, "im April"), "im April");
}

TEST(Format, DurationsAreWords) {
  const Words de("de"), en("en");
  EXPECT_EQ(duration_text(de, "P10Y"), "10 Jahre");
  EXPECT_EQ(duration_text(de, "PT1H"), "1 Stunde");
  EXPECT_EQ(duration_text(en, "P1DT2H"), "1 day 2 hours");
  EXPECT_EQ(duration_text(en, "soon"), "soon");
  EXPECT_EQ(seconds_text(en, 5400), "1 h 30 min");
  EXPECT_EQ(seconds_text(de, 0.4), "0,4 s");
  EXPECT_EQ(seconds_text(de, 3600 * 49), "2 d 1 h");
  EXPECT_EQ(value_text(de, 92.5, "percent"), "92,5 %");
}

}  // namespace
}  // namespace echoflow::documentation
