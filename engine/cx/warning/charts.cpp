#include "engine/cx/warning/charts.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::warning {

void Cusum::add(double value, const CusumLimits& limits) {
  upper_ = std::max(0.0, upper_ + value - limits.slack);
  lower_ = std::max(0.0, lower_ - value - limits.slack);
}

void Cusum::cap(double most) {
  upper_ = std::min(upper_, most);
  lower_ = std::min(lower_, most);
}

Cusum Cusum::of(double upper, double lower) {
  Cusum chart;
  chart.upper_ = upper;
  chart.lower_ = lower;
  return chart;
}

void Ewma::add(double value, const EwmaLimits& limits) {
  value_ = limits.weight * value + (1 - limits.weight) * value_;
}

double Ewma::standardised(const EwmaLimits& limits) const {
  return value_ / std::sqrt(limits.weight / (2 - limits.weight));
}

bool Ewma::signals(const EwmaLimits& limits) const {
  return std::fabs(standardised(limits)) > limits.limit;
}

Ewma Ewma::of(double value) {
  Ewma chart;
  chart.value_ = value;
  return chart;
}

double root_residual(double count, double expected) {
  // Anscombe's 3/8 keeps the deviation near 1 down to expectations of about one.
  constexpr double shift = 0.375;
  return 2 * (std::sqrt(count + shift) - std::sqrt(expected + shift));
}

}  // namespace echoflow::warning
