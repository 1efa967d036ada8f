#include "tests/engine/cx/warning/run_length.hpp"

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace echoflow::warning::test {

namespace {

using Row = std::vector<double>;

double normal_below(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

/// Solves (I − Q) L = 1 by Gauss elimination; L[i] is the run length from state i.
Row run_lengths(std::vector<Row> q) {
  const std::size_t n = q.size();
  Row right(n, 1);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) q[i][j] = (i == j ? 1.0 : 0.0) - q[i][j];
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = q[i][k] / q[k][k];
      if (factor == 0) continue;
      for (std::size_t j = k; j < n; ++j) q[i][j] -= factor * q[k][j];
      right[i] -= factor * right[k];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = i + 1; j < n; ++j) right[i] -= q[i][j] * right[j];
    right[i] /= q[i][i];
  }
  return right;
}

constexpr std::size_t states = 201;

}  // namespace

double cusum_one_sided(double shift, const CusumLimits& limits) {
  // State i stands for values around i·w; state 0 takes in everything at and below 0.
  const double w = 2 * limits.limit / (2 * states - 1);
  std::vector<Row> q(states, Row(states));
  for (std::size_t i = 0; i < states; ++i)
    for (std::size_t j = 0; j < states; ++j) {
      const double step = (static_cast<double>(j) - static_cast<double>(i)) * w + limits.slack - shift;
      q[i][j] = normal_below(step + w / 2) - (j == 0 ? 0.0 : normal_below(step - w / 2));
    }
  return run_lengths(std::move(q))[0];
}

double cusum_two_sided(double shift, const CusumLimits& limits) {
  return 1 / (1 / cusum_one_sided(shift, limits) + 1 / cusum_one_sided(-shift, limits));
}

double ewma_two_sided(double shift, const EwmaLimits& limits) {
  const double h = limits.limit * std::sqrt(limits.weight / (2 - limits.weight));
  const double w = 2 * h / states;
  auto middle = [&](std::size_t i) { return -h + (static_cast<double>(i) + 0.5) * w; };
  std::vector<Row> q(states, Row(states));
  for (std::size_t i = 0; i < states; ++i)
    for (std::size_t j = 0; j < states; ++j) {
      auto needed = [&](double value) { return (value - (1 - limits.weight) * middle(i)) / limits.weight - shift; };
      q[i][j] = normal_below(needed(middle(j) + w / 2)) - normal_below(needed(middle(j) - w / 2));
    }
  return run_lengths(std::move(q))[states / 2];
}

}  // namespace echoflow::warning::test
