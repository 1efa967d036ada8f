#include <gtest/gtest.h>

#include <algorithm>

#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

namespace {

std::shared_ptr<const RuleSet> rules(std::string_view text) {
  auto parsed = RuleSet::parse(text, "test.rules");
  if (!parsed) {
    for (const auto& finding : parsed.error()) ADD_FAILURE() << to_string(finding);
    return nullptr;
  }
  return std::make_shared<const RuleSet>(std::move(parsed).value());
}

Diagnostics findings(std::string_view text) {
  auto parsed = RuleSet::parse(text, "test.rules");
  return parsed ? Diagnostics{} : parsed.error();
}

bool has(const std::vector<cx::Finding>& found, std::string_view name) {
  return std::any_of(found.begin(), found.end(), [&](const auto& each) { return each.name == name; });
}

cx::Understanding with(std::string_view rule_text, std::string_view post) {
  UnderstandOptions options;
  options.language = "de";
  return Understander(rules(rule_text)).understand(post, options);
}

}  // namespace

TEST(Rules, WordsPrefixesSuffixesPartsPhrasesAndGapsMatch) {
  const auto text =
      "[topic exact]\nde = Größe\n[topic beginning]\nde = liefer*\n[topic ending]\nde = *vertrag\n"
      "[topic part]\nde = *rechn*\n[topic phrase]\nde = geht gar nicht\n[topic gap]\nde = stürzt .. ab\n";
  EXPECT_TRUE(has(with(text, "Die GROESSE stimmt nicht").topics, "exact"));
  EXPECT_FALSE(has(with(text, "Größen").topics, "exact"));
  EXPECT_TRUE(has(with(text, "Lieferant").topics, "beginning"));
  EXPECT_TRUE(has(with(text, "Mobilfunkvertrag").topics, "ending"));
  EXPECT_TRUE(has(with(text, "Abrechnungen").topics, "part"));
  EXPECT_TRUE(has(with(text, "das geht gar nicht").topics, "phrase"));
  EXPECT_FALSE(has(with(text, "das geht. gar nicht").topics, "phrase"));
  EXPECT_TRUE(has(with(text, "stürzt bei mir immer ab").topics, "gap"));
  EXPECT_TRUE(has(with(text, "stürzt ab").topics, "gap"));
  EXPECT_FALSE(has(with(text, "stürzt jedes einzelne verdammte Mal ab").topics, "gap"));
}

TEST(Rules, WeightsThresholdsNeedsAndSignals) {
  const auto text =
      "[intent a]\nat-least = 1.5\nde = eins, zwei^0.5, drei^-2\n"
      "[intent b]\nneeds = <question>\nde = eins\n[intent c]\nany = <exclaim>^2, <capitals>^2\n";
  EXPECT_FALSE(has(with(text, "eins").intents, "a"));
  EXPECT_TRUE(has(with(text, "eins zwei").intents, "a"));
  EXPECT_FALSE(has(with(text, "eins zwei drei").intents, "a"));
  EXPECT_FALSE(has(with(text, "eins").intents, "b"));
  EXPECT_TRUE(has(with(text, "eins?").intents, "b"));
  EXPECT_TRUE(has(with(text, "na!!").intents, "c"));
  EXPECT_FALSE(has(with(text, "na!").intents, "c"));
}

TEST(Rules, ADeniedWordIsNoIntentButStaysATopic) {
  const auto text = "[intent complaint]\nde = beschwerde\n[topic complaints]\nde = beschwerde\n";
  const auto found = with(text, "Das ist keine Beschwerde");
  EXPECT_FALSE(has(found.intents, "complaint"));
  EXPECT_TRUE(has(found.topics, "complaints"));
}

TEST(Rules, LanguagesAreKeptApart) {
  const auto text = "[topic a]\nen = gift\n[topic b]\nde = gift\n[topic c]\nany = gift\n";
  const auto found = with(text, "Gift");
  EXPECT_FALSE(has(found.topics, "a"));
  EXPECT_TRUE(has(found.topics, "b"));
  EXPECT_TRUE(has(found.topics, "c"));
}

