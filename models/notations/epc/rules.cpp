#include "models/notations/epc/rules.hpp"

#include <set>
#include <string>

namespace echoflow::epc {
namespace {

using graph::NodeIndex;

/// docs/epc-rules.md says each rule in full. A chain that breaks an error's rule cannot be run.
struct Rule {
  std::string_view id;
  Severity severity;
};
constexpr Rule events_alternate{"EPC001", Severity::warning};
constexpr Rule functions_alternate{"EPC002", Severity::warning};
constexpr Rule event_decides{"EPC003", Severity::warning};
constexpr Rule joins_and_splits{"EPC004", Severity::warning};
constexpr Rule needless_connector{"EPC005", Severity::warning};
constexpr Rule no_start{"EPC006", Severity::error};
constexpr Rule starts_with_event{"EPC007", Severity::warning};
constexpr Rule ends_with_event{"EPC008", Severity::warning};
constexpr Rule branches_alone{"EPC009", Severity::warning};
constexpr Rule not_connected{"EPC010", Severity::warning};
constexpr Rule empty_chain{"EPC011", Severity::warning};
constexpr Rule nothing_at_all{"EPC012", Severity::error};
constexpr Rule interface_inside{"EPC013", Severity::warning};
constexpr Rule flow_to_itself{"EPC015", Severity::warning};
constexpr Rule same_flow_twice{"EPC016", Severity::warning};
constexpr Rule unnamed{"EPC017", Severity::warning};
constexpr Rule starts_with_connector{"EPC018", Severity::error};

/// How far is looked for what follows: nobody draws more connectors in a row.
constexpr std::size_t most_connectors = 256;

class Checker {
 public:
  Checker(const graph::ProcessGraph& graph, const Kinds& kinds, Diagnostics& findings)
      : graph_(graph), kinds_(kinds), findings_(findings) {}

  void check() {
    check_containers();
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      if (flows(kinds_[n])) check_node(n);
    for (graph::FlowIndex f = 0; f < graph_.flow_count(); ++f) check_flow(f);
  }

 private:
  void add(const Rule& rule, const SourceLocation& where, std::string message) {
    add_finding(findings_, {std::string(rule.id), rule.severity, std::move(message), where});
  }
  std::string called(NodeIndex n) const {
    const auto& node = graph_.node(n);
    std::string text = "'" + node.id + "'";
    if (const auto name = node.name.in("en"); !name.empty()) ((text += " (") += name) += ')';
    return text;
  }

  void check_containers();
  void check_node(NodeIndex n);
  void check_connector(NodeIndex n);
  void check_start(NodeIndex n);
  void check_flow(graph::FlowIndex f);
  void check_next(NodeIndex n);
  /// Calls `see` with each function, event or interface that comes after `n`, through connectors.
  template <class See>
  void after(NodeIndex n, See see) const;

