#include "engine/cx/tasks/command.hpp"

namespace echoflow::tasks {

std::string_view text_in(const std::vector<LocalText>& texts, std::string_view language) {
  auto of = [&](std::string_view wanted) -> const LocalText* {
    for (const auto& each : texts)
      if (each.language == wanted) return &each;
    return nullptr;
  };
  const LocalText* found = nullptr;
  // RFC 4647 §3.4 lookup: shorter and shorter tags, then the text without a language.
  while (!language.empty() && !found) {
    found = of(language);
    const auto dash = language.rfind('-');
    language = dash == std::string_view::npos ? std::string_view() : language.substr(0, dash);
  }
  if (!found) found = of("");
  if (!found && !texts.empty()) found = &texts.front();
  return found ? std::string_view(found->text.text) : std::string_view();
}

std::string with_parameters(std::string_view text, const std::vector<std::pair<std::string, std::string>>& parameters) {
  // WS-HumanTask 1.1 §4.2: presentation parameters stand in names, subjects and descriptions.
  std::string out;
  while (!text.empty()) {
    const auto open = text.find("{$");
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    const auto name = text.substr(open + 2, close - open - 2);
    out += text.substr(0, open);
    const std::string* value = nullptr;
    for (const auto& each : parameters)
      if (each.first == name) value = &each.second;
    if (value)
      out += *value;
    else
      out += text.substr(open, close - open + 1);
    text.remove_prefix(close + 1);
  }
  return out + std::string(text);
}

}  // namespace echoflow::tasks
