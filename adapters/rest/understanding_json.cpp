#include "adapters/rest/understanding_json.hpp"

#include <fmt/format.h>

namespace echoflow::rest {

namespace {

void write_real(json::Writer& writer, std::string_view name, double value) {
  // "-0.000" would be no other number, but ugly.
  auto text = fmt::format("{:.3f}", value);
  writer.key(name).raw(text == "-0.000" ? "0.000" : text);
}

void write_words(json::Writer& writer, std::string_view name, const std::vector<std::string>& words) {
  writer.key(name).begin_array();
  for (const auto& word : words) writer.string(word);
  writer.end_array();
}

void write_matches(json::Writer& writer, std::string_view name, const std::vector<cx::Finding>& found) {
  writer.key(name).begin_array();
  for (const auto& each : found) {
    writer.begin_object().member("name", each.name);
    write_real(writer, "score", each.score);
    write_words(writer, "words", each.words);
    writer.end_object();
  }
  writer.end_array();
}

void write_sentiment(json::Writer& writer, const cx::Sentiment& sentiment) {
  writer.key("sentiment").begin_object().member("polarity", cx::to_string(sentiment.polarity));
  write_real(writer, "score", sentiment.score);
  write_real(writer, "confidence", sentiment.confidence);
  writer.member("decidedBy", sentiment.by_classifier ? "classifier" : "lexicon").member("ironic", sentiment.ironic);
  writer.key("words").begin_array();
  for (const auto& word : sentiment.words) {
    writer.begin_object().member("words", word.words);
    write_real(writer, "value", word.value);
    writer.member("negated", word.negated).end_object();
  }
  writer.end_array().end_object();
}

}  // namespace

void write_understanding(json::Writer& writer, const cx::Understanding& understanding) {
  writer.begin_object().member("language", understanding.language);
  write_real(writer, "languageConfidence", understanding.language_confidence);
  write_sentiment(writer, understanding.sentiment);
  write_matches(writer, "topics", understanding.topics);
  write_matches(writer, "intents", understanding.intents);
  writer.member("urgency", cx::to_string(understanding.urgency));
  write_words(writer, "urgencyWords", understanding.urgency_words);
  writer.member("rules", understanding.rules);
  if (!understanding.model.empty()) writer.member("model", understanding.model);
  writer.end_object();
}

}  // namespace echoflow::rest
