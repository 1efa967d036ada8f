#pragma once
#include <cstdint>
#include <optional>

#include "engine/cx/kpis/bytes.hpp"
#include "engine/cx/kpis/sketch.hpp"

namespace echoflow::kpis {

/// What is known of the samples of a window. A sample is a value and a weight: its mean is Σ value / Σ weight, so that
/// a share is the mean of 0 and 100, and a rate can count its numerator and its denominator at different times.
struct Figures {
  std::uint64_t count = 0;  ///< samples with a weight
  double sum = 0;           ///< of the values
  double weight = 0;
  std::optional<double> least, most;  ///< of the samples with a weight
  Sketch sketch;                      ///< of the samples with a weight

  void add(double value, double sample_weight);
  bool empty() const { return count == 0 && sum == 0 && weight == 0; }
  std::optional<double> mean() const;
  friend bool operator==(const Figures&, const Figures&) = default;

  template <class V>
  void fields(V& v) {
    v(1, count);
    real(v, 2, sum);
    real(v, 3, weight);
    double low = least.value_or(0), high = most.value_or(0);
    real(v, 4, low);
    real(v, 5, high);
    packed(v, 6, sketch);
    if constexpr (!std::is_same_v<V, records::Encoder>) {
      least = count > 0 ? std::optional(low) : std::nullopt;
      most = count > 0 ? std::optional(high) : std::nullopt;
    }
  }
};

}  // namespace echoflow::kpis
