#include "models/layout/pool_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace echoflow::layout {

namespace {

using graph::none;

constexpr std::size_t most_to_try = 6;
constexpr double over_process = 10;  // a line that passes over a pool with a process in it
constexpr double over_black_box = 6;

}  // namespace

std::size_t pool_of(const graph::ProcessGraph& graph, const std::string& id) {
  graph::ContainerIndex process = none;
  if (auto n = graph.find(id); n != none) {
    process = graph.node(n).container;
    for (std::size_t steps = 0; process < graph.containers.size() && steps <= graph.containers.size(); ++steps) {
      const auto owner = graph.containers[process].owner;
      if (owner >= graph.node_count()) break;
      process = graph.node(owner).container;
    }
  }
  std::size_t p = 0;
  for (; p < graph.participants.size(); ++p)
    if (graph.participants[p].id == id || (process != none && graph.participants[p].process == process)) break;
  return p;
}

std::vector<std::size_t> cheapest_order(std::size_t count,
                                        const std::function<double(const std::vector<std::size_t>&)>& cost) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  if (count < 2) return order;
  auto best = order;
  auto least = cost(order);
  if (count <= most_to_try) {
    while (least > 0 && std::next_permutation(order.begin(), order.end()))
      if (const auto now = cost(order); now < least) best = order, least = now;
    return best;
  }
  for (bool better = true; better && least > 0;) {
    better = false;
    for (std::size_t i = 0; i + 1 < count; ++i) {
      std::swap(best[i], best[i + 1]);
      const auto now = cost(best);
      if (now < least)
        least = now, better = true;
      else
        std::swap(best[i], best[i + 1]);
    }
  }
  return best;
}

std::vector<std::size_t> order_of_pools(const graph::ProcessGraph& graph) {
  const auto count = graph.participants.size();
  std::map<std::pair<std::size_t, std::size_t>, double> flows;
  for (const auto& flow : graph.message_flows) {
    const auto from = pool_of(graph, flow.from);
    const auto to = pool_of(graph, flow.to);
    if (from < count && to < count && from != to) ++flows[{std::min(from, to), std::max(from, to)}];
  }
  std::vector<std::size_t> place(count);
  return cheapest_order(count, [&](const std::vector<std::size_t>& order) {
    for (std::size_t i = 0; i < count; ++i) place[order[i]] = i;
    double sum = 0;
    for (const auto& [pair, number] : flows) {
      const auto [first, last] = std::minmax(place[pair.first], place[pair.second]);
      for (auto i = first + 1; i < last; ++i)
        sum += number * (graph.participants[order[i]].process == none ? over_black_box : over_process);
    }
    return sum;
  });
}

}  // namespace echoflow::layout
