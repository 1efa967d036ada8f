#include "models/graph/canonical.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace echoflow::graph {
namespace {

std::string_view word(RelationKind kind) {
  switch (kind) {
    case RelationKind::executes:
      return "by";
    case RelationKind::decides:
      return "decided by";
    case RelationKind::contributes:
      return "with";
    case RelationKind::consulted:
      return "asking";
    case RelationKind::informed:
      return "telling";
    case RelationKind::reads:
      return "reads";
    case RelationKind::writes:
      return "writes";
    case RelationKind::supports:
      return "on";
    case RelationKind::measured_by:
      return "measured by";
    case RelationKind::occurs_at:
      return "risks";
    case RelationKind::annotates:
      return "noted";
    case RelationKind::compensates:
      return "undone by";
    case RelationKind::belongs_to:
      return "of";
    case RelationKind::other:
      break;
  }
  return {};
}

std::string_view word(GatewayKind kind) {
  switch (kind) {
    case GatewayKind::exclusive:
      return "xor";
    case GatewayKind::inclusive:
      return "or";
    case GatewayKind::parallel:
      return "and";
    case GatewayKind::event_based:
      return "first event";
    case GatewayKind::complex:
      return "complex";
  }
  return {};
}

std::string_view word(EventPosition position) {
  switch (position) {
    case EventPosition::start:
      return "start";
    case EventPosition::intermediate_catch:
      return "wait";
    case EventPosition::intermediate_throw:
      return "state";
    case EventPosition::boundary:
      return "interruption";
    case EventPosition::end:
      return "end";
  }
  return {};
}

/// An arrow of the canonical graph.
struct Arrow {
  NodeIndex from;
  NodeIndex to;
  std::string label;
};

class Writer {
 public:
  Writer(const ProcessGraph& graph, std::string_view language) : graph_(graph), language_(language) {}

  std::string write() {
    collect_relations();
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      if (flows(n) && !is_passed(n)) nodes_.push_back(n);
    for (const NodeIndex n : nodes_) descriptions_[n] = describe(n);
    for (const NodeIndex n : nodes_) collect_arrows(n);
    colour();
    return lines();
  }

 private:
  bool flows(NodeIndex n) const {
    const auto& node = graph_.node(n);
    return node.as<Activity>() || node.as<Event>() || node.as<Gateway>();
  }
  /// A state that is passed, or a gateway that does nothing.
  bool is_passed(NodeIndex n) const {
    if (graph_.incoming(n).size() != 1 || graph_.outgoing(n).size() != 1) return false;
    const auto& node = graph_.node(n);
    if (node.as<Gateway>()) return graph_.source(graph_.incoming(n).front()) != n;
    const auto* event = node.as<Event>();
    return event && event->position == EventPosition::intermediate_throw && event->definitions.empty();
  }
  std::string name(const Names& names) const { return std::string(names.in(language_)); }

  void collect_relations() {
    for (const auto& relation : graph_.relations) {
      if (relation.from == none || relation.to == none || relation.kind == RelationKind::other) continue;
      const bool from_activity = graph_.node(relation.from).as<Activity>() != nullptr;
      const NodeIndex activity = from_activity ? relation.from : relation.to;
      if (!graph_.node(activity).as<Activity>()) continue;
      const NodeIndex other = from_activity ? relation.to : relation.from;
      related_[activity][std::string(word(relation.kind))].insert(name(graph_.node(other).name));
    }
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto& node = graph_.node(n);
      if (!node.as<Activity>() || node.lanes.empty()) continue;
      const auto lane = graph_.find(node.lanes.back());
      if (lane != none) related_[n][std::string(word(RelationKind::executes))].insert(name(graph_.node(lane).name));
    }
  }

  std::string describe_activity(const Activity& activity) const {
    switch (activity.kind) {
      case ActivityKind::user_task:
        return "work";
      case ActivityKind::call_activity:
      case ActivityKind::process_interface: {
        const auto called = graph_.find_container(activity.called);
        return "call" + (called == none ? std::string() : " of " + name(graph_.containers[called].name));
      }
      case ActivityKind::sub_process:
      case ActivityKind::event_sub_process:
      case ActivityKind::transaction:
      case ActivityKind::ad_hoc_sub_process:
        return "part";
      case ActivityKind::task:
      case ActivityKind::manual_task:
      case ActivityKind::service_task:
      case ActivityKind::send_task:
      case ActivityKind::receive_task:
      case ActivityKind::script_task:
      case ActivityKind::business_rule_task:
        return "step";
    }
    return {};
  }

