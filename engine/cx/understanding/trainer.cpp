#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/cx/understanding/classifier.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::understanding {

namespace {

/// splitmix64: the same order on every machine.
class Shuffler {
 public:
  explicit Shuffler(std::uint64_t seed) : state_(seed) {}
  void shuffle(std::vector<std::uint32_t>& order) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[next() % i]);
  }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

struct Example {
  Features features;
  std::size_t label = 0;
};

std::size_t class_of(cx::Polarity label) {
  return static_cast<std::size_t>(std::find(classes.begin(), classes.end(), label) - classes.begin());
}

/// Weights while they are learned, with the sums that give their average.
struct Weights {
  std::vector<std::array<double, class_count>> now, sums;
  std::array<double, class_count> bias{}, bias_sums{};
};

}  // namespace

/// Learns weights from examples and turns them into a classifier.
class Trainer {
 public:
  Trainer(const std::vector<Example>& examples, const TrainOptions& options) : examples_(examples), options_(options) {}

  /// From the examples that `used` names.
  Classifier run(std::vector<std::uint32_t> used) {
    weights_.now.assign(std::size_t{1} << options_.bits, {});
    weights_.sums.assign(weights_.now.size(), {});
    weigh_classes(used);
    Shuffler shuffler(options_.seed);
    double step = 1;
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      shuffler.shuffle(used);
      const double rate = options_.rate / std::sqrt(1.0 + epoch);
      for (auto i : used) learn(examples_[i], rate, step++);
    }
    return average(step);
  }

  static ClassScores raw(const Classifier& classifier, const Features& features) {
    return classifier.raw_scores(features);
  }

  /// The factor that makes chances of scores most honest: it minimises the log loss.
  static double fit_sharpness(const std::vector<ClassScores>& scores, const std::vector<Example>& examples) {
    double least = 0.05, most = 20;
    for (int i = 0; i < 60; ++i) {
      const double middle = (least + most) / 2;
      double slope = 0;
      for (std::size_t k = 0; k < scores.size(); ++k) {
        auto sharpened = scores[k];
        for (auto& score : sharpened) score *= middle;
        const auto chances = softmax(sharpened);
        for (std::size_t c = 0; c < class_count; ++c) slope += chances[c] * scores[k][c];
        slope -= scores[k][examples[k].label];
      }
      (slope > 0 ? most : least) = middle;
    }
    return (least + most) / 2;
  }

  static void finish(Classifier& classifier, double sharpness, const TrainOptions& options, std::string training_digest,
                     std::size_t samples) {
    classifier.temperature_ = std::clamp(1 / sharpness, 0.01, 100.0);
    classifier.name_ = options.name;
    classifier.training_digest_ = std::move(training_digest);
    classifier.samples_ = samples;
    classifier.digest_ = sha256_hex(classifier.save());
  }

 private:
  void weigh_classes(const std::vector<std::uint32_t>& used) {
    std::array<double, class_count> counts{};
    for (auto i : used) ++counts[examples_[i].label];
    double kinds = 0;
    for (double count : counts) kinds += count > 0 ? 1 : 0;
    for (std::size_t c = 0; c < class_count; ++c) {
      const double even = counts[c] > 0 ? static_cast<double>(used.size()) / (kinds * counts[c]) : 0;
      // Between "as they come" and "all the same": only a half step has an exact root.
      class_weights_[c] = counts[c] > 0 ? 1 - options_.balance + options_.balance * std::sqrt(even) : 0;
      present_[c] = counts[c] > 0;
    }
  }

  void learn(const Example& example, double rate, double step) {
    const auto& features = example.features;
    ClassScores scores{};
    for (std::size_t c = 0; c < class_count; ++c) scores[c] = present_[c] ? weights_.bias[c] : -absent;
    for (auto bucket : features.buckets)
      for (std::size_t c = 0; c < class_count; ++c) scores[c] += weights_.now[bucket][c] * features.value;
    const auto chances = softmax(scores);
    constexpr double bias_rate = 0.05;
    for (std::size_t c = 0; c < class_count; ++c) {
      if (!present_[c]) continue;
      const double error = ((c == example.label ? 1.0 : 0.0) - chances[c]) * class_weights_[example.label];
      const double change = rate * error * features.value;
      for (auto bucket : features.buckets) {
        weights_.now[bucket][c] += change;
        weights_.sums[bucket][c] += step * change;
      }
      weights_.bias[c] += rate * bias_rate * error;
      weights_.bias_sums[c] += step * rate * bias_rate * error;
    }
  }

  Classifier average(double steps) const {
    Classifier made;
    made.bits_ = options_.bits;
    made.weights_.resize(weights_.now.size());
    double largest = 0;
    auto averaged = [&](std::size_t i, std::size_t c) { return weights_.now[i][c] - weights_.sums[i][c] / steps; };
    for (std::size_t i = 0; i < weights_.now.size(); ++i)
      for (std::size_t c = 0; c < class_count; ++c) largest = std::max(largest, std::fabs(averaged(i, c)));
    constexpr double most = std::numeric_limits<std::int16_t>::max();
    made.scale_ = largest > 0 ? largest / most : 1;
    for (std::size_t i = 0; i < weights_.now.size(); ++i)
      for (std::size_t c = 0; c < class_count; ++c)
        made.weights_[i][c] = static_cast<std::int16_t>(std::floor(averaged(i, c) / made.scale_ + 0.5));
    for (std::size_t c = 0; c < class_count; ++c)
      made.bias_[c] = present_[c] ? weights_.bias[c] - weights_.bias_sums[c] / steps : -absent;
    return made;
  }

  static constexpr double absent = 1000;  // of a class that no sample has

  const std::vector<Example>& examples_;
  const TrainOptions& options_;
  Weights weights_;
  std::array<double, class_count> class_weights_{};
  std::array<bool, class_count> present_{};
};

