#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/understanding/sentiment.hpp"
#include "engine/cx/understanding/text.hpp"
#include "models/base/result.hpp"
#include "models/cx/polarity.hpp"

namespace echoflow::understanding {

/// The classes of the classifier, in the order of their weights.
inline constexpr std::size_t class_count = 3;
inline constexpr std::array<cx::Polarity, class_count> classes = {cx::Polarity::negative, cx::Polarity::neutral,
                                                                  cx::Polarity::positive};
using ClassScores = std::array<double, class_count>;

/// A text labelled by a person.
struct Sample {
  std::string text;
  cx::Polarity label = cx::Polarity::neutral;
};

/// Hashed features of a text: words alone and in pairs, three to five letters of a word, and what the lexicon says.
struct Features {
  std::vector<std::uint32_t> buckets;  ///< sorted, each once
  double value = 0;                    ///< of each: the whole has length 1
};
Features features_of(const Text& text, const LexiconSentiment& lexicon, std::uint32_t bits);
/// The same, with the language guessed and the lexicon asked.
Features features_of(std::string_view text, std::uint32_t bits);

ClassScores softmax(const ClassScores& scores);

/// A linear classifier with calibrated chances; immutable. Its stored form is the same, byte by byte, for the same
/// samples and options.
class Classifier {
 public:
  /// Reads a stored model; the error says what is wrong with it.
  static Result<Classifier> load(std::string_view bytes);
  std::string save() const;

  /// Chances of the classes, which sum to 1.
  ClassScores chances(const Features& features) const;
  ClassScores chances(std::string_view text) const;

  std::uint32_t bits() const { return bits_; }
  std::uint64_t samples() const { return samples_; }
  const std::string& name() const { return name_; }
  /// SHA-256 of the stored form, hexadecimal.
  const std::string& digest() const { return digest_; }
  const std::string& training_digest() const { return training_digest_; }
  std::string label() const { return name_ + " (" + digest_.substr(0, 12) + ")"; }

 private:
  friend class Trainer;
  ClassScores raw_scores(const Features& features) const;

  std::uint32_t bits_ = 0;
  std::uint64_t samples_ = 0;
  std::string name_;
  std::string training_digest_, digest_;
  double temperature_ = 1;  ///< scores are divided by it before they become chances
  double scale_ = 1;        ///< of a stored weight
  std::array<double, class_count> bias_{};
  std::vector<std::array<std::int16_t, class_count>> weights_;
};

struct TrainOptions {
  std::string name = "corrections";  ///< of the model; 1 to 64 bytes
  std::uint32_t bits = 18;           ///< 2^bits buckets, 10 to 22
  int epochs = 12;
  double rate = 2.0;     ///< of the first epoch; it falls with the square root
  double decay = 1e-5;   ///< L2
  double balance = 0.5;  ///< 0: classes count as often as they come; 1: each counts the same
  std::uint64_t seed = 1;
  int folds = 5;  ///< of the cross-validation that calibrates
};

/// Trains by stochastic gradient descent with averaged weights; needs two samples of at least two classes.
Result<Classifier> train(const std::vector<Sample>& samples, const TrainOptions& options);

/// Chances of each sample by a model that did not see it.
Result<std::vector<ClassScores>> cross_validate(const std::vector<Sample>& samples, const TrainOptions& options);

}  // namespace echoflow::understanding
