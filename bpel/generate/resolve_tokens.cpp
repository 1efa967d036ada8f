#include <algorithm>
#include <set>

#include "bpel/generate/skeleton.hpp"

namespace echoflow::generate {

namespace {

using structure::FragmentIndex;
using structure::FragmentKind;

/// More than this of what a model has is not written twice.
constexpr std::size_t most_growth = 4;
constexpr std::size_t free_growth = 400;
constexpr int most_tokens = 16;

class Resolver {
 public:
  Resolver(const graph::ProcessGraph& graph, Net net, Diagnostics& findings)
      : graph_(graph),
        net_(std::move(net)),
        findings_(findings),
        most_(net_.vertices.size() * most_growth + free_growth) {}

  Net resolve() {
    while (true) {
      Net finished = net_;
      finish_net(finished);
      if (!step(finished)) {
        for (VertexIndex v = 0; v < net_.vertices.size(); ++v) {
          finished.vertices[v].pair = net_.vertices[v].pair;
          finished.vertices[v].op = net_.vertices[v].op;
        }
        return finished;
      }
      if (net_.vertices.size() <= most_) continue;
      refuse(findings_, graph_, too_much_,
             "what follows " + called(graph_, too_much_) +
                 " would have to be written too many times: join its flows with a "
                 "parallel or inclusive gateway");
      return Net{};
    }
  }

 private:
  /// Mends the first thing that is to be mended; false when there is none.
  bool step(const Net& finished) {
    const Structure structure(finished);
    const auto& fragments = structure.tree().fragments;
    for (FragmentIndex f = 0; f < fragments.size(); ++f) {
      if (fragments[f].kind == FragmentKind::polygon) pair_up(structure, fragments[f].children);
    }
    if (step_quantities()) return true;
    for (FragmentIndex f = 0; f < fragments.size(); ++f) {
      if (fragments[f].kind != FragmentKind::bond && fragments[f].kind != FragmentKind::rigid) continue;
      const structure::Fragment& at = fragments[f];
      const bool inside = at.parent != none && (fragments[at.parent].kind == FragmentKind::bond ||
                                                fragments[at.parent].kind == FragmentKind::rigid);
      if (inside) continue;  // part of its parent's block
      if (step_joins(finished, structure.skeleton(f))) return true;
    }
    return step_takes();
  }

  /// What gives n tokens, and further on in the same sequence what takes n.
  void pair_up(const Structure& structure, const std::vector<FragmentIndex>& run) {
    VertexIndex giver = none;
    for (const FragmentIndex f : run) {
      const structure::Fragment& at = structure.tree().fragments[f];
      if (at.kind != FragmentKind::trivial) continue;
      const VertexIndex v = structure.net().edges[at.edge].to;
      if (v >= net_.vertices.size() || net_.vertices[v].op != Op::work) continue;
      Vertex& vertex = net_.vertices[v];
      if (giver != none && vertex.takes == net_.vertices[giver].gives) {
        net_.vertices[giver].pair = v;
        vertex.pair = giver;
        giver = none;
      } else if (vertex.takes > 1) {
        giver = none;
      }
      if (vertex.gives > 1 && !vertex.cycle && vertex.pair == none) giver = v;
    }
  }

  // BPMN 2.0 §10.3.2: completionQuantity tokens leave an activity.
  bool step_quantities() {
    for (VertexIndex v = 0; v < net_.vertices.size(); ++v) {
      Vertex& vertex = net_.vertices[v];
      if (vertex.op != Op::work || vertex.gives < 2 || (vertex.pair != none && vertex.takes < 2)) continue;
      if (vertex.gives > most_tokens) {
        refuse(findings_, graph_, vertex.node,
               called(graph_, vertex.node) + " gives " + std::to_string(vertex.gives) +
                   " tokens that nothing takes together; more than " + std::to_string(most_tokens) +
                   " are not supported");
        vertex.gives = 1;
        continue;
      }
      give(v);
      return true;
    }
    return false;
  }