  const graph::ProcessGraph& graph_;
  const Kinds& kinds_;
  Diagnostics& findings_;
  std::set<std::pair<NodeIndex, NodeIndex>> seen_;
};

void Checker::check_containers() {
  std::vector<std::size_t> elements(graph_.containers.size()), starts(graph_.containers.size());
  for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
    if (!flows(kinds_[n])) continue;
    ++elements[graph_.node(n).container];
    if (graph_.incoming(n).empty()) ++starts[graph_.node(n).container];
  }
  std::size_t filled = 0;
  for (std::size_t c = 0; c < graph_.containers.size(); ++c) {
    const auto& container = graph_.containers[c];
    if (elements[c] > 0) ++filled;
    if (elements[c] == 0)
      add(empty_chain, container.where, "The chain '" + container.id + "' has no events and functions.");
    else if (starts[c] == 0)
      add(no_start, container.where,
          "The chain '" + container.id + "' has no start: every element has an arrow to it. Add an event without one.");
  }
  if (filled == 0)
    add(nothing_at_all, {graph_.file, 1, 1},
        "The file has no chain with events and functions; there is nothing to run.");
}

void Checker::check_node(NodeIndex n) {
  const auto& node = graph_.node(n);
  const auto in = graph_.incoming(n).size();
  const auto out = graph_.outgoing(n).size();
  if (in + out == 0) add(not_connected, node.where, called(n) + " has no arrows; connect it or remove it.");
  if (is_connector(kinds_[n])) return check_connector(n);
  if (node.name.empty()) add(unnamed, node.where, called(n) + " has no name; a reader will not know what it is.");
  if (in > 1 || out > 1)
    add(branches_alone, node.where,
        called(n) +
            " has more than one arrow on a side; only connectors branch and join. It is read as going on in all.");
  if (in == 0 || out == 0) check_start(n);
  if (in > 0 && out > 0 && kinds_[n] == ObjectKind::interface)
    add(interface_inside, node.where,
        called(n) + " stands within the chain, but an interface begins or ends one; it is read as a call.");
  check_next(n);
}

void Checker::check_connector(NodeIndex n) {
  const auto& node = graph_.node(n);
  const auto in = graph_.incoming(n).size();
  const auto out = graph_.outgoing(n).size();
  if (in > 1 && out > 1) add(joins_and_splits, node.where, called(n) + " joins and splits; draw a connector for each.");
  if (in == 1 && out == 1)
    add(needless_connector, node.where, called(n) + " has one arrow in and one out; it does nothing.");
  if (in == 0 && out > 0)
    add(starts_with_connector, node.where, called(n) + " begins the chain; put the start event in front of it.");
  if (out == 0 && in > 0) add(ends_with_event, node.where, called(n) + " ends the chain; put an end event behind it.");
}

void Checker::check_start(NodeIndex n) {
  if (kinds_[n] != ObjectKind::function) return;
  const auto& node = graph_.node(n);
  if (graph_.incoming(n).empty())
    add(starts_with_event, node.where, called(n) + " begins the chain; put the event in front of it that triggers it.");
  if (graph_.outgoing(n).empty())
    add(ends_with_event, node.where, called(n) + " ends the chain; put the event behind it that it results in.");
}

template <class See>
void Checker::after(NodeIndex n, See see) const {
  std::vector<NodeIndex> waiting{n};
  std::set<NodeIndex> passed;
  while (!waiting.empty() && passed.size() < most_connectors) {
    const NodeIndex at = waiting.back();
    waiting.pop_back();
    for (const auto f : graph_.outgoing(at)) {
      const NodeIndex next = graph_.target(f);
      if (!is_connector(kinds_[next]))
        see(next);
      else if (passed.insert(next).second)
        waiting.push_back(next);
    }
  }
}

/// Events and functions take turns, also across connectors, and only a function decides.
void Checker::check_next(NodeIndex n) {
  const auto kind = kinds_[n];
  if (kind != ObjectKind::event && kind != ObjectKind::function) return;
  bool same = false;
  after(n, [&](NodeIndex next) { same = same || kinds_[next] == kind; });
  const auto& node = graph_.node(n);
  if (same && kind == ObjectKind::event)
    add(events_alternate, node.where, called(n) + " is followed by another event; put a function between them.");
  if (same && kind == ObjectKind::function)
    add(functions_alternate, node.where, called(n) + " is followed by another function; put an event between them.");
  if (kind != ObjectKind::event) return;
  for (const auto f : graph_.outgoing(n)) {
    const NodeIndex next = graph_.target(f);
    const bool decides = kinds_[next] == ObjectKind::exclusive || kinds_[next] == ObjectKind::inclusive;
    if (decides && graph_.outgoing(next).size() > 1)
      add(event_decides, graph_.node(next).where,
          called(next) + " decides after the event " + called(n) +
              ", but an event cannot decide; put the function that decides in front of it.");
  }
}

void Checker::check_flow(graph::FlowIndex f) {
  const auto from = graph_.source(f);
  const auto to = graph_.target(f);
  const auto& where = graph_.flow(f).where;
  if (from == to) add(flow_to_itself, where, called(from) + " has an arrow to itself.");
  if (!seen_.emplace(from, to).second)
    add(same_flow_twice, where, "There are two arrows from " + called(from) + " to " + called(to) + ".");
}

}  // namespace

void check_rules(const graph::ProcessGraph& graph, const Kinds& kinds, Diagnostics& findings) {
  Checker(graph, kinds, findings).check();
}

}  // namespace echoflow::epc
