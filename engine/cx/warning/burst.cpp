#include "engine/cx/warning/burst.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::warning {

void BurstAutomaton::pass(double expected, const BurstLimits& limits) {
  change_levels(limits);
  // −ln of the chance that a Poisson stream of this level stays silent so long.
  double rate = expected;
  for (auto& cost : costs_) {
    cost += rate;
    rate *= limits.factor;
  }
  make_relative();
}

void BurstAutomaton::post(const BurstLimits& limits) {
  change_levels(limits);
  // −ln of the density of a post, but for the part that is the same at every level.
  const double gain = std::log(limits.factor);
  for (std::size_t i = 0; i < costs_.size(); ++i) costs_[i] -= static_cast<double>(i) * gain;
  make_relative();
}

void BurstAutomaton::change_levels(const BurstLimits& limits) {
  for (std::size_t i = costs_.size() - 1; i-- > 0;) costs_[i] = std::min(costs_[i], costs_[i + 1] + limits.fall_cost);
  for (std::size_t i = 1; i < costs_.size(); ++i) costs_[i] = std::min(costs_[i], costs_[i - 1] + limits.rise_cost);
}

void BurstAutomaton::make_relative() {
  const double least = *std::min_element(costs_.begin(), costs_.end());
  for (auto& cost : costs_) cost -= least;
}

std::size_t BurstAutomaton::level() const {
  return static_cast<std::size_t>(std::min_element(costs_.begin(), costs_.end()) - costs_.begin());
}

BurstAutomaton BurstAutomaton::of(const std::array<double, burst_levels>& costs) {
  BurstAutomaton automaton;
  automaton.costs_ = costs;
  return automaton;
}

}  // namespace echoflow::warning