  void give(VertexIndex v) {
    const int tokens = net_.vertices[v].gives;
    const bool cycle = net_.vertices[v].cycle;
    const NodeIndex node = net_.vertices[v].node;
    too_much_ = node;
    const EdgeIndex out = net_.vertices[v].out[0];
    const VertexIndex next = net_.edges[out].to;
    const VertexIndex split = net_.add(Op::and_split, node);
    const VertexIndex join = net_.add(Op::xor_join, node);
    net_.retarget(out, split);
    for (int turn = 1; turn <= tokens; ++turn) {
      VertexIndex from = split;
      if (cycle) {
        from = net_.add(Op::work, node);
        net_.vertices[from].turn = turn;
        net_.connect(split, from);
      }
      net_.connect(from, join);
    }
    net_.connect(join, next);
    net_.vertices[v].gives = 1;
    if (cycle) net_.vertices[v].op = Op::pass;
  }

  bool step_joins(const Net& finished, const Skeleton& skeleton) {
    if (skeleton.cyclic) return false;  // refused later unless it has one token alone
    for (const VertexIndex v : skeleton.vertices) {
      if (v >= net_.vertices.size()) continue;
      const Op op = net_.vertices[v].op;
      if (op != Op::xor_join && op != Op::complex_join) continue;
      if (net_.vertices[v].in.size() < 2) continue;
      if (!meets_itself(finished, skeleton, v)) {
        if (op == Op::complex_join && net_.vertices[v].need == 1)
          net_.vertices[v].op = Op::xor_join;
        else if (op == Op::complex_join)
          return discriminate(v);
        continue;
      }
      if (op == Op::complex_join) return discriminate(v);
      if (takes_all(finished, skeleton, v)) continue;
      return divide(v);
    }
    return false;
  }

  /// An activity that needs as many tokens as come side by side through the join before it joins them.
  bool takes_all(const Net& finished, const Skeleton& skeleton, VertexIndex join) {
    VertexIndex next = net_.edges[net_.vertices[join].out[0]].to;
    while (net_.vertices[next].op == Op::pass && net_.vertices[next].out.size() == 1)
      next = net_.edges[net_.vertices[next].out[0]].to;
    Vertex& work = net_.vertices[next];
    if (work.op != Op::work || work.takes < 2 || work.takes != static_cast<int>(net_.vertices[join].in.size()))
      return false;
    if (!all_come(finished, skeleton, join)) return false;
    net_.vertices[join].op = Op::and_join;
    work.takes = 1;
    return true;
  }

  std::set<VertexIndex> tail_of(VertexIndex v) const {
    std::set<VertexIndex> tail;
    std::vector<VertexIndex> stack;
    for (const EdgeIndex edge : net_.vertices[v].out) stack.push_back(net_.edges[edge].to);
    while (!stack.empty()) {
      const VertexIndex at = stack.back();
      stack.pop_back();
      if (!tail.insert(at).second) continue;
      for (const EdgeIndex edge : net_.vertices[at].out) stack.push_back(net_.edges[edge].to);
    }
    return tail;
  }

  /// What follows the join, once for each token: refused where it meets tokens that do not come through it.
  bool divisible(VertexIndex join, const std::set<VertexIndex>& tail) {
    std::string why;
    if (tail.count(join) != 0) why = "lies in a cycle";
    for (const VertexIndex v : tail) {
      const Vertex& vertex = net_.vertices[v];
      if (vertex.op != Op::and_join && vertex.op != Op::or_join && vertex.op != Op::complex_join) continue;
      for (const EdgeIndex edge : vertex.in) {
        const VertexIndex from = net_.edges[edge].from;
        if (from != join && tail.count(from) == 0 && why.empty())
          why = "leads to " + called(graph_, vertex.node) + ", which waits for other flows as well";
      }
    }
    if (why.empty()) return true;
    refuse(findings_, graph_, net_.vertices[join].node,
           "several tokens come to " + called(graph_, net_.vertices[join].node) + ", which does not join them and " +
               why + ": join the flows with a parallel or inclusive gateway");
    return false;
  }

