#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "models/analysis/checks.hpp"
#include "models/analysis/runs.hpp"

namespace echoflow::analysis {
namespace {

using graph::Activity;
using graph::ContainerIndex;
using graph::Data;
using graph::DataKind;
using graph::RelationKind;

constexpr std::size_t most_pairs = 2'000;  // of users of one data, looked at for races

struct Use {
  NodeIndex node;
  bool writes;
};

class DataFlow {
 public:
  DataFlow(const graph::ProcessGraph& graph, const std::vector<View>& views, Reporter& reporter)
      : graph_(graph), views_(views), reporter_(reporter) {
    collect();
  }

  void run() {
    for (const auto& [data, uses] : uses_) {
      check_order(data, uses);
      check_races(data, uses);
    }
  }

 private:
  const Data& data(NodeIndex n) const { return *graph_.node(n).as<Data>(); }

  /// A reference stands for what it refers to.
  NodeIndex meant(NodeIndex n) const {
    if (data(n).kind != DataKind::reference && data(n).kind != DataKind::store_reference) return n;
    const auto to = graph_.find(data(n).ref);
    return to != none && graph_.node(to).as<Data>() ? to : n;
  }

  void collect() {
    for (const auto& relation : graph_.relations) {
      const bool reads = relation.kind == RelationKind::reads, writes = relation.kind == RelationKind::writes;
      if ((!reads && !writes) || relation.from == none || relation.to == none) continue;
      if (!graph_.node(relation.to).as<Data>() || graph_.node(relation.from).as<Data>()) continue;
      uses_[meant(relation.to)].push_back({relation.from, writes});
    }
  }

  /// The node around it that lies in that container; none when it lies elsewhere.
  NodeIndex lifted(NodeIndex n, ContainerIndex to) const {
    while (n != none && graph_.node(n).container != to) n = graph_.containers[graph_.node(n).container].owner;
    return n;
  }
  /// Where several nodes meet: the innermost container around them all.
  ContainerIndex around(NodeIndex a, NodeIndex b) const {
    std::set<ContainerIndex> outer;
    for (auto c = graph_.node(a).container; c != none; c = graph_.containers[c].parent) outer.insert(c);
    for (auto c = graph_.node(b).container; c != none; c = graph_.containers[c].parent)
      if (outer.count(c)) return c;
    return none;
  }

  /// Whether others may see or give it: stores, inputs, outputs, documents.
  bool shared(NodeIndex n) const {
    switch (data(n).kind) {
      case DataKind::store:
      case DataKind::store_reference:
      case DataKind::input:
      case DataKind::output:
      case DataKind::document:
      case DataKind::property:
        return true;
      case DataKind::object:
      case DataKind::reference:
        return false;
    }
    return false;
  }

  void check_order(NodeIndex d, const std::vector<Use>& uses) {
    if (shared(d)) return;
    std::vector<NodeIndex> readers, writers;
    for (const auto& use : uses) (use.writes ? writers : readers).push_back(use.node);
    // What nothing writes comes from outside: an input that is drawn as an object.
    if (writers.empty()) return;
    if (readers.empty()) {
      if (data(d).state.empty()) reporter_.add({"AN203", {writers[0], d}});
      return;
    }
    auto home = graph_.node(writers[0]).container;
    for (const auto& use : uses) {
      const auto c = around(use.node, writers[0]);
      if (c == none) return;  // several processes hand it on by messages
      while (home != none && lifted(use.node, home) == none) home = graph_.containers[home].parent;
      if (home == none) return;
    }
    check_order_in(d, views_[home], readers, writers);
  }

  void check_order_in(NodeIndex d, const View& view, const std::vector<NodeIndex>& readers,
                      const std::vector<NodeIndex>& writers) {
    std::vector<bool> writes(view.flow.vertices.size(), false);
    for (const auto n : writers) {
      const auto at = lifted(n, view.container);
      if (at == none || view.acting[at] == none) return;  // a handler beside the flow may have been first
      writes[view.acting[at]] = true;
    }
    const auto surely = written_before(view, writes, true), perhaps = written_before(view, writes, false);
    for (const auto n : readers) {
      const auto at = lifted(n, view.container);
      if (at == none || view.acting[at] == none) continue;
      const auto v = view.acting[at];
      if (writes[v] || surely[v] || view.dead[v]) continue;
      Runs runs(view, writes);
      const auto run = runs.before_vertex(v);
      auto witness = run && avoids(*run, writes) ? runs.ids(*run) : std::vector<std::string>{};
      if (!perhaps[v]) {
        // What a branch beside it writes may be there already: AN204 tells of that where it is certain.
        const bool beside = std::any_of(writers.begin(), writers.end(), [&](NodeIndex writer) {
          return perhaps_beside(view, at, lifted(writer, view.container));
        });
        if (!beside) reporter_.add({"AN201", {n, d}, {}, std::move(witness)});
      } else if (!witness.empty()) {
        reporter_.add({"AN202", {n, d}, {}, std::move(witness), false});
      }
    }
  }

  static bool avoids(const Run& run, const std::vector<bool>& writes) {
    return std::none_of(run.begin(), run.end(), [&](const Step& step) { return writes[step.vertex]; });
  }

