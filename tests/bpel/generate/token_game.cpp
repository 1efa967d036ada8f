#include "tests/bpel/generate/token_game.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace echoflow::generate::test {

namespace {

using graph::FlowIndex;
using graph::GatewayKind;
using graph::NodeIndex;

constexpr int most_steps = 20'000;

class Game {
 public:
  explicit Game(const graph::ProcessGraph& graph) : graph_(graph), tokens_(graph.flow_count(), 0) {}

  Played play() {
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto* event = graph_.node(n).as<graph::Event>();
      if (event != nullptr && event->position == graph::EventPosition::start) put_all(n);
    }
    int steps = 0;
    while (step()) {
      if (++steps > most_steps) {
        played_.ended = false;
        break;
      }
    }
    played_.stuck = std::any_of(tokens_.begin(), tokens_.end(), [](int count) { return count > 0; });
    return played_;
  }

 private:
  void put_all(NodeIndex n) {
    for (const FlowIndex f : graph_.outgoing(n)) ++tokens_[f];
  }

  bool holds(FlowIndex f) const {
    const auto& condition = graph_.flow(f).condition;
    if (!condition || condition->text == "true") return true;
    if (condition->text == "false") return false;
    return done_ < std::stoi(condition->text.substr(4));
  }

  void split(NodeIndex n, bool one) {
    int taken = 0;
    for (const FlowIndex f : graph_.outgoing(n)) {
      if (f == graph_.node(n).default_flow || !holds(f) || (one && taken > 0)) continue;
      ++tokens_[f];
      ++taken;
    }
    if (taken > 0) return;
    if (graph_.node(n).default_flow != graph::none)
      ++tokens_[graph_.node(n).default_flow];
    else
      played_.no_flow = true;
  }

  bool reaches(FlowIndex from, FlowIndex to, NodeIndex without) const {
    std::set<NodeIndex> seen;
    std::vector<NodeIndex> stack{graph_.target(from)};
    while (!stack.empty()) {
      const NodeIndex n = stack.back();
      stack.pop_back();
      if (n == without || !seen.insert(n).second) continue;
      for (const FlowIndex f : graph_.outgoing(n)) {
        if (f == to) return true;
        stack.push_back(graph_.target(f));
      }
    }
    return false;
  }

  /// Which tokens a node takes now; nothing when it waits.
  std::vector<FlowIndex> taken(NodeIndex n) const {
    std::vector<FlowIndex> with;
    std::vector<FlowIndex> without;
    for (const FlowIndex f : graph_.incoming(n)) (tokens_[f] > 0 ? with : without).push_back(f);
    if (with.empty()) return {};
    const auto* gateway = graph_.node(n).as<graph::Gateway>();
    const GatewayKind kind = gateway == nullptr ? GatewayKind::exclusive : gateway->kind;
    if (kind == GatewayKind::parallel) return without.empty() ? with : std::vector<FlowIndex>{};
    if (kind == GatewayKind::inclusive) {
      for (FlowIndex f = 0; f < tokens_.size(); ++f) {
        if (tokens_[f] == 0) continue;
        for (const FlowIndex missing : without) {
          if (reaches(f, missing, n)) return {};
        }
      }
      return with;
    }
    return {with.front()};
  }

  bool step() {
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const std::vector<FlowIndex> takes = taken(n);
      if (takes.empty()) continue;
      for (const FlowIndex f : takes) --tokens_[f];
      const auto* gateway = graph_.node(n).as<graph::Gateway>();
      if (gateway == nullptr) {
        if (graph_.node(n).as<graph::Activity>() != nullptr) {
          ++played_.trace[graph_.node(n).id];
          ++done_;
        }
        put_all(n);
      } else if (gateway->kind == GatewayKind::parallel) {
        put_all(n);
      } else {
        split(n, gateway->kind == GatewayKind::exclusive);
      }
      return true;
    }
    return false;
  }

  const graph::ProcessGraph& graph_;
  std::vector<int> tokens_;
  int done_ = 0;
  Played played_;
};

}  // namespace

Played play(const graph::ProcessGraph& graph) {
  return Game(graph).play();
}

}  // namespace echoflow::generate::test
