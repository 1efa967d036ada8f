#include "models/analysis/structure/reach.hpp"

#include <utility>

namespace echoflow::structure {
namespace {

/// Calls `leave` with every vertex below `from` that is not marked, in the order in which a depth-first search ends.
template <class Leave>
void search(const Neighbours& next, std::uint32_t from, std::vector<bool>& marked, Leave leave) {
  if (marked[from]) return;
  std::vector<std::pair<std::uint32_t, std::size_t>> path{{from, 0}};
  marked[from] = true;
  while (!path.empty()) {
    auto& [v, at] = path.back();
    if (at == next[v].size()) {
      leave(v);
      path.pop_back();
      continue;
    }
    const auto w = next[v][at++];
    if (marked[w]) continue;
    marked[w] = true;
    path.emplace_back(w, 0);
  }
}

}  // namespace

void reach(const Neighbours& next, std::uint32_t from, std::vector<bool>& marked) {
  search(next, from, marked, [](std::uint32_t) {});
}

std::vector<std::uint32_t> first_unreached(const Neighbours& next, std::vector<bool>& marked) {
  std::vector<std::uint32_t> finished;
  auto seen = marked;
  for (std::uint32_t v = 0; v < next.size(); ++v)
    search(next, v, seen, [&](std::uint32_t w) { finished.push_back(w); });
  std::vector<std::uint32_t> firsts;
  for (auto v = finished.rbegin(); v != finished.rend(); ++v) {
    if (marked[*v]) continue;
    firsts.push_back(*v);
    reach(next, *v, marked);
  }
  return firsts;
}

}  // namespace echoflow::structure
