#include <gtest/gtest.h>

#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

namespace {

cx::Sentiment of(std::string_view text, const std::string& language) {
  static const Understander understander;
  UnderstandOptions options;
  options.language = language;
  return understander.understand(text, options).sentiment;
}
double de(std::string_view text) {
  return of(text, "de").score;
}
double en(std::string_view text) {
  return of(text, "en").score;
}

}  // namespace

TEST(Sentiment, DenialTurnsAroundAtADistanceButNotOverAClause) {
  EXPECT_GT(de("Der Service ist gut"), 0.2);
  EXPECT_LT(de("Der Service ist nicht gut"), -0.1);
  EXPECT_LT(de("Der Service ist wirklich gar nicht so gut"), -0.1);
  EXPECT_LT(de("Das gefällt mir überhaupt nicht"), -0.1);
  EXPECT_LT(de("Die Lieferung hat nicht funktioniert"), -0.1);
  EXPECT_GT(de("Das ist nicht teuer, gut gemacht"), 0.2);
  EXPECT_GT(de("Nicht nur freundlich, auch schnell"), 0.3);
  EXPECT_LT(en("This is not a good product"), -0.1);
  EXPECT_LT(en("I don't love it"), -0.1);
  EXPECT_GT(en("It's not bad"), 0.2);
  EXPECT_GT(de("Ohne Ärger geliefert, keine Probleme"), 0.1);
}

TEST(Sentiment, DeniedPraiseIsMilderThanItsOpposite) {
  EXPECT_GT(de("nicht gut"), de("katastrophal"));
  EXPECT_LT(en("not terrible"), en("wonderful"));
}

TEST(Sentiment, BoostersStrengthenAndDiminishersWeaken) {
  EXPECT_GT(de("sehr freundlich"), de("freundlich"));
  EXPECT_LT(de("etwas langsam") * -1, de("langsam") * -1);
  EXPECT_GT(de("super schnell"), de("schnell"));
  EXPECT_LT(en("extremely slow"), en("slow"));
  EXPECT_LT(en("somewhat good"), en("good"));
}

TEST(Sentiment, EmphasisCounts) {
  EXPECT_GT(en("this is GREAT"), en("this is great"));
  EXPECT_GT(en("great!!!"), en("great"));
  EXPECT_GT(de("suuuuper nett"), de("nett"));
}

TEST(Sentiment, UmlautsMayBeWrittenOut) {
  EXPECT_EQ(de("schön und zuverlässig"), de("schoen und zuverlaessig"));
}

TEST(Sentiment, CompoundsSpeakByTheirPartsAndEndings) {
  EXPECT_LT(de("So ein Lieferchaos"), -0.2);
  EXPECT_LT(de("Riesenenttäuschung"), de("Enttäuschung"));
  EXPECT_LT(de("Betrugsfirma"), -0.2);
  EXPECT_LT(de("unfreundlicher Kerl"), -0.2);
  EXPECT_LT(de("unsympathisch"), -0.2);
  EXPECT_GT(de("stressfrei"), 0.1);
  EXPECT_LT(de("freudlos"), -0.2);
}

TEST(Sentiment, AfterButWeighsMore) {
  EXPECT_LT(de("Schnelle Lieferung, aber kaputt"), -0.2);
  EXPECT_GT(en("A bit slow, but excellent"), 0.3);
}

TEST(Sentiment, EmojiAndEmoticonsCount) {
  EXPECT_GT(de("Paket ist da 😍"), 0.4);
  EXPECT_LT(de("Paket ist da 😡"), -0.4);
  EXPECT_GT(en("ok :)"), 0.3);
  EXPECT_LT(en("see you :("), -0.3);
}

TEST(Sentiment, IronyMarksTurnPraiseAround) {
  EXPECT_LT(de("Ganz toller Service #ironie"), -0.2);
  EXPECT_LT(de("Euer „toller“ Service"), -0.1);
  EXPECT_LT(en("Wonderful service /s"), -0.2);
  EXPECT_LT(de("Na toll, wieder kein Paket"), -0.3);
  EXPECT_LT(en("Thanks for nothing"), -0.3);
  EXPECT_LT(de("Super, wieder zu spät 🙄"), -0.2);
  EXPECT_TRUE(of("Wonderful service /s", "en").ironic);
  EXPECT_FALSE(of("Wonderful service", "en").ironic);
}

TEST(Sentiment, GreetingsAreNoPraise) {
  EXPECT_EQ(de("Guten Morgen"), 0);
  EXPECT_EQ(en("Good morning"), 0);
}

TEST(Sentiment, SaysWhatItFoundWhere) {
  const auto found = of("Das ist nicht gut.", "de");
  ASSERT_EQ(found.words.size(), 1u);
  EXPECT_EQ(found.words[0].words, "gut");
  EXPECT_TRUE(found.words[0].negated);
  EXPECT_LT(found.words[0].value, 0);
}

TEST(Sentiment, AbstainsWhereItIsNotSure) {
  const auto mixed = of("gut, schlecht", "de");
  EXPECT_EQ(mixed.polarity, cx::Polarity::unsure);
  EXPECT_LT(mixed.confidence, 0.5);
  const auto sure = of("Absolut katastrophaler Service, nie wieder!", "de");
  EXPECT_EQ(sure.polarity, cx::Polarity::negative);
  EXPECT_GT(sure.confidence, 0.85);
  EXPECT_EQ(of("Où est mon colis", "fr").polarity, cx::Polarity::unsure);
}

TEST(Sentiment, ScoresStayWithinTheirRange) {
  std::string much;
  for (int i = 0; i < 500; ++i) much += "fantastisch!!! ";
  EXPECT_LE(de(much), 1);
  EXPECT_GT(de(much), 0.99);
}

}  // namespace echoflow::understanding
