#include "engine/cx/policy/rule_book.hpp"

#include <algorithm>

#include "engine/cx/policy/words.hpp"

namespace echoflow::policy {

namespace {

bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}
bool any_in(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
  return std::any_of(given.begin(), given.end(), [&](const std::string& each) { return has(wanted, each); });
}

bool holds_for(const Rule& rule, const Outgoing& out) {
  if (!rule.channels.empty() && !has(rule.channels, out.channel)) return false;
  if (!rule.networks.empty() && !has(rule.networks, out.network)) return false;
  if (!rule.languages.empty() && !has(rule.languages, out.language)) return false;
  if (!rule.topics.empty() && !any_in(rule.topics, out.topics)) return false;
  return !(rule.only_public && !out.is_public) && !(rule.only_posts && out.is_reply);
}

std::string duration_text(std::int64_t micros) {
  const std::int64_t minutes = micros / 60'000'000;
  if (minutes >= 60 && minutes % 60 == 0) return std::to_string(minutes / 60) + " hours";
  return std::to_string(minutes) + " minutes";
}

std::string author_breach(const Rule& rule, const Outgoing& out) {
  if (out.author.empty()) return rule.bots_may ? "" : "only a person may answer here.";
  if (!rule.groups.empty() && !any_in(rule.groups, out.author_groups))
    return "'" + out.author + "' is in none of the groups that may answer here.";
  return {};
}

std::string text_breach(const Rule& rule, const Outgoing& out) {
  if (rule.most_characters > 0 && characters(out.text) > rule.most_characters)
    return "the text has " + std::to_string(characters(out.text)) + " characters, " +
           std::to_string(rule.most_characters) + " are allowed.";
  if (rule.forbidden.empty() && rule.required.empty()) return {};
  const auto plain = plain_words(out.text);
  for (const auto& phrase : rule.forbidden)
    if (contains_phrase(plain, plain_words(phrase))) return "the text must not say '" + phrase + "'.";
  const bool said = std::any_of(rule.required.begin(), rule.required.end(),
                                [&](const std::string& phrase) { return contains_phrase(plain, plain_words(phrase)); });
  if (!rule.required.empty() && !said) return "the text must say '" + rule.required.front() + "'.";
  return {};
}

std::string time_breach(const Rule& rule, const Outgoing& out) {
  if (rule.needs_customer && !out.customer_wrote_at) return "the customer must have written first.";
  if (rule.within <= 0) return {};
  if (!out.customer_wrote_at) return "it is not known when the customer wrote.";
  if (out.at.micros - out.customer_wrote_at->micros > rule.within)
    return "the customer's last message is older than " + duration_text(rule.within) + ".";
  return {};
}

/// Four eyes: somebody else, and of the right group.
bool is_approved(const Rule& rule, const Outgoing& out) {
  if (out.approved_by.empty() || out.approved_by == out.author) return false;
  return rule.approvers.empty() || any_in(rule.approvers, out.approver_groups);
}

}  // namespace

Result<RuleBook> RuleBook::make(std::vector<Rule> rules, RiskWeights weights, calendar::Calendars calendars) {
  RuleBook book;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto& rule = rules[i];
    const auto place =
        "Rule " + std::to_string(i + 1) + (rule.id.empty() ? "" : " '" + rule.id + "'") + " of the policy: ";
    if (rule.id.empty()) return fail(place + "it needs an id.");
    for (std::size_t j = 0; j < i; ++j)
      if (rules[j].id == rule.id) return fail(place + "the id stands twice.");
    if (!rule.calendar.empty() && !calendars.find(rule.calendar))
      return fail(place + "there is no calendar '" + rule.calendar + "'.");
    for (const auto& list : {rule.forbidden, rule.required})
      for (const auto& phrase : list)
        if (plain_words(phrase).size() < 2) return fail(place + "'" + phrase + "' has no letter or digit.");
  }
  book.rules_ = std::move(rules);
  book.weights_ = std::move(weights);
  book.calendars_ = std::move(calendars);
  return book;
}

std::string RuleBook::breach(const Rule& rule, const Outgoing& out) const {
  for (auto* check : {author_breach, text_breach, time_breach})
    if (auto why = check(rule, out); !why.empty()) return why;
  const auto* calendar = rule.calendar.empty() ? nullptr : calendars_.find(rule.calendar);
  if (calendar && !calendar->open_at(out.at)) return "nothing is sent outside the hours of '" + rule.calendar + "'.";
  return {};
}

double RuleBook::risk(const Outgoing& out) const {
  double sum = weights_.base;
  if (out.is_public) sum += weights_.is_public;
  if (out.urgency == "high") sum += weights_.urgency_high;
  if (out.urgency == "critical") sum += weights_.urgency_critical;
  if (out.sentiment <= -0.5) sum += weights_.very_negative;
  if (static_cast<double>(out.reach) > weights_.reach_over) sum += weights_.reach;
  for (const auto& [topic, weight] : weights_.topics)
    if (has(out.topics, topic)) sum += weight;
  const auto plain = weights_.words.empty() ? std::string() : plain_words(out.text);
  for (const auto& [word, weight] : weights_.words)
    if (contains_phrase(plain, plain_words(word))) sum += weight;
  return std::clamp(sum, 0.0, 100.0);
}

Verdict RuleBook::check(const Outgoing& out) const {
  Verdict verdict;
  verdict.risk = risk(out);
  const Rule* wants_approval = nullptr;
  for (const auto& rule : rules_) {
    if (!holds_for(rule, out)) continue;
    if (auto why = breach(rule, out); !why.empty())
      return {Decision::refused, rule.id, "Rule '" + rule.id + "': " + (rule.message.empty() ? why : rule.message),
              verdict.risk};
    if (rule.approval_from_risk >= 0 && verdict.risk >= rule.approval_from_risk && !is_approved(rule, out) &&
        !wants_approval)
      wants_approval = &rule;
  }
  if (!wants_approval) return verdict;
  verdict.decision = Decision::needs_approval;
  verdict.rule = wants_approval->id;
  verdict.message =
      "Rule '" + wants_approval->id + "': " +
      (wants_approval->message.empty()
           ? "with a risk of " + std::to_string(static_cast<int>(verdict.risk)) + " somebody else must approve it."
           : wants_approval->message);
  return verdict;
}

}  // namespace echoflow::policy
