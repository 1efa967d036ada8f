#include "models/documentation/condition_text.hpp"

#include <vector>

namespace echoflow::documentation {

namespace {

struct SpokenWord {
  std::string_view text;
  Word word;
};
constexpr SpokenWord spoken_paths[] = {
    {"$feedback/cx:intent", Word::said_intent},
    {"$feedback/cx:sentiment/@polarity", Word::said_polarity},
    {"$feedback/cx:sentiment", Word::said_sentiment},
    {"$feedback/cx:topic", Word::topic},
    {"$feedback/cx:urgency", Word::said_urgency},
    {"$feedback/cx:language", Word::said_language},
    {"$feedback/cx:channel", Word::channel},
    {"$feedback/cx:network", Word::said_network},
    {"$feedback/cx:kind", Word::kind_of},
    {"$feedback/cx:rating", Word::said_rating},
    {"$feedback/cx:survey", Word::said_survey},
    {"$feedback/cx:author/cx:reach", Word::said_reach},
    {"$threshold/cx:kpi", Word::kpi},
    {"$threshold/cx:level", Word::said_level},
    {"$threshold/cx:previousLevel", Word::said_level_before},
    {"$threshold/cx:group", Word::said_group},
    {"$threshold/cx:value", Word::said_value},
    {"$alert/cx:severity", Word::severity},
    {"$alert/cx:state", Word::state},
    {"$alert/cx:topic", Word::topic},
    {"$alert/cx:channel", Word::channel},
    {"$taskEvent/cx:escalation", Word::escalation},
    {"$taskEvent/cx:name", Word::said_task},
};
constexpr SpokenWord spoken_operators[] = {{"!=", Word::is_not}, {">=", Word::is_at_least}, {"<=", Word::is_at_most},
                                           {"=", Word::is},      {">", Word::is_more},      {"<", Word::is_less}};
constexpr SpokenWord spoken_joints[] = {{"and", Word::joint_and}, {"or", Word::joint_or}};
/// Of the standard rule set, of levels and severities.
constexpr SpokenWord spoken_values[] = {{"complaint", Word::value_complaint},
                                        {"question", Word::value_question},
                                        {"praise", Word::value_praise},
                                        {"churn", Word::value_churn},
                                        {"negative", Word::value_negative},
                                        {"neutral", Word::value_neutral},
                                        {"positive", Word::value_positive},
                                        {"unsure", Word::value_unsure},
                                        {"low", Word::value_low},
                                        {"high", Word::value_high},
                                        {"normal", Word::value_normal},
                                        {"warning", Word::value_warning},
                                        {"critical", Word::value_critical},
                                        {"delivery", Word::value_delivery},
                                        {"billing", Word::value_billing},
                                        {"price", Word::value_price},
                                        {"product", Word::value_product},
                                        {"service", Word::value_service},
                                        {"app", Word::value_app},
                                        {"outage", Word::value_outage},
                                        {"returns", Word::value_returns},
                                        {"contract", Word::value_contract},
                                        {"privacy", Word::value_privacy},
                                        {"store", Word::value_store},
                                        {"safety", Word::value_safety}};

std::string_view without_blanks(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Takes the longest known text from the beginning.
template <std::size_t N>
std::optional<Word> take_word(std::string_view& text, const SpokenWord (&table)[N], bool whole_word) {
  const SpokenWord* best = nullptr;
  for (const auto& each : table) {
    if (!text.starts_with(each.text) || (best && best->text.size() >= each.text.size())) continue;
    const char next = each.text.size() < text.size() ? text[each.text.size()] : ' ';
    if (whole_word && next != ' ' && next != '=' && next != '!' && next != '<' && next != '>' && next != '\n') continue;
    best = &each;
  }
  if (!best) return std::nullopt;
  text = without_blanks(text.substr(best->text.size()));
  return best->word;
}

std::optional<std::string> take_literal(const Words& words, std::string_view& text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '\'' || text.front() == '"') {
    const auto end = text.find(text.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string value(text.substr(1, end - 1));
    text = without_blanks(text.substr(end + 1));
    return words(Word::quoted, spoken_value(words, value));
  }
  const auto end = std::min(text.find_first_not_of("-0123456789."), text.size());
  if (end == 0) return std::nullopt;
  std::string number(text.substr(0, end));
  text = without_blanks(text.substr(end));
  return number;
}

}  // namespace

std::string spoken_value(const Words& words, const std::string& value) {
  for (const auto& each : spoken_values)
    if (each.text == value) return words(each.word);
  return value;
}

std::optional<std::string> condition_text(const Words& words, std::string_view xpath) {
  auto rest = without_blanks(xpath);
  std::string sentence;
  while (true) {
    const auto path = take_word(rest, spoken_paths, true);
    const auto comparison = path ? take_word(rest, spoken_operators, false) : std::nullopt;
    const auto value = comparison ? take_literal(words, rest) : std::nullopt;
    if (!value) return std::nullopt;
    sentence += words(Word::compared, words(*path), words(*comparison), *value);
    if (rest.empty()) return sentence;
    const auto joint = take_word(rest, spoken_joints, true);
    if (!joint) return std::nullopt;
    ((sentence += ' ') += words(*joint)) += ' ';
  }
}

}  // namespace echoflow::documentation
