#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "adapters/rest/understanding_json.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/understand_training.hpp"
#include "tools/echoflow/understanding_files.hpp"

namespace echoflow::tool {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

std::string line_of(std::string_view name, const std::string& content) {
  return fmt::format("{:<11} {}\n", name, content);
}

std::string matches_of(std::string_view name, const std::vector<cx::Finding>& found) {
  if (found.empty()) return line_of(name, "-");
  std::string out;
  for (const auto& each : found) {
    out += line_of(out.empty() ? name : "", fmt::format("{:<12} {:.1f}{}", each.name, each.score,
                                                        each.words.empty() ? "" : "  " + joined(each.words)));
  }
  return out;
}

std::string table_of(const cx::Understanding& found) {
  const auto& sentiment = found.sentiment;
  std::string out =
      line_of("language", fmt::format("{}  confidence {:.2f}", found.language, found.language_confidence));
  out += line_of("sentiment",
                 fmt::format("{}  score {:+.2f}  confidence {:.2f}  by {}{}", cx::to_string(sentiment.polarity),
                             sentiment.score, sentiment.confidence, sentiment.by_classifier ? "classifier" : "lexicon",
                             sentiment.ironic ? "  ironic" : ""));
  for (const auto& word : sentiment.words)
    out += line_of("", fmt::format("{:+.1f}  {}{}", word.value, word.words, word.negated ? "  (denied)" : ""));
  out += matches_of("topics", found.topics) + matches_of("intents", found.intents);
  out += line_of("urgency", std::string(cx::to_string(found.urgency)) +
                                (found.urgency_words.empty() ? "" : "  " + joined(found.urgency_words)));
  out += line_of("rules", found.rules);
  if (!found.model.empty()) out += line_of("model", found.model);
  return out;
}

/// Understands one text after the other and prints each.
class Printer {
 public:
  Printer(const Settings& settings, const understanding::Understander& understander)
      : understander_(understander), json_(settings.on("--json")) {
    options_.language = settings.get("--language");
  }
  void print(const std::string& text) {
    const auto found = understander_.understand(text, options_);
    if (json_) {
      json::Writer writer;
      rest::write_understanding(writer, found);
      std::printf("%s\n", writer.text().c_str());
      return;
    }
    if (several_) std::printf("\n");
    several_ = true;
    std::fputs(table_of(found).c_str(), stdout);
  }

 private:
  const understanding::Understander& understander_;
  const bool json_;
  bool several_ = false;
  understanding::UnderstandOptions options_;
};

bool is_language(const std::string& code) {
  return code.size() == 2 && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z';
}

int understand_texts(const Settings& settings) {
  if (settings.arguments().empty())
    return complain(
        "understand needs a text, - for lines of the standard input, --train or --benchmark. See echoflow "
        "understand --help.");
  auto understander = load_understander(settings.get("--rules"), settings.get("--model"));
  if (!understander) return complain(understander.error().message);
  Printer printer(settings, **understander);
  for (const auto& text : settings.arguments()) {
    if (text != "-") {
      printer.print(text);
      continue;
    }
    for (std::string line; std::getline(std::cin, line);) printer.print(line);
  }
  return fine;
}

}  // namespace

int understand(const Settings& settings) {
  const auto language = settings.get("--language");
  if (!language.empty() && !is_language(language))
    return complain("--language must be a language's two letters, for example de.");
  const bool trains = settings.given("--train"), measures = settings.given("--benchmark");
  if (trains && measures) return complain("--train and --benchmark are two different tasks; do one after the other.");
  if ((trains || measures) && !settings.arguments().empty()) return complain("--train and --benchmark take no text.");
  if (settings.given("--out") && !trains) return complain("--out belongs to --train.");
  if (settings.given("--test") && !measures) return complain("--test belongs to --benchmark.");
  if (trains) return train_classifier(settings);
  if (measures) return run_benchmark(settings);
  return understand_texts(settings);
}

}  // namespace echoflow::tool