namespace {

Result<std::vector<Example>> examples_of(const std::vector<Sample>& samples, const TrainOptions& options) {
  constexpr std::size_t most_samples = 500'000;
  std::array<std::size_t, class_count + 1> counts{};
  for (const auto& sample : samples) ++counts[class_of(sample.label)];
  if (counts[class_count] > 0)
    return fail("A sample is labelled unsure; label it negative, neutral or positive, or leave it out.");
  if (samples.size() > most_samples) return fail("There are more than 500000 samples.");
  if (std::count_if(counts.begin(), counts.begin() + class_count, [](auto n) { return n >= 2; }) < 2)
    return fail("Training needs at least two samples of at least two classes.");
  if (options.bits < 10 || options.bits > 22 || options.name.empty() || options.name.size() > 64)
    return fail("The model needs a name of 1 to 64 bytes and 10 to 22 bits.");
  std::vector<Example> examples;
  examples.reserve(samples.size());
  for (const auto& sample : samples)
    examples.push_back({features_of(sample.text, options.bits), class_of(sample.label)});
  return examples;
}

std::vector<std::uint32_t> numbers_below(std::size_t size) {
  std::vector<std::uint32_t> numbers(size);
  for (std::uint32_t i = 0; i < size; ++i) numbers[i] = i;
  return numbers;
}

std::vector<ClassScores> held_out_scores(const std::vector<Example>& examples, const TrainOptions& options) {
  const auto folds = static_cast<std::size_t>(std::clamp(options.folds, 2, 20));
  auto order = numbers_below(examples.size());
  Shuffler(options.seed + 1).shuffle(order);
  std::vector<ClassScores> scores(examples.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<std::uint32_t> used, held_out;
    for (std::size_t i = 0; i < order.size(); ++i) (i % folds == fold ? held_out : used).push_back(order[i]);
    std::sort(used.begin(), used.end());
    const auto classifier = Trainer(examples, options).run(std::move(used));
    for (auto i : held_out) scores[i] = Trainer::raw(classifier, examples[i].features);
  }
  return scores;
}

std::string digest_of(const std::vector<Sample>& samples) {
  std::string all;
  for (const auto& sample : samples) all += sha256_hex(sample.text) + std::string(cx::to_string(sample.label)) + "\n";
  return sha256_hex(all);
}

}  // namespace

Result<Classifier> train(const std::vector<Sample>& samples, const TrainOptions& options) {
  auto examples = examples_of(samples, options);
  if (!examples) return fail(examples.error().message);
  const double sharpness = Trainer::fit_sharpness(held_out_scores(*examples, options), *examples);
  auto classifier = Trainer(*examples, options).run(numbers_below(examples->size()));
  Trainer::finish(classifier, sharpness, options, digest_of(samples), samples.size());
  return classifier;
}

Result<std::vector<ClassScores>> cross_validate(const std::vector<Sample>& samples, const TrainOptions& options) {
  auto examples = examples_of(samples, options);
  if (!examples) return fail(examples.error().message);
  auto scores = held_out_scores(*examples, options);
  const double sharpness = Trainer::fit_sharpness(scores, *examples);
  for (auto& each : scores) {
    for (auto& score : each) score *= sharpness;
    each = softmax(each);
  }
  return scores;
}

}  // namespace echoflow::understanding
