#include "engine/cx/kpis/figures.hpp"

#include <algorithm>

namespace echoflow::kpis {

void Figures::add(double value, double sample_weight) {
  sum += value;
  weight += sample_weight;
  if (sample_weight <= 0) return;
  ++count;
  least = least ? std::min(*least, value) : value;
  most = most ? std::max(*most, value) : value;
  sketch.add(value);
}

std::optional<double> Figures::mean() const {
  if (weight <= 0) return std::nullopt;
  return sum / weight;
}

}  // namespace echoflow::kpis
