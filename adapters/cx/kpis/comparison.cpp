#include "adapters/cx/kpis/comparison.hpp"

namespace echoflow::cx_kpis {
namespace {

std::optional<double> value_of(const kpis::Kpis& kpis, const std::pair<std::string, std::string>& key) {
  const auto* kpi = kpis.find(key.first);
  const auto* group = kpi ? kpi->group(key.second) : nullptr;
  return group ? kpi->value(*group, kpis.now()) : std::nullopt;
}

}  // namespace

void compare(const kpis::Kpis& live, const kpis::Kpis& anew, KpiService::Rebuilt& result) {
  auto left = live.figures();
  const auto right = anew.figures();
  for (const auto& [key, body] : right) left.try_emplace(key);
  result.groups = left.size();
  for (const auto& [key, body] : left) {
    const auto other = right.find(key);
    if (other == right.end() || other->second != body)
      result.differences.push_back({key.first, key.second, value_of(live, key), value_of(anew, key)});
  }
}

}  // namespace echoflow::cx_kpis