  /// A copy of what follows, and the copy of `entry` in it.
  VertexIndex copy(const std::set<VertexIndex>& tail, VertexIndex entry) {
    std::vector<VertexIndex> to(net_.vertices.size(), none);
    for (const VertexIndex v : tail) {
      Vertex fresh = net_.vertices[v];
      fresh.in.clear();
      fresh.out.clear();
      net_.vertices.push_back(std::move(fresh));
      to[v] = static_cast<VertexIndex>(net_.vertices.size() - 1);
    }
    for (const VertexIndex v : tail) {
      Vertex& fresh = net_.vertices[to[v]];
      if (fresh.of != none && to[fresh.of] != none) fresh.of = to[fresh.of];
      fresh.pair = none;
      for (const EdgeIndex edge : std::vector<EdgeIndex>(net_.vertices[v].out)) {
        const Edge old = net_.edges[edge];
        net_.connect(to[v], to[old.to], old.flow, old.outcome);
      }
    }
    for (const VertexIndex v : tail) {
      Vertex& fresh = net_.vertices[to[v]];
      if (is_join(fresh.op) && fresh.in.size() < 2 && v != entry) fresh.op = Op::pass;
    }
    return to[entry];
  }

  bool divide(VertexIndex join) {
    const std::set<VertexIndex> tail = tail_of(join);
    too_much_ = net_.vertices[join].node;
    const std::vector<EdgeIndex> in = net_.vertices[join].in;
    const VertexIndex next = net_.edges[net_.vertices[join].out[0]].to;
    const bool can = divisible(join, tail);
    net_.vertices[join].op = can ? Op::pass : Op::or_join;
    for (std::size_t i = 1; can && i < in.size(); ++i) {
      const VertexIndex gate = net_.add(Op::pass, net_.vertices[join].node);
      net_.retarget(in[i], gate);
      net_.connect(gate, copy(tail, next));
    }
    return true;
  }

  // BPMN 2.0 §13.4.5: a complex join goes on once, with the token that makes its condition true; those that come later
  // are taken without effect.
  bool discriminate(VertexIndex join) {
    Vertex& vertex = net_.vertices[join];
    const auto ways = static_cast<int>(vertex.in.size());
    if (vertex.need >= ways) {
      vertex.op = Op::and_join;
      return true;
    }
    const std::set<VertexIndex> tail = tail_of(join);
    too_much_ = vertex.node;
    if (!divisible(join, tail)) {
      vertex.op = Op::or_join;
      return true;
    }
    const NodeIndex node = vertex.node;
    const int need = vertex.need;
    const std::vector<EdgeIndex> in = vertex.in;
    const EdgeIndex out = vertex.out[0];
    const VertexIndex next = net_.edges[out].to;
    for (std::size_t i = 0; i < in.size(); ++i) {
      const VertexIndex arrive = net_.add(Op::arrive, node, join);
      net_.vertices[arrive].need = need;
      const VertexIndex gate = net_.add(Op::xor_split, node, arrive);
      net_.retarget(in[i], arrive);
      net_.connect(arrive, gate);
      const VertexIndex late = net_.add(Op::pass);
      if (i == 0) {
        net_.connect(gate, join, none, 1);
        net_.vertices[join].op = Op::pass;
      } else {
        net_.connect(gate, copy(tail, next), none, 1);
      }
      net_.connect(gate, late);
    }
    return true;
  }

  /// Whatever still needs several tokens does not get them.
  bool step_takes() {
    for (Vertex& vertex : net_.vertices) {
      if (vertex.op != Op::work || vertex.takes < 2 || vertex.pair != none) continue;
      refuse(findings_, graph_, vertex.node,
             called(graph_, vertex.node) + " needs " + std::to_string(vertex.takes) +
                 " tokens, and the model does not bring that many together to it");
      vertex.takes = 1;
    }
    return false;
  }

  const graph::ProcessGraph& graph_;
  Net net_;
  Diagnostics& findings_;
  std::size_t most_;
  NodeIndex too_much_ = none;
};

}  // namespace

Net resolve_tokens(const graph::ProcessGraph& graph, Net net, Diagnostics& findings) {
  return Resolver(graph, std::move(net), findings).resolve();
}

}  // namespace echoflow::generate
