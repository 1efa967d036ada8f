#include <algorithm>

#include "bpel/generate/net.hpp"

namespace echoflow::generate {

namespace {

/// Post-order of what can be reached from the source.
std::vector<VertexIndex> post_order(const Net& net) {
  std::vector<VertexIndex> order;
  std::vector<char> seen(net.vertices.size(), 0);
  std::vector<std::pair<VertexIndex, std::size_t>> stack{{net.source, 0}};
  seen[net.source] = 1;
  while (!stack.empty()) {
    auto& [vertex, next] = stack.back();
    if (next == net.vertices[vertex].out.size()) {
      order.push_back(vertex);
      stack.pop_back();
      continue;
    }
    const VertexIndex to = net.edges[net.vertices[vertex].out[next++]].to;
    if (seen[to] != 0) continue;
    seen[to] = 1;
    stack.emplace_back(to, 0);
  }
  return order;
}

/// Immediate dominators after Cooper, Harvey & Kennedy, "A simple, fast dominance algorithm" (2001).
std::vector<VertexIndex> dominators(const Net& net, const std::vector<VertexIndex>& post) {
  std::vector<std::size_t> number(net.vertices.size(), 0);
  for (std::size_t i = 0; i < post.size(); ++i) number[post[i]] = i;
  std::vector<VertexIndex> up(net.vertices.size(), none);
  up[net.source] = net.source;
  for (bool changed = true; changed;) {
    changed = false;
    for (auto vertex = post.rbegin(); vertex != post.rend(); ++vertex) {
      if (*vertex == net.source) continue;
      VertexIndex best = none;
      for (const EdgeIndex edge : net.vertices[*vertex].in) {
        VertexIndex other = net.edges[edge].from;
        if (up[other] == none) continue;
        if (best == none) {
          best = other;
          continue;
        }
        while (other != best) {
          while (number[other] < number[best]) other = up[other];
          while (number[best] < number[other]) best = up[best];
        }
      }
      if (best == up[*vertex]) continue;
      up[*vertex] = best;
      changed = true;
    }
  }
  return up;
}

/// A vertex of its own on every way out of a split, so that the way has a name.
void mark_branches(Net& net) {
  const auto edges = static_cast<EdgeIndex>(net.edges.size());
  for (EdgeIndex edge = 0; edge < edges; ++edge) {
    if (!is_split(net.vertices[net.edges[edge].from].op)) continue;
    const VertexIndex to = net.edges[edge].to;
    const VertexIndex mark = net.add(Op::pass);
    net.retarget(edge, mark);
    net.connect(mark, to);
  }
}

/// A cycle that nothing leaves gets a way out that is never taken: the structure needs one.
void leave_cycles(Net& net) {
  std::vector<char> ends(net.vertices.size(), 0);
  const auto spread = [&](VertexIndex from) {
    std::vector<VertexIndex> stack{from};
    ends[from] = 1;
    while (!stack.empty()) {
      const VertexIndex vertex = stack.back();
      stack.pop_back();
      for (const EdgeIndex edge : net.vertices[vertex].in) {
        const VertexIndex other = net.edges[edge].from;
        if (ends[other] != 0) continue;
        ends[other] = 1;
        stack.push_back(other);
      }
    }
  };
  const auto count = static_cast<VertexIndex>(net.vertices.size());
  for (VertexIndex v = 0; v < count; ++v) {
    if (net.vertices[v].out.empty() && ends[v] == 0) spread(v);
  }
  const std::vector<VertexIndex> post = post_order(net);
  for (const VertexIndex v : post) {  // the last ones first: what lies deepest in a cycle
    if (ends[v] != 0 || net.vertices[v].out.size() != 1) continue;
    const EdgeIndex edge = net.vertices[v].out[0];
    const VertexIndex to = net.edges[edge].to;
    const VertexIndex split = net.add(Op::xor_split);
    net.retarget(edge, split);
    net.connect(split, to);
    const VertexIndex end = net.add(Op::pass);
    net.connect(split, end, none, -1);
    ends.resize(net.vertices.size(), 1);
    spread(v);
  }
}

}  // namespace

void finish_net(Net& net) {
  leave_cycles(net);
  mark_branches(net);
  const std::vector<VertexIndex> post = post_order(net);
  const std::vector<VertexIndex> up = dominators(net, post);
  std::vector<std::vector<VertexIndex>> ends(net.vertices.size());
  for (const VertexIndex vertex : post) {  // a vertex comes after all that it dominates
    std::vector<VertexIndex> mine = std::move(ends[vertex]);
    if (net.vertices[vertex].out.empty()) mine.push_back(vertex);
    const bool branch = vertex == net.source || (net.vertices[vertex].in.size() == 1 &&
                                                 is_split(net.vertices[net.edges[net.vertices[vertex].in[0]].from].op));
    if (branch && mine.size() > 1) {
      std::sort(mine.begin(), mine.end());
      const VertexIndex join = net.add(Op::or_join);
      for (const VertexIndex end : mine) net.connect(end, join);
      mine = {join};
    }
    if (vertex == net.source) {
      net.sink = net.add(Op::pass);
      net.connect(mine.front(), net.sink);
    } else {
      auto& above = ends[up[vertex]];
      above.insert(above.end(), mine.begin(), mine.end());
    }
  }
}

}  // namespace echoflow::generate
