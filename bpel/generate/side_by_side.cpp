#include <algorithm>
#include <map>
#include <set>

#include "bpel/generate/skeleton.hpp"

namespace echoflow::generate {

namespace {

/// Two ways that share no vertex but their ends, found by augmenting (Ford & Fulkerson 1956) with vertices of capacity
/// one: each vertex is an arriving and a leaving half.
class TwoWays {
 public:
  TwoWays(const Skeleton& skeleton, const std::vector<std::size_t>& allowed) {
    for (const std::size_t u : allowed) {
      const Unit& unit = skeleton.units[u];
      add(2 * index(unit.from) + 1, 2 * index(unit.to));
    }
  }

  bool exist(VertexIndex from, VertexIndex to) {
    if (!known(from) || !known(to)) return false;
    for (const auto& [vertex, i] : index_) {
      if (vertex != from && vertex != to) add(2 * i, 2 * i + 1);
    }
    const std::size_t begin = 2 * index(from) + 1;
    const std::size_t end = 2 * index(to);
    return augment(begin, end) && augment(begin, end);
  }

 private:
  struct Arc {
    std::size_t to;
    int free;
  };

  bool known(VertexIndex vertex) const { return index_.count(vertex) != 0; }

  std::size_t index(VertexIndex vertex) {
    const auto [at, added] = index_.try_emplace(vertex, index_.size());
    if (added) arcs_at_.resize(2 * index_.size());
    return at->second;
  }

  void add(std::size_t from, std::size_t to) {
    arcs_at_[from].push_back(arcs_.size());
    arcs_.push_back({to, 1});
    arcs_at_[to].push_back(arcs_.size());
    arcs_.push_back({from, 0});
  }

  bool augment(std::size_t begin, std::size_t end) {
    std::vector<std::size_t> by(arcs_at_.size(), arcs_.size());
    std::vector<char> seen(arcs_at_.size(), 0);
    std::vector<std::size_t> queue{begin};
    seen[begin] = 1;
    for (std::size_t i = 0; i < queue.size() && seen[end] == 0; ++i) {
      for (const std::size_t arc : arcs_at_[queue[i]]) {
        if (arcs_[arc].free == 0 || seen[arcs_[arc].to] != 0) continue;
        seen[arcs_[arc].to] = 1;
        by[arcs_[arc].to] = arc;
        queue.push_back(arcs_[arc].to);
      }
    }
    if (seen[end] == 0) return false;
    for (std::size_t at = end; at != begin; at = arcs_[by[at] ^ 1].to) {
      --arcs_[by[at]].free;
      ++arcs_[by[at] ^ 1].free;
    }
    return true;
  }

  std::map<VertexIndex, std::size_t> index_;
  std::vector<Arc> arcs_;
  std::vector<std::vector<std::size_t>> arcs_at_;
};

std::vector<VertexIndex> givers(const Net& net, const Skeleton& skeleton) {
  std::vector<VertexIndex> result;
  for (const VertexIndex vertex : skeleton.vertices) {
    const Op op = net.vertices[vertex].op;
    if (op == Op::and_split || op == Op::or_split) result.push_back(vertex);
  }
  return result;
}

bool two_ways(const Net& net, const Skeleton& skeleton, VertexIndex to, const std::vector<std::size_t>& allowed) {
  for (const VertexIndex from : givers(net, skeleton)) {
    if (from != to && TwoWays(skeleton, allowed).exist(from, to)) return true;
  }
  return false;
}

}  // namespace

bool meets_itself(const Net& net, const Skeleton& skeleton, VertexIndex vertex) {
  std::vector<std::size_t> all(skeleton.units.size());
  for (std::size_t u = 0; u < all.size(); ++u) all[u] = u;
  return two_ways(net, skeleton, vertex, all);
}

bool all_come(const Net& net, const Skeleton& skeleton, VertexIndex vertex) {
  std::vector<std::size_t> into;
  std::vector<std::size_t> others;
  for (std::size_t u = 0; u < skeleton.units.size(); ++u) (skeleton.units[u].to == vertex ? into : others).push_back(u);
  for (std::size_t i = 0; i < into.size(); ++i) {
    for (std::size_t j = i + 1; j < into.size(); ++j) {
      std::vector<std::size_t> allowed = others;
      allowed.push_back(into[i]);
      allowed.push_back(into[j]);
      if (!two_ways(net, skeleton, vertex, allowed)) return false;
    }
  }
  return into.size() == net.vertices[vertex].in.size();
}

}  // namespace echoflow::generate
