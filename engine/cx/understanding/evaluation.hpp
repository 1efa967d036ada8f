#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/cx/understanding/classifier.hpp"
#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

/// What a method said of one sample.
struct Verdict {
  cx::Polarity polarity = cx::Polarity::neutral;
  double confidence = 1;
};

/// How good a method's verdicts are. F1 figures are 0 where a class was neither there nor said.
struct Quality {
  double micro_f1 = 0;                   ///< with one label a sample, the share that is right
  double macro_f1 = 0;                   ///< mean over the classes
  std::array<double, class_count> f1{};  ///< by class
  double decided = 0;                    ///< share whose confidence reaches the threshold
  double right_when_decided = 0;
  double calibration_error = 0;  ///< mean distance of confidence and share that is right, over ten bins
};
Quality judge(const std::vector<Sample>& samples, const std::vector<Verdict>& verdicts, double least_confidence);

std::vector<Verdict> by_lexicon(const std::vector<Sample>& samples, const Understander& understander,
                                const std::string& language);
std::vector<Verdict> by_classifier(const std::vector<Sample>& samples, const Classifier& classifier);
Verdict verdict_of(const ClassScores& chances);

}  // namespace echoflow::understanding
