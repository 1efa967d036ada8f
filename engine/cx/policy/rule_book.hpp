#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/cx/calendar/calendar.hpp"
#include "engine/cx/policy/policy.hpp"

namespace echoflow::policy {

/// One rule. It holds where all that it says about channel, visibility and topic fits (empty: any); every demand that
/// is not empty must then be met.
struct Rule {
  std::string id;
  std::string message;  ///< for people; empty: made from the rule
  // Where it holds.
  std::vector<std::string> channels, networks, topics, languages;
  bool only_public = false, only_posts = false;
  // What it demands.
  std::vector<std::string> groups;  ///< one of the author's groups; a bot is in none
  bool bots_may = true;
  std::vector<std::string> forbidden;  ///< words or phrases; whole words, in any case
  std::vector<std::string> required;   ///< at least one of them
  std::size_t most_characters = 0;     ///< 0: any
  std::string calendar;                ///< sent only while it is open
  std::int64_t within = 0;             ///< microseconds since the customer's last message; 0: any time
  bool needs_customer = false;         ///< the customer must have written first
  double approval_from_risk = -1;      ///< another one's approval from this risk on; below 0: never
  std::vector<std::string> approvers;  ///< groups, one of which the approver is in; empty: anybody else
  friend bool operator==(const Rule&, const Rule&) = default;
};

/// How risky an answer is: 0 … 100, the sum of what applies.
struct RiskWeights {
  double base = 0, is_public = 10, urgency_high = 15, urgency_critical = 30, very_negative = 15;
  double reach_over = 10'000;  ///< followers from which `reach` counts
  double reach = 20;
  std::map<std::string, double> topics, words;
  friend bool operator==(const RiskWeights&, const RiskWeights&) = default;
};

/// The rules of a company: the first that is not met refuses; a wish for approval comes after all refusals.
class RuleBook final : public Policy {
 public:
  /// The error names the rule: no id, twice the same, a calendar that does not exist.
  static Result<RuleBook> make(std::vector<Rule> rules, RiskWeights weights, calendar::Calendars calendars);
  Verdict check(const Outgoing& outgoing) const override;
  double risk(const Outgoing& outgoing) const;
  const std::vector<Rule>& rules() const { return rules_; }

 private:
  std::string breach(const Rule& rule, const Outgoing& outgoing) const;
  std::vector<Rule> rules_;
  RiskWeights weights_;
  calendar::Calendars calendars_;
};

}  // namespace echoflow::policy
