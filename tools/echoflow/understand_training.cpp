#include "tools/echoflow/understand_training.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "adapters/rest/json_writer.hpp"
#include "engine/cx/understanding/evaluation.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/samples.hpp"
#include "tools/echoflow/text_file.hpp"
#include "tools/echoflow/understanding_files.hpp"

namespace echoflow::tool {

namespace {

using namespace understanding;

constexpr double threshold = UnderstandOptions{}.least_confidence;

struct Row {
  std::string method;
  Quality quality;
};

std::array<std::size_t, class_count> counts_of(const std::vector<Sample>& samples) {
  std::array<std::size_t, class_count> counts{};
  for (const auto& sample : samples) ++counts[static_cast<std::size_t>(sample.label)];
  return counts;
}

std::string counts_text(const std::vector<Sample>& samples) {
  const auto counts = counts_of(samples);
  return fmt::format("{} texts: {} negative, {} neutral, {} positive", samples.size(), counts[0], counts[1], counts[2]);
}

std::vector<Verdict> verdicts_of(const std::vector<ClassScores>& chances) {
  std::vector<Verdict> verdicts;
  for (const auto& each : chances) verdicts.push_back(verdict_of(each));
  return verdicts;
}

/// The classifier's row: a given model, one trained on the file and tested on another, or cross-validated.
Result<Row> classifier_row(const Settings& settings, const std::vector<Sample>& samples,
                           const std::vector<Sample>& test) {
  if (auto file = settings.get("--model"); !file.empty()) {
    auto model = load_classifier(file);
    if (!model) return fail(model.error().message);
    return Row{"classifier " + (*model)->name(), judge(test, by_classifier(test, **model), threshold)};
  }
  if (!settings.get("--test").empty()) {
    auto model = train(samples, {});
    if (!model) return fail(model.error().message);
    return Row{"classifier, trained apart", judge(test, by_classifier(test, *model), threshold)};
  }
  auto chances = cross_validate(samples, {});
  if (!chances) return fail(chances.error().message);
  return Row{"classifier, 5-fold", judge(samples, verdicts_of(*chances), threshold)};
}

void print_table(const std::vector<Row>& rows) {
  std::printf("%-26s %8s %8s  %8s %8s %8s  %8s %8s %8s\n", "", "micro-F1", "macro-F1", "negative", "neutral",
              "positive", "decided", "of which", "calibr.");
  std::printf("%-26s %8s %8s  %8s %8s %8s  %8s %8s %8s\n", "", "", "", "F1", "F1", "F1", "", "right", "error");
  for (const auto& [method, quality] : rows)
    std::printf("%-26s %8.3f %8.3f  %8.3f %8.3f %8.3f  %8.3f %8.3f %8.3f\n", method.c_str(), quality.micro_f1,
                quality.macro_f1, quality.f1[0], quality.f1[1], quality.f1[2], quality.decided,
                quality.right_when_decided, quality.calibration_error);
}

void print_json(const std::vector<Row>& rows, std::size_t texts) {
  json::Writer writer;
  auto real = [&](std::string_view name, double value) { writer.key(name).raw(fmt::format("{:.4f}", value)); };
  writer.begin_object().member("texts", static_cast<std::int64_t>(texts)).key("methods").begin_array();
  for (const auto& [method, quality] : rows) {
    writer.begin_object().member("method", method);
    real("microF1", quality.micro_f1);
    real("macroF1", quality.macro_f1);
    for (std::size_t c = 0; c < class_count; ++c) real(cx::to_string(classes[c]), quality.f1[c]);
    real("decided", quality.decided);
    real("rightWhenDecided", quality.right_when_decided);
    real("calibrationError", quality.calibration_error);
    writer.end_object();
  }
  writer.end_array().end_object();
  std::printf("%s\n", writer.text().c_str());
}

}  // namespace

int train_classifier(const Settings& settings) {
  const auto out = settings.get("--out");
  if (out.empty()) return complain("--train needs --out MODEL, the file to write the classifier to.");
  auto samples = read_samples(settings.get("--train"));
  if (!samples) return complain(samples.error().message);
  TrainOptions options;
  if (auto name = settings.get("--name"); !name.empty()) options.name = name;
  auto model = train(*samples, options);
  if (!model) return complain(settings.get("--train") + ": " + model.error().message);
  const auto bytes = model->save();
  if (auto written = write_text_file(out, bytes); !written) return complain(written.error().message);
  if (settings.on("--json")) {
    json::Writer writer;
    writer.begin_object().member("model", out).member("name", model->name()).member("digest", model->digest());
    writer.member("trainingDigest", model->training_digest());
    writer.member("samples", static_cast<std::int64_t>(model->samples())).end_object();
    std::printf("%s\n", writer.text().c_str());
    return fine;
  }
  std::printf("%s\nwrote %s (%zu bytes)\ndigest %s\n", counts_text(*samples).c_str(), out.c_str(), bytes.size(),
              model->digest().c_str());
  return fine;
}

int run_benchmark(const Settings& settings) {
  auto samples = read_samples(settings.get("--benchmark"));
  if (!samples) return complain(samples.error().message);
  auto test = *samples;
  if (auto file = settings.get("--test"); !file.empty()) {
    auto read = read_samples(file);
    if (!read) return complain(read.error().message);
    test = std::move(read).value();
  }
  auto understander = load_understander(settings.get("--rules"), "");
  if (!understander) return complain(understander.error().message);
  std::vector<Row> rows;
  rows.push_back({"always neutral", judge(test, std::vector<Verdict>(test.size()), threshold)});
  rows.push_back({"lexicon", judge(test, by_lexicon(test, **understander, settings.get("--language")), threshold)});
  auto classifier = classifier_row(settings, *samples, test);
  if (!classifier) return complain(classifier.error().message);
  rows.push_back(std::move(classifier).value());
  if (settings.on("--json")) {
    print_json(rows, test.size());
  } else {
    std::printf("%s\n\n", counts_text(test).c_str());
    print_table(rows);
  }
  return fine;
}

}  // namespace echoflow::tool