  std::string describe(NodeIndex n) const {
    const auto& node = graph_.node(n);
    std::string text;
    if (const auto* activity = node.as<Activity>()) text = describe_activity(*activity);
    if (const auto* gateway = node.as<Gateway>()) return std::string(word(gateway->kind));
    if (const auto* event = node.as<Event>()) {
      text = word(event->position);
      for (const auto& definition : event->definitions) text += " " + std::to_string(static_cast<int>(definition.type));
    }
    text += " '" + name(node.name) + "'";
    const auto related = related_.find(n);
    if (related == related_.end()) return text;
    for (const auto& [how, names] : related->second) {
      text += ", " + how;
      for (const auto& one : names) text += " '" + one + "'";
    }
    return text;
  }

  /// Names matter where they tell one way from another.
  bool decides(NodeIndex n) const {
    const auto* gateway = graph_.node(n).as<Gateway>();
    return gateway && graph_.outgoing(n).size() > 1 &&
           (gateway->kind == GatewayKind::exclusive || gateway->kind == GatewayKind::inclusive);
  }

  void collect_arrows(NodeIndex from) {
    for (const auto first : graph_.outgoing(from)) {
      std::string label = name(graph_.flow(first).name);
      std::string condition = graph_.flow(first).condition ? graph_.flow(first).condition->text : std::string();
      NodeIndex to = graph_.target(first);
      for (std::size_t n = 0; is_passed(to) && n < graph_.node_count(); ++n) {
        if (label.empty() && graph_.node(to).as<Event>()) label = name(graph_.node(to).name);
        to = graph_.target(graph_.outgoing(to).front());
      }
      if (!decides(from)) label.clear();
      if (!condition.empty()) label += " if " + condition;
      if (graph_.node(from).default_flow == first) label += " else";
      arrows_.push_back({from, to, std::move(label)});
    }
  }

  /// Tells nodes apart by what they are and what surrounds them, until nothing more can be told.
  void colour() {
    std::set<std::string> words;
    for (const auto& [n, text] : descriptions_) words.insert(text);
    std::map<std::string, std::size_t> rank;
    for (const auto& text : words) rank.emplace(text, rank.size());
    for (const NodeIndex n : nodes_) colours_[n] = rank[descriptions_[n]];
    for (std::size_t classes = words.size(), before = 0; classes != before;) {
      before = classes;
      classes = refine();
    }
  }

  using Side = std::vector<std::pair<std::string, std::size_t>>;
  std::size_t refine() {
    using Signature = std::tuple<std::size_t, Side, Side>;
    std::map<NodeIndex, Signature> signatures;
    for (const NodeIndex n : nodes_) std::get<0>(signatures[n]) = colours_[n];
    for (const auto& arrow : arrows_) {
      std::get<1>(signatures[arrow.from]).emplace_back(arrow.label, colours_[arrow.to]);
      std::get<2>(signatures[arrow.to]).emplace_back(arrow.label, colours_[arrow.from]);
    }
    std::map<Signature, std::size_t> rank;
    for (auto& [n, signature] : signatures) {
      std::sort(std::get<1>(signature).begin(), std::get<1>(signature).end());
      std::sort(std::get<2>(signature).begin(), std::get<2>(signature).end());
      rank.emplace(signature, 0);
    }
    std::size_t next = 0;
    for (auto& [signature, number] : rank) number = next++;
    for (const NodeIndex n : nodes_) colours_[n] = rank[signatures[n]];
    return rank.size();
  }

  std::string called(NodeIndex n) { return descriptions_[n] + " #" + std::to_string(colours_[n]); }

  std::string lines() {
    std::multiset<std::string> all;
    for (const NodeIndex n : nodes_) all.insert(called(n));
    for (const auto& arrow : arrows_)
      all.insert(called(arrow.from) + " -> " + (arrow.label.empty() ? std::string() : "(" + arrow.label + ") ") +
                 called(arrow.to));
    for (const auto& container : graph_.containers)
      if (container.parent == none) all.insert("process '" + name(container.name) + "'");
    std::string text;
    for (const auto& line : all) text += line + "\n";
    return text;
  }

  const ProcessGraph& graph_;
  const std::string language_;
  std::vector<NodeIndex> nodes_;
  std::map<NodeIndex, std::string> descriptions_;
  std::map<NodeIndex, std::map<std::string, std::set<std::string>>> related_;
  std::vector<Arrow> arrows_;
  std::map<NodeIndex, std::size_t> colours_;
};

}  // namespace

std::string canonical(const ProcessGraph& graph, std::string_view language) {
  return Writer(graph, language).write();
}

}  // namespace echoflow::graph