TEST(Rules, OwnWordsGoBeforeTheLexicon) {
  EXPECT_GT(with("[sentiment]\nde = krass^3\n", "krass").sentiment.score, 0.5);
  EXPECT_LT(with("[sentiment]\nde = super^-3\n", "super").sentiment.score, -0.5);
  EXPECT_LT(with("[sentiment]\nany = schrottig*^-3, gar nicht lustig^-2\n", "schrottiger Kram").sentiment.score, -0.5);
}

TEST(Rules, EveryMistakeIsFoundWithItsLineAndColumn) {
  const auto found = findings(
      "eins = zwei\n"
      "[topic]\n"
      "[unknown x]\n"
      "[topic a\n"
      "[topic b]\n"
      "de = gut^zwanzig\n"
      "deutsch = gut\n"
      "ohne gleichheit\n"
      "de = <unbekannt>, a*, .. x, wort-strich\n"
      "at-least = 0\n"
      "[topic b]\n"
      "[urgency sehr]\n"
      "[sentiment]\n"
      "de = gut\n"
      "[rules]\n"
      "autor = x\n");
  std::vector<std::uint32_t> lines;
  for (const auto& finding : found) {
    lines.push_back(finding.where.line);
    EXPECT_EQ(finding.rule, "RULES");
    EXPECT_EQ(finding.where.file, "test.rules");
    EXPECT_FALSE(finding.message.empty());
  }
  EXPECT_EQ(lines, (std::vector<std::uint32_t>{1, 2, 3, 4, 6, 7, 8, 9, 9, 9, 9, 10, 11, 12, 14, 16}));
  EXPECT_EQ(found[4].where.column, 9u);
}

TEST(Rules, LimitsAreKept) {
  EXPECT_FALSE(findings(std::string(RuleLimits::bytes + 1, ' ')).empty());
  EXPECT_FALSE(findings("[topic a]\nde = \xff\xfe\n").empty());
  std::string many = "[topic a]\n";
  for (std::size_t i = 0; i <= RuleLimits::terms; ++i) many += "de = wort" + std::to_string(i) + "\n";
  EXPECT_EQ(findings(many).size(), 1u);
  std::string sections;
  for (std::size_t i = 0; i <= RuleLimits::sections; ++i) sections += "[topic t" + std::to_string(i) + "]\n";
  EXPECT_EQ(findings(sections).size(), 1u);
  EXPECT_FALSE(findings("[topic a]\nde = a b c d e f g h i\n").empty());
  std::string wrong;
  for (int i = 0; i < 200; ++i) wrong += "x\n";
  EXPECT_EQ(findings(wrong).size(), RuleLimits::findings);
}

TEST(Rules, TheDigestNamesTheVersion) {
  const auto a = rules("[rules]\nname = Paketdienst\nversion = 7\n"),
             b = rules("[rules]\nname = Paketdienst\nversion = 8\n");
  EXPECT_EQ(a->name(), "Paketdienst");
  EXPECT_EQ(a->label().substr(0, 15), "Paketdienst 7 (");
  EXPECT_NE(a->digest(), b->digest());
}

TEST(StandardRules, UnderstandTypicalPosts) {
  const Understander understander;
  auto found =
      understander.understand("Mein Paket ist seit 3 Wochen nicht angekommen, niemand antwortet. Ich kündige!");
  EXPECT_EQ(found.language, "de");
  EXPECT_EQ(found.sentiment.polarity, cx::Polarity::negative);
  EXPECT_TRUE(has(found.topics, "delivery"));
  EXPECT_TRUE(has(found.intents, "complaint"));
  EXPECT_TRUE(has(found.intents, "churn"));
  found = understander.understand("How can I return my order? Is there a label?");
  EXPECT_TRUE(has(found.topics, "returns"));
  EXPECT_TRUE(has(found.intents, "question"));
  EXPECT_FALSE(has(found.intents, "complaint"));
  found = understander.understand("Vielen Dank für den tollen Service!");
  EXPECT_TRUE(has(found.intents, "praise"));
  EXPECT_EQ(found.urgency, cx::Urgency::normal);
  found = understander.understand("DRINGEND: das Netzteil brennt, bitte sofort melden!!!");
  EXPECT_EQ(found.urgency, cx::Urgency::critical);
  found = understander.understand("Please call me back as soon as possible");
  EXPECT_EQ(found.urgency, cx::Urgency::high);
  found = understander.understand("No rush, just wondering when you open");
  EXPECT_EQ(found.urgency, cx::Urgency::low);
}

}  // namespace echoflow::understanding
