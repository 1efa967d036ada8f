#pragma once
#include "engine/cx/understanding/rules.hpp"
#include "engine/cx/understanding/sentiment.hpp"

namespace echoflow::understanding {

struct RuleFindings {
  std::vector<cx::Finding> topics, intents;
  cx::Urgency urgency = cx::Urgency::normal;
  std::vector<std::string> urgency_words;
};

/// Applies a rule set. `language` is a code, or "und": then terms of every language count.
RuleFindings apply(const RuleSet& rules, const Annotated& annotated, std::string_view language, Signals signals);

/// What can be seen of the signals; the sentiment's are the caller's.
Signals signals_of(const Text& text);

}  // namespace echoflow::understanding
