#include "adapters/store_soci/spans.hpp"

#include <algorithm>
#include <set>

namespace echoflow::store {
namespace {

constexpr std::int64_t minute = 60'000'000;
constexpr std::size_t most_known = 64;

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

std::vector<Span> Spans::widened_by(std::span<engine::Turn* const> turns) {
  if (known_.size() > most_known) known_.clear();
  std::set<std::int64_t> wider;
  for (const engine::Turn* turn : turns) {
    if (!turn->is_new || turn->stream) continue;
    const std::int64_t block = floor_div(turn->instance.id, ids_in_a_block);
    const std::int64_t at = turn->instance.started_at.micros;
    const auto [found, added] = known_.try_emplace(block, Span{block, at, at});
    Span& span = found->second;
    if (!added && span.earliest <= at && at <= span.latest) continue;
    const std::int64_t begin = floor_div(at, minute) * minute;
    span.earliest = std::min(span.earliest, begin);
    span.latest = std::max(span.latest, begin + minute);
    wider.insert(block);
  }
  std::vector<Span> widened;
  for (const std::int64_t block : wider) widened.push_back(known_.at(block));
  return widened;
}

}  // namespace echoflow::store
