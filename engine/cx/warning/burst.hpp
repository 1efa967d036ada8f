#pragma once
#include <array>
#include <cstddef>

namespace echoflow::warning {

inline constexpr std::size_t burst_levels = 4;

struct BurstLimits {
  double factor = 3;      ///< each level expects posts this many times as fast as the one below
  double rise_cost = 14;  ///< what a rise by one level costs, in units of log-likelihood
  double fall_cost = 4;   ///< what a fall by one level costs
};

/// An automaton of levels after Kleinberg ("Bursty and Hierarchical Structure in Streams"), run forward as posts come:
/// level i emits posts at factor^i times the expected rate, and the cheapest path decides the level. Costs are kept
/// relative, so the state is bounded.
class BurstAutomaton {
 public:
  /// Time passes without a post: `expected` posts would have been usual in it.
  void pass(double expected, const BurstLimits& limits);
  /// A post comes.
  void post(const BurstLimits& limits);
  /// 0: nothing unusual.
  std::size_t level() const;

  const std::array<double, burst_levels>& costs() const { return costs_; }
  static BurstAutomaton of(const std::array<double, burst_levels>& costs);

 private:
  void change_levels(const BurstLimits& limits);
  void make_relative();
  std::array<double, burst_levels> costs_{0, 14, 28, 42};
};

}  // namespace echoflow::warning
