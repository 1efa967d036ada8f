#include <gtest/gtest.h>

#include "engine/cx/understanding/embedded.hpp"
#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

namespace {

std::string language_of(std::string_view text) {
  return std::string(word_knowledge().languages.guess(text).code);
}

}  // namespace

TEST(Language, TellsShortPosts) {
  EXPECT_EQ(language_of("Wo bleibt mein Paket?"), "de");
  EXPECT_EQ(language_of("Frechheit!"), "de");
  EXPECT_EQ(language_of("immer noch keine Antwort"), "de");
  EXPECT_EQ(language_of("Where is my parcel?"), "en");
  EXPECT_EQ(language_of("never again"), "en");
  EXPECT_EQ(language_of("Où est mon colis ?"), "fr");
  EXPECT_EQ(language_of("¿Dónde está mi pedido?"), "es");
  EXPECT_EQ(language_of("Waar blijft mijn bestelling?"), "nl");
  EXPECT_EQ(language_of("Kargom nerede?"), "tr");
}

TEST(Language, AbstainsWhereNothingTells) {
  for (auto text : {"", "12345", "👍", "ok", "Привет, где моя посылка"}) EXPECT_EQ(language_of(text), "und") << text;
  EXPECT_LT(word_knowledge().languages.guess("ok").confidence, 0.7);
}

TEST(Language, ProfilesOutsideALanguageAreRefused) {
  EXPECT_FALSE(LanguageModel::train("words der die das"));
  EXPECT_TRUE(LanguageModel::train("[de]\nwords der die das"));
}

TEST(WordKnowledge, TheLexiconsAreThere) {
  EXPECT_GT(word_knowledge().german.words(), 10'000u);
  EXPECT_GT(word_knowledge().english.words(), 2'500u);
  EXPECT_GT(word_knowledge().german.phrases(), 200u);
  EXPECT_EQ(data_file("nothing.txt"), "");
  for (const auto& file : data_files())
    EXPECT_NE(file.text.find("ritten for this project"), std::string_view::npos)
        << file.name << " says where it comes from";
}

TEST(WordKnowledge, ALexiconThatIsWrongSaysTheLine) {
  auto wrong = Lexicon::parse("[words]\n2 gut\nx schlecht\n", "de");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("Line 3"), std::string::npos);
  EXPECT_FALSE(Lexicon::parse("2 gut\n", "de"));
}

}  // namespace echoflow::understanding