  /// By vertex: whether every (else: some) way there writes it before. Parallel joins know what any of their branches
  /// wrote.
  static std::vector<bool> written_before(const View& view, const std::vector<bool>& writes, bool every) {
    const auto& flow = view.flow;
    std::vector<bool> after(flow.vertices.size(), every);
    after[flow.source] = false;
    const auto before = [&](VertexIndex v) {
      const auto& vertex = flow.vertices[v];
      bool all = true, any = false;
      for (const auto e : vertex.incoming) {
        if (flow.edges[e].kind == EdgeKind::repair) continue;
        all = all && after[flow.edges[e].from];
        any = any || after[flow.edges[e].from];
      }
      const bool waits = vertex.part == Part::join && vertex.logic == Logic::parallel;
      return every && !waits ? all : any;
    };
    std::vector<VertexIndex> open;
    for (VertexIndex v = 0; v < flow.vertices.size(); ++v) open.push_back(v);
    while (!open.empty()) {
      std::vector<VertexIndex> next;
      for (const auto v : open) {
        if (v == flow.source) continue;
        const bool now = writes[v] || before(v);
        if (now == after[v]) continue;
        after[v] = now;
        for (const auto e : flow.vertices[v].outgoing) next.push_back(flow.edges[e].to);
      }
      open = std::move(next);
    }
    std::vector<bool> found(flow.vertices.size(), false);
    for (VertexIndex v = 0; v < flow.vertices.size(); ++v) found[v] = v != flow.source && before(v);
    return found;
  }

  /// One finding for each block of parallel branches in which several use it.
  void check_races(NodeIndex d, const std::vector<Use>& uses) {
    if (data(d).kind == DataKind::store || data(d).kind == DataKind::store_reference) return;
    std::size_t looked = 0;
    std::map<std::pair<ContainerIndex, FragmentIndex>, std::vector<NodeIndex>> races;
    for (std::size_t i = 0; i < uses.size() && looked < most_pairs; ++i)
      for (std::size_t j = i + 1; j < uses.size() && looked < most_pairs; ++j, ++looked) {
        const auto a = uses[i].node, b = uses[j].node;
        if (a == b || (!uses[i].writes && !uses[j].writes)) continue;
        const auto home = around(a, b);
        if (home == none || (isolated(a, home) && isolated(b, home))) continue;
        const auto block = parallel_block(views_[home], lifted(a, home), lifted(b, home));
        if (block == none) continue;
        auto& racing = races[{home, block}];
        for (const auto n : {a, b})
          if (std::find(racing.begin(), racing.end(), n) == racing.end()) racing.push_back(n);
      }
    for (auto& [block, racing] : races) {
      std::vector<std::string> words{reporter_.list(racing), reporter_.name(d)};
      racing.push_back(d);
      reporter_.add({"AN204", std::move(racing), std::move(words)});
    }
  }

  /// WS-BPEL 2.0 §12.8: what isolated scopes do with shared variables is as if one came after the other.
  bool isolated(NodeIndex n, ContainerIndex up_to) const {
    for (; n != none; n = graph_.containers[graph_.node(n).container].owner) {
      const auto& attributes = graph_.node(n).attributes;
      if (std::any_of(attributes.begin(), attributes.end(), [](const auto& a) { return a.name == "bpel.isolated"; }))
        return true;
      if (graph_.node(n).container == up_to) return false;
    }
    return false;
  }

  /// The innermost fragment that holds both in different children.
  static FragmentIndex meeting(const View& view, NodeIndex a, NodeIndex b) {
    if (a == b || view.acting[a] == none || view.acting[b] == none) return none;
    const auto above = [&](NodeIndex n) {
      std::vector<FragmentIndex> found;
      auto f = view.leaf[view.flow.vertices[view.acting[n]].outgoing.front()];
      for (; f != none; f = view.tree.fragments[f].parent) found.push_back(f);
      std::reverse(found.begin(), found.end());
      return found;
    };
    const auto one = above(a), other = above(b);
    std::size_t i = 0;
    while (i < one.size() && i < other.size() && one[i] == other[i]) ++i;
    return i == 0 || i >= one.size() || i >= other.size() ? none : one[i - 1];
  }

  /// The block whose branches hold the two, so that the structure tree shows that both can be at work at once whatever
  /// the conditions; none elsewhere.
  static FragmentIndex parallel_block(const View& view, NodeIndex a, NodeIndex b) {
    const auto found = meeting(view, a, b);
    if (found == none) return none;
    const auto& meet = view.tree.fragments[found];
    if (meet.kind != FragmentKind::bond || meet.cyclic) return none;
    const auto& entry = view.flow.vertices[meet.entry];
    const bool splits = entry.part == Part::split || entry.part == Part::source;
    return entry.logic == Logic::parallel && splits ? found : none;
  }

  /// Whether one may be at work while the other is: then neither comes before the other in every run.
  static bool perhaps_beside(const View& view, NodeIndex a, NodeIndex b) {
    const auto found = meeting(view, a, b);
    if (found == none) return false;
    const auto& meet = view.tree.fragments[found];
    if (meet.kind == FragmentKind::rigid) return meet.logic != Logic::exclusive;
    return meet.kind == FragmentKind::bond && !meet.cyclic && view.flow.vertices[meet.entry].logic != Logic::exclusive;
  }

  const graph::ProcessGraph& graph_;
  const std::vector<View>& views_;
  Reporter& reporter_;
  std::map<NodeIndex, std::vector<Use>> uses_;  ///< by data
};

}  // namespace

void check_data(const graph::ProcessGraph& graph, const std::vector<View>& views, Reporter& reporter) {
  DataFlow(graph, views, reporter).run();
}

}  // namespace echoflow::analysis
