#include <benchmark/benchmark.h>

#include "engine/cx/understanding/classifier.hpp"
#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

namespace {

const std::vector<std::string>& posts() {
  static const std::vector<std::string> texts = {
      "Mein Paket ist seit drei Wochen nicht angekommen und niemand antwortet auf meine Mails. Was für eine "
      "Servicewüste!!!",
      "Vielen Dank für die schnelle Hilfe, super freundlicher Mitarbeiter 👍",
      "Wie kann ich meinen Vertrag zum Monatsende kündigen? Finde auf der Webseite nichts dazu.",
      "Na toll, schon wieder Totalausfall 🙄 #ironie @anbieter https://example.org/status",
      "App stürzt ständig ab seit dem letzten Update, absolut nicht zu gebrauchen.",
      "I've been on hold for over an hour and nobody picks up. This is absolutely unacceptable, never again!",
      "Love the new version, works like a charm :) keep it up",
      "Does the blue jacket come in size M? And do you ship to Norway?",
      "Your \"great\" support just hung up on me. Thanks for nothing.",
      "Parcel arrived today, a bit late but everything is fine.",
  };
  return texts;
}

void by_lexicon(benchmark::State& state) {
  const Understander understander;
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(understander.understand(posts()[next]));
    next = (next + 1) % posts().size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(by_lexicon);

void by_classifier(benchmark::State& state) {
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < posts().size(); ++i)
    samples.push_back({posts()[i], i % 2 ? cx::Polarity::positive : cx::Polarity::negative});
  auto classifier = std::make_shared<const Classifier>(train(samples, {}).value());
  const Understander understander(nullptr, classifier);
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(understander.understand(posts()[next]));
    next = (next + 1) % posts().size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(by_classifier);

void language_only(benchmark::State& state) {
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(word_knowledge().languages.guess(posts()[next]));
    next = (next + 1) % posts().size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(language_only);

/// What a program pays once: lexicons, profiles and rules.
void reading_the_rules(benchmark::State& state) {
  const std::string text = "[topic a]\nde = liefer*, paket\n";
  for (auto _ : state) benchmark::DoNotOptimize(RuleSet::parse(text, "rules"));
}
BENCHMARK(reading_the_rules);

}  // namespace

}  // namespace echoflow::understanding
