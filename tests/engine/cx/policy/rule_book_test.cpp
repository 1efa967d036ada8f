#include "engine/cx/policy/rule_book.hpp"

#include <gtest/gtest.h>

#include "engine/cx/policy/words.hpp"

namespace echoflow::policy {
namespace {

calendar::Calendars calendars() {
  calendar::Calendars all;
  all.put(calendar::Calendar::standard());
  return all;
}

RuleBook book(Rule rule, RiskWeights weights = {}) {
  if (rule.id.empty()) rule.id = "r";
  return RuleBook::make({std::move(rule)}, std::move(weights), calendars()).value();
}

Outgoing reply(const char* text = "Hello") {
  Outgoing out;
  out.channel = "page";
  out.network = "facebook";
  out.text = text;
  out.author = "anna";
  out.author_groups = {"service"};
  out.at = parse_deadline("2026-11-20T12:00:00Z").value();
  return out;
}

TEST(RuleBook, ForbiddenAndRequiredWords) {
  Rule rule;
  rule.id = "tone";
  rule.forbidden = {"garantiert", "geld zurück"};
  const auto rules = book(rule);
  EXPECT_TRUE(rules.check(reply("Wir kümmern uns.")).ok());
  const auto verdict = rules.check(reply("Das ist GARANTIERT!"));
  EXPECT_EQ(verdict.decision, Decision::refused);
  EXPECT_EQ(verdict.rule, "tone");
  EXPECT_EQ(verdict.message, "Rule 'tone': the text must not say 'garantiert'.");
  EXPECT_FALSE(rules.check(reply("Ihr Geld -- zurück!")).ok());
  EXPECT_FALSE(rules.check(reply("garan\u200btiert")).ok());  // a blank that nobody sees hides nothing
  EXPECT_TRUE(rules.check(reply("garantierte")).ok());        // whole words
  Rule greeting;
  greeting.required = {"Guten Tag", "Hallo"};
  EXPECT_TRUE(book(greeting).check(reply("hallo Frau Schmidt")).ok());
  EXPECT_EQ(book(greeting).check(reply("Tag.")).message, "Rule 'r': the text must say 'Guten Tag'.");
}

TEST(RuleBook, WhoMayAnswerWhatWhere) {
  Rule rule;
  rule.channels = {"page"};
  rule.topics = {"law"};
  rule.groups = {"legal"};
  rule.message = "Only the legal team answers this.";
  const auto rules = book(rule);
  auto out = reply();
  EXPECT_TRUE(rules.check(out).ok());
  out.topics = {"price", "law"};
  EXPECT_EQ(rules.check(out).message, "Rule 'r': Only the legal team answers this.");
  out.author_groups = {"legal", "service"};
  EXPECT_TRUE(rules.check(out).ok());
  out.author_groups = {};
  out.channel = "mail";
  EXPECT_TRUE(rules.check(out).ok());
  Rule people;
  people.bots_may = false;
  out.author.clear();
  EXPECT_FALSE(book(people).check(out).ok());
}

TEST(RuleBook, LengthCountsCharactersNotBytes) {
  Rule rule;
  rule.most_characters = 4;
  EXPECT_TRUE(book(rule).check(reply("äöüß")).ok());
  EXPECT_EQ(book(rule).check(reply("äöüßx")).message, "Rule 'r': the text has 5 characters, 4 are allowed.");
}

TEST(RuleBook, WindowsAndHours) {
  Rule rule;
  rule.within = 24 * 3'600'000'000;
  auto out = reply();
  EXPECT_EQ(book(rule).check(out).message, "Rule 'r': it is not known when the customer wrote.");
  out.customer_wrote_at = TimePoint{out.at.micros - rule.within};
  EXPECT_TRUE(book(rule).check(out).ok());
  out.customer_wrote_at->micros -= 1;
  EXPECT_EQ(book(rule).check(out).message, "Rule 'r': the customer's last message is older than 24 hours.");
  Rule hours;
  hours.calendar = "standard";
  EXPECT_TRUE(book(hours).check(out).ok());
  out.at = parse_deadline("2026-11-21T12:00:00Z").value();
  EXPECT_FALSE(book(hours).check(out).ok());
}

TEST(RuleBook, FourEyesAboveARisk) {
  Rule rule;
  rule.approval_from_risk = 40;
  rule.approvers = {"lead"};
  RiskWeights weights;
  weights.topics = {{"safety", 35}};
  const auto rules = book(rule, weights);
  auto out = reply();
  EXPECT_EQ(rules.check(out).risk, 10);
  EXPECT_TRUE(rules.check(out).ok());
  out.topics = {"safety"};
  EXPECT_EQ(rules.check(out).decision, Decision::needs_approval);
  EXPECT_EQ(rules.check(out).message, "Rule 'r': with a risk of 45 somebody else must approve it.");
  out.approved_by = "anna";
  out.approver_groups = {"lead"};
  EXPECT_FALSE(rules.check(out).ok());  // not by oneself
  out.approved_by = "lena";
  EXPECT_TRUE(rules.check(out).ok());
  out.approver_groups = {"service"};
  EXPECT_FALSE(rules.check(out).ok());
}

TEST(RuleBook, ARefusalComesBeforeAWishForApproval) {
  Rule approval, forbidden;
  approval.id = "eyes";
  approval.approval_from_risk = 0;
  forbidden.id = "words";
  forbidden.forbidden = {"never"};
  const auto rules = RuleBook::make({approval, forbidden}, {}, calendars()).value();
  EXPECT_EQ(rules.check(reply("never")).rule, "words");
  EXPECT_EQ(rules.check(reply("ever")).rule, "eyes");
}

TEST(RuleBook, NamesTheRuleThatIsWrong) {
  Rule rule;
  EXPECT_EQ(RuleBook::make({rule}, {}, {}).error().message, "Rule 1 of the policy: it needs an id.");
  rule.id = "a";
  EXPECT_EQ(RuleBook::make({rule, rule}, {}, {}).error().message, "Rule 2 'a' of the policy: the id stands twice.");
  rule.calendar = "moon";
  EXPECT_EQ(RuleBook::make({rule}, {}, {}).error().message, "Rule 1 'a' of the policy: there is no calendar 'moon'.");
  rule.calendar.clear();
  rule.forbidden = {"!!"};
  EXPECT_FALSE(RuleBook::make({rule}, {}, {}));
}

}  // namespace
}  // namespace echoflow::policy
