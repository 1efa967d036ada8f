#include "models/layout/text.hpp"

#include <gtest/gtest.h>

namespace echoflow::layout {

namespace {

TEST(Text, IsMeasuredWithHelveticasWidths) {
  EXPECT_NEAR(text_width("i", 10), 2.22, 0.01);
  EXPECT_NEAR(text_width("W", 10), 9.44, 0.01);
  EXPECT_NEAR(text_width("Prüfen", 10), text_width("Prufen", 10), 0.01);
  EXPECT_GT(text_width("Prüfen", 10, true), text_width("Prüfen", 10));
}

TEST(Text, IsBrokenAtSpacesAndHyphens) {
  EXPECT_EQ(wrap("one two three", text_width("one two", 10) + 0.1, 10), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("Ad-hoc-Prozess", text_width("Prozess-", 10), 10), (std::vector<std::string>{"Ad-hoc-", "Prozess"}));
  EXPECT_EQ(wrap("  a \n b\t ", 100, 10), (std::vector<std::string>{"a b"}));
  EXPECT_TRUE(wrap(" \n ", 100, 10).empty());
}

TEST(Text, LongWordsArePartedWithAHyphen) {
  const auto lines = wrap("Schadensabwicklungsbeauftragter", 60, 10);
  ASSERT_GT(lines.size(), 1u);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_LE(text_width(lines[i], 10), 60);
    if (i + 1 < lines.size()) {
      EXPECT_EQ(lines[i].back(), '-');
    }
  }
}

TEST(Text, NamesOfProgramsArePartedAtTheirHumps) {
  const auto lines = wrap("EnoughOnTheShelf", 70, 11);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0] + lines[1], "EnoughOnTheShelf");
  EXPECT_TRUE(lines[1] == "Shelf" || lines[1] == "TheShelf") << lines[1];
}

TEST(Text, NoCharacterIsTornApart) {
  for (const auto& line : wrap("ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüß", 20, 10)) EXPECT_EQ(line.find('?'), std::string::npos);
  std::string all;
  for (auto line : wrap("ÄÖÜäöüßÄÖÜ", 22, 10)) {
    if (line.back() == '-') line.pop_back();
    all += line;
  }
  EXPECT_EQ(all, "ÄÖÜäöüßÄÖÜ");
}

TEST(Text, BrokenBytesAndControlsAreHarmless) {
  const std::string bytes("a\x01 b\xff\xfe\xc3", 7);
  for (const auto& line : wrap(bytes, 5, 10)) EXPECT_FALSE(line.empty());
  EXPECT_FALSE(wrap("x", 0, 10).empty());
}

TEST(Text, FitsOrSaysThatItIsCut) {
  const auto label = fit("Check the claim", 90, 60, 11, 6.5);
  EXPECT_FALSE(label.cut);
  EXPECT_EQ(label.size, 11);
  EXPECT_LE(label.bounds.height, 60);
  const auto cut = fit(std::string(2000, 'x'), 90, 20, 11, 6.5);
  EXPECT_TRUE(cut.cut);
  EXPECT_LE(cut.bounds.height, 20);
}

}  // namespace

}  // namespace echoflow::layout
