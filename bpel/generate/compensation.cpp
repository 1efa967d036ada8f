#include <algorithm>

#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventDefinition;
using graph::EventType;
using graph::Relation;
using graph::RelationKind;

namespace {

/// The activity that a compensation boundary event leads to.
NodeIndex undone_by(const graph::ProcessGraph& graph, NodeIndex boundary) {
  for (const Relation& relation : graph.relations) {
    if (relation.kind == RelationKind::compensates && relation.from == boundary) return relation.to;
  }
  return none;
}

bool has_type(const graph::ProcessGraph& graph, NodeIndex node, EventType type) {
  const Event* event = node == none ? nullptr : graph.node(node).as<Event>();
  return event != nullptr && !event->definitions.empty() && event->definitions[0].type == type;
}

}  // namespace

/// What undoes an activity, in its compensation handler: nothing where it has none of its own.
Elements Writer::undo(NodeIndex node) {
  ++depth_;
  const bool outer_again = again_;
  again_ = true;
  Elements result;
  for (const NodeIndex b : graph_.boundary_of(node)) {
    if (!has_type(graph_, b, EventType::compensation)) continue;
    const NodeIndex by = undone_by(graph_, b);
    if (by == none) {
      refuse(generated_.findings, graph_, b,
             called(graph_, b) + " must be associated with the activity that compensates");
      continue;
    }
    Elements body = framed([&] {
      return sided(true,
                   [&] { return guarded(by, boundary_of(by), "", [&] { return repeated(by, boundary_of(by)); }); });
    });
    result.insert(result.end(), std::make_move_iterator(body.begin()), std::make_move_iterator(body.end()));
  }
  const ContainerIndex inside = graph_.node(node).as<Activity>()->body;
  if (inside != none) {
    for (const NodeIndex n : graph_.nodes_of(inside)) {
      const Activity* sub = graph_.node(n).as<Activity>();
      if (sub == nullptr || sub->kind != ActivityKind::event_sub_process) continue;
      if (!has_type(graph_, start_of(n), EventType::compensation)) continue;
      Elements body = event_sub_process(n);
      result.insert(result.end(), std::make_move_iterator(body.begin()), std::make_move_iterator(body.end()));
    }
  }
  --depth_;
  again_ = outer_again;
  return result;
}

bool Writer::compensable(NodeIndex node) const {
  const Activity* activity = graph_.node(node).as<Activity>();
  if (activity == nullptr || activity->kind == ActivityKind::event_sub_process || activity->for_compensation)
    return false;
  for (const NodeIndex b : graph_.boundary_of(node)) {
    if (has_type(graph_, b, EventType::compensation)) return true;
  }
  if (activity->body == none) return false;
  const std::vector<NodeIndex> inside = graph_.nodes_of(activity->body);
  return std::any_of(inside.begin(), inside.end(), [&](NodeIndex n) {
    const Activity* sub = graph_.node(n).as<Activity>();
    if (sub != nullptr && sub->kind == ActivityKind::event_sub_process)
      return has_type(graph_, start_of(n), EventType::compensation);
    return compensable(n);
  });
}

const std::string& Writer::counter_of(NodeIndex node) {
  const auto [found, added] = counters_.try_emplace(node);
  if (added) {
    Elements* const inner = variables_;
    variables_ = process_variables_;
    found->second = declare("done", node);
    variables_ = inner;
  }
  return found->second;
}

const std::string& Writer::cancelling() {
  if (!cancelling_.empty()) return cancelling_;
  Elements* const inner = variables_;
  variables_ = process_variables_;
  cancelling_ = declare("cancelling", none);
  variables_ = inner;
  return cancelling_;
}

/// The activities of a container, the last of the flow first.
std::vector<NodeIndex> Writer::last_first(ContainerIndex container) const {
  std::vector<NodeIndex> order;
  std::set<NodeIndex> seen;
  const auto visit = [&](NodeIndex from) {
    std::vector<std::pair<NodeIndex, std::size_t>> stack{{from, 0}};
    if (!seen.insert(from).second) return;
    while (!stack.empty()) {
      auto& [node, next] = stack.back();
      std::vector<NodeIndex> after;
      for (const FlowIndex flow : graph_.outgoing(node)) after.push_back(graph_.target(flow));
      for (const NodeIndex b : graph_.boundary_of(node)) after.push_back(b);
      if (next == after.size()) {
        order.push_back(node);
        stack.pop_back();
        continue;
      }
      const NodeIndex to = after[next++];
      if (seen.insert(to).second) stack.emplace_back(to, 0);
    }
  };
  const Entry entry = entry_of(container);
  for (const NodeIndex n : entry.nodes) visit(n);
  for (const NodeIndex n : graph_.nodes_of(container)) visit(n);
  return order;
}

// BPMN 2.0 §13.5.5: a compensation event undoes what is complete, the last first: one activity, or all of the
// sub-process that it stands in. BPEL compensates in handlers alone, so what is complete is counted, and undone in
// line.
Elements Writer::compensate(NodeIndex node, const EventDefinition& definition) {
  ContainerIndex container = graph_.node(node).container;
  const NodeIndex owner = graph_.containers[container].owner;
  if (owner != none && graph_.node(owner).as<Activity>()->kind == ActivityKind::event_sub_process)
    container = graph_.node(owner).container;
  if (definition.ref.empty()) {
    Elements all = undo_container(container);
    if (all.empty()) return {mark(node)};
    return all;
  }
  const NodeIndex which = graph_.find(definition.ref);
  if (which == none || !compensable(which)) {
    refuse(generated_.findings, graph_, node,
           called(graph_, node) + " compensates '" + definition.ref + "', which nothing can undo");
    return {};
  }
  return undo_counted(which);
}

Elements Writer::undo_container(ContainerIndex container) {
  Elements result;
  for (const NodeIndex n : last_first(container)) {
    if (!compensable(n)) continue;
    Elements one = undo_counted(n);
    result.insert(result.end(), std::make_move_iterator(one.begin()), std::make_move_iterator(one.end()));
  }
  return result;
}

Elements Writer::undo_counted(NodeIndex node) {
  const graph::Node& at = graph_.node(node);
  const Activity& activity = *at.as<Activity>();
  if (activity.loop.kind == graph::LoopKind::multi_parallel ||
      activity.loop.kind == graph::LoopKind::multi_sequential || activity.loop.kind == graph::LoopKind::standard) {
    refuse(generated_.findings, graph_, node,
           called(graph_, node) + " is done several times and is to be compensated, which is not supported");
    return {};
  }
  const std::string counter = counter_of(node);
  ++depth_;
  Elements body = framed([&] {
    Elements all{assign(counter, "$" + counter + " - 1")};
    Elements handler = undo(node);
    if (handler.empty() && activity.body != none) handler = undo_container(activity.body);
    all.insert(all.end(), std::make_move_iterator(handler.begin()), std::make_move_iterator(handler.end()));
    return all;
  });
  --depth_;
  Element repeat("while");
  repeat.source = at.id;
  repeat.add(with_text("condition", "$" + counter + " > 0"));
  repeat.add(sequence_of(std::move(body)));
  return {repeat};
}

}  // namespace echoflow::generate
