#include <gtest/gtest.h>

#include "engine/cx/understanding/fold.hpp"
#include "engine/cx/understanding/text.hpp"

namespace echoflow::understanding {

namespace {

std::string words_of(const Text& text, TokenKind kind = TokenKind::word) {
  std::string out;
  for (const auto& token : text.tokens())
    if (token.kind == kind) (out += out.empty() ? "" : "|").append(text.folded(token));
  return out;
}

}  // namespace

TEST(Fold, UmlautsBecomeTwoLettersAndOtherMarksGo) {
  EXPECT_EQ(folded("GRÖßE"), "groesse");
  EXPECT_EQ(folded("Ärger über Übles"), "aerger ueber uebles");
  EXPECT_EQ(folded("Café ÉTÉ œuvre"), "cafe ete oeuvre");
  EXPECT_EQ(folded("Łódź"), "łodz");
  EXPECT_EQ(folded("don’t"), "don't");
  EXPECT_EQ(folded("a\xCC\x88rgern"), "aergern") << "a and a combining diaeresis";
  EXPECT_EQ(folded("ПРИВЕТ"), "привет");
}

TEST(Text, CutsWordsNumbersLinksMentionsAndTags) {
  Text text("Hallo @shop_de, siehe https://x.example/a?b=1, 3 Pakete #NieWieder www.y.example don't re-use");
  EXPECT_EQ(words_of(text), "hallo|siehe|pakete|nie|wieder|don't|re|use");
  EXPECT_EQ(words_of(text, TokenKind::number), "3");
  int links = 0, mentions = 0, tags = 0;
  for (const auto& token : text.tokens()) {
    links += token.kind == TokenKind::link;
    mentions += token.kind == TokenKind::mention;
    tags += token.hashtag;
  }
  EXPECT_EQ(links, 2);
  EXPECT_EQ(mentions, 1);
  EXPECT_EQ(tags, 2);
}

TEST(Text, KnowsEmojiEmoticonsAndRunsOfMarks) {
  Text text("Super 👍🏽 :-)) <3 ❤️!!!! Was??? 👨‍👩‍👧 xD");
  EXPECT_EQ(words_of(text, TokenKind::emoji), "👍|❤|👨");
  EXPECT_EQ(words_of(text, TokenKind::emoticon), ":-))|<3|xD");
  for (const auto& token : text.tokens()) {
    if (token.kind == TokenKind::exclaim) {
      EXPECT_EQ(token.repeats, 4);
    } else if (token.kind == TokenKind::question) {
      EXPECT_EQ(token.repeats, 3);
    }
  }
}

TEST(Text, MarksCapitalsElongationAndQuotes) {
  Text text("das ist SOOOO „toller“ Service und GUT");
  const auto& tokens = text.tokens();
  ASSERT_GE(tokens.size(), 8u);
  EXPECT_EQ(text.folded(tokens[2]), "soo");
  EXPECT_TRUE(tokens[2].elongated);
  EXPECT_TRUE(tokens[2].capitals);
  EXPECT_TRUE(tokens[4].quoted);
  EXPECT_FALSE(tokens[6].quoted);
  EXPECT_FALSE(text.shouting());
  EXPECT_TRUE(Text("ALLES IST KAPUTT HIER").shouting());
  EXPECT_EQ(without_doubles("soo"), "so");
}

TEST(Text, TakesAnyBytesAndCutsLongTexts) {
  for (std::string bytes : {"", "\xff\xfe", "\xc3", "a\xc3", "\xf0\x9f", "#", "@", "# @", ":", "\"\"\"", "\xcc\x88"}) {
    Text text(bytes);
    for (const auto& token : text.tokens()) EXPECT_LE(token.end, text.source().size());
  }
  std::string longest;
  while (longest.size() < 2 * most_text_bytes) longest += "schön ";
  EXPECT_LE(Text(longest).source().size(), most_text_bytes);
}

}  // namespace echoflow::understanding
