#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/cx/polarity.hpp"

namespace echoflow::cx {

enum class Urgency : std::uint8_t { low, normal, high, critical };

constexpr std::string_view to_string(Urgency urgency) {
  switch (urgency) {
    case Urgency::low:
      return "low";
    case Urgency::normal:
      return "normal";
    case Urgency::high:
      return "high";
    case Urgency::critical:
      return "critical";
  }
  return "";
}

/// A topic or intent and what spoke for it.
struct Finding {
  std::string name;
  double score = 0;                ///< sum of the weights of what was found
  std::vector<std::string> words;  ///< as they stand in the text

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// A word or phrase that moved the sentiment, and by how much (−4…4, after negation, boosters and irony).
struct SentimentWord {
  std::string words;
  double value = 0;
  bool negated = false;

  friend bool operator==(const SentimentWord&, const SentimentWord&) = default;
};

struct Sentiment {
  Polarity polarity = Polarity::unsure;  ///< unsure where the confidence does not reach the threshold
  double score = 0;                      ///< −1…1, also where the polarity is unsure
  double confidence = 0;                 ///< chance that the likeliest polarity is right
  bool by_classifier = false;            ///< a trained model decided, not the lexicon
  bool ironic = false;
  std::vector<SentimentWord> words;

  friend bool operator==(const Sentiment&, const Sentiment&) = default;
};

/// What a text says, as far as it was understood.
struct Understanding {
  std::string language;  ///< ISO 639-1, or "und"
  double language_confidence = 0;
  Sentiment sentiment;
  std::vector<Finding> topics;   ///< strongest first
  std::vector<Finding> intents;  ///< complaint, question, praise, churn, or a designer's own; strongest first
  Urgency urgency = Urgency::normal;
  std::vector<std::string> urgency_words;
  std::string rules;  ///< name, version and digest of the rule set
  std::string model;  ///< name and digest of the classifier; empty without one

  friend bool operator==(const Understanding&, const Understanding&) = default;
};

}  // namespace echoflow::cx
