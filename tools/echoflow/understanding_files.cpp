#include "tools/echoflow/understanding_files.hpp"

#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

using understanding::Classifier;
using understanding::RuleSet;
using understanding::Understander;

namespace {

constexpr std::size_t most_model_bytes = 64u << 20;

Result<std::shared_ptr<const RuleSet>> load_rules(const std::string& file) {
  auto text = read_text_file(file, understanding::RuleLimits::bytes);
  if (!text) return fail(text.error().message);
  auto rules = RuleSet::parse(*text, file);
  if (rules) return std::make_shared<const RuleSet>(std::move(rules).value());
  std::string message = "the rules have mistakes:";
  for (const auto& finding : rules.error()) message += "\n" + to_string(finding);
  return fail(message);
}

}  // namespace

Result<std::shared_ptr<const Classifier>> load_classifier(const std::string& file) {
  auto bytes = read_text_file(file, most_model_bytes);
  if (!bytes) return fail(bytes.error().message);
  auto classifier = Classifier::load(*bytes);
  if (!classifier) return fail("'" + file + "': " + classifier.error().message);
  return std::make_shared<const Classifier>(std::move(classifier).value());
}

Result<std::shared_ptr<const Understander>> load_understander(const std::string& rules_file,
                                                              const std::string& model_file) {
  std::shared_ptr<const RuleSet> rules;
  std::shared_ptr<const Classifier> classifier;
  if (!rules_file.empty()) {
    auto loaded = load_rules(rules_file);
    if (!loaded) return fail(loaded.error().message);
    rules = std::move(loaded).value();
  }
  if (!model_file.empty()) {
    auto loaded = load_classifier(model_file);
    if (!loaded) return fail(loaded.error().message);
    classifier = std::move(loaded).value();
  }
  return std::make_shared<const Understander>(std::move(rules), std::move(classifier));
}

}  // namespace echoflow::tool
