#include <algorithm>

#include "bpel/generate/names.hpp"
#include "bpel/generate/writer.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::generate {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventPosition;
using graph::EventType;
using graph::Gateway;

Writer::Writer(const graph::ProcessGraph& graph, Content& content, Generated& generated)
    : graph_(graph), content_(content), generated_(generated) {}

std::string Writer::unique(std::string base, std::string_view source) {
  std::string name = base;
  for (int i = 2; !names_.insert(name).second; ++i) name = base + "_" + std::to_string(i);
  if (!source.empty()) generated_.sources[name] = std::string(source);
  return name;
}

/// A variable of the scope that is being written.
std::string Writer::declare(std::string base, NodeIndex node, std::string_view initial) {
  const std::string id = node == none ? std::string() : graph_.node(node).id;
  const std::string name = unique(base + (id.empty() ? "" : "_" + ncname(id)), id);
  Element variable("variable", {{"name", name}, {"type", "xsd:int"}});
  variable.add(with_text("from", std::string(initial)));
  variables_->push_back(std::move(variable));
  return name;
}

/// What the body declares becomes a scope of its own, so that every repetition begins afresh.
Elements Writer::framed(const Body& body) {
  Elements own;
  Elements* const outer = variables_;
  variables_ = &own;
  Elements activities = body();
  variables_ = outer;
  if (own.empty()) return activities;
  Element scope("scope");
  Element& variables = scope.add(Element("variables"));
  variables.children = std::move(own);
  scope.add(sequence_of(std::move(activities)));
  Elements result;
  result.push_back(std::move(scope));
  return result;
}

/// What the body adds to `sides_` runs side by side with it: nothing waits for it but the end.
Elements Writer::sided(bool round, const Body& body) {
  Sides own;
  own.round = round;
  Sides* const outer = sides_;
  sides_ = &own;
  Elements activities = body();
  sides_ = outer;
  if (own.activities.empty()) return activities;
  Element flow("flow");
  flow.add(Element("links")).children = std::move(own.links);
  flow.add(sequence_of(std::move(activities)));
  for (Element& each : own.activities) flow.add(std::move(each));
  return {flow};
}

Element Writer::scope_of(Elements activities, const std::string& base, NodeIndex node) {
  const std::string id = node == none ? std::string() : graph_.node(node).id;
  Element scope("scope", {{"name", unique(base + ncname(id), id)}});
  scope.source = id;
  scope.add(sequence_of(std::move(activities)));
  return scope;
}

/// The one activity when it is a plain scope already, else a scope around all.
Element Writer::as_scope(Elements activities, const std::string& base, NodeIndex node) {
  if (activities.size() == 1 && activities[0].name == "scope") {
    const auto& children = activities[0].children;
    const bool linked = !children.empty() && (children[0].name == "targets" || children[0].name == "sources");
    if (!linked) return std::move(activities[0]);
  }
  return scope_of(std::move(activities), base, node);
}

/// An event that only happens.
Element Writer::mark(NodeIndex node) {
  const std::string& id = graph_.node(node).id;
  Element empty("empty", {{"name", unique(ncname(id), id)}});
  empty.source = id;
  return empty;
}

std::string Writer::gateway_id(NodeIndex node) const {
  return node == none || graph_.node(node).as<Gateway>() == nullptr ? std::string() : graph_.node(node).id;
}

void Writer::changed(NodeIndex node, std::string what) {
  const graph::Node& at = graph_.node(node);
  generated_.report.push_back({graph::LossKind::changed, at.id, "", std::move(what), at.where});
}

namespace {

bool flows_in(const graph::ProcessGraph& graph, NodeIndex n) {
  const graph::Node& node = graph.node(n);
  if (const Activity* activity = node.as<Activity>())
    return activity->kind != ActivityKind::event_sub_process && !activity->for_compensation;
  if (const Event* event = node.as<Event>()) {
    const bool link = event->position == EventPosition::intermediate_catch && !event->definitions.empty() &&
                      event->definitions[0].type == EventType::link;
    return event->position != EventPosition::boundary && !link;
  }
  return node.as<Gateway>() != nullptr;
}

}  // namespace

// BPMN 2.0 §13.3.4: a sub-process begins at its start event, or at all that no flow leads to.
Entry Writer::entry_of(ContainerIndex container) const {
  Entry entry;
  std::vector<NodeIndex> plain;
  std::vector<NodeIndex> others;
  for (const NodeIndex n : graph_.nodes_of(container)) {
    if (!flows_in(graph_, n)) continue;
    const Event* event = graph_.node(n).as<Event>();
    if (event != nullptr && event->position == EventPosition::start) {
      (event->definitions.empty() ? plain : entry.nodes).push_back(n);
    } else if (graph_.incoming(n).empty()) {
      others.push_back(n);
    }
  }
  if (!plain.empty()) entry.nodes = plain;
  if (entry.nodes.empty()) entry.nodes = others;
  return entry;
}

// BPMN 2.0 §13.2: one of the start events, or of the instantiating receive tasks and event-based gateways' events,
// begins the process.
Entry Writer::process_entry(ContainerIndex process, std::vector<NodeIndex>& starts) const {
  Entry entry;
  for (const NodeIndex n : graph_.nodes_of(process)) {
    const graph::Node& node = graph_.node(n);
    const Event* event = node.as<Event>();
    const Activity* activity = node.as<Activity>();
    const Gateway* gateway = node.as<Gateway>();
    if (event != nullptr && event->position == EventPosition::start) starts.push_back(n);
    if (activity != nullptr && activity->instantiate && graph_.incoming(n).empty()) starts.push_back(n);
    if (gateway != nullptr && gateway->instantiate) {
      for (const FlowIndex flow : graph_.outgoing(n)) starts.push_back(graph_.target(flow));
    }
  }
  entry.nodes = starts;
  entry.choice = starts.size() > 1;
  if (starts.empty()) {
    for (const NodeIndex n : graph_.nodes_of(process)) {
      if (flows_in(graph_, n) && graph_.incoming(n).empty()) entry.nodes.push_back(n);
    }
  }
  return entry;
}

Elements Writer::net_of(const Entry& entry, const std::string& choice) {
  if (entry.nodes.empty() && entry.flows.empty()) return {};
  Net net = build_net(graph_, entry, generated_.findings);
  for (Vertex& vertex : net.vertices) {
    const Event* event = vertex.op == Op::work ? graph_.node(vertex.node).as<Event>() : nullptr;
    if (event == nullptr || event->position != EventPosition::intermediate_catch || event->definitions.size() != 1)
      continue;
    const graph::EventDefinition& definition = event->definitions[0];
    if (definition.type != EventType::timer || definition.timer != graph::TimerKind::cycle) continue;
    const auto cycle = content_.cycle(vertex.node, definition, "1");
    if (!cycle) continue;
    vertex.cycle = true;
    vertex.gives = cycle->first;
  }
  net = resolve_tokens(graph_, std::move(net), generated_.findings);
  for (const Vertex& vertex : net.vertices) {
    if (vertex.op != Op::work || started_.count(vertex.node) != 0) continue;
    const Event* event = graph_.node(vertex.node).as<Event>();
    if (event == nullptr || event->position == EventPosition::intermediate_catch)
      listen(vertex.node, awaited(vertex.node));
  }
  if (net.source == none || has_errors(generated_.findings)) return {};
  const Structure structure(net);
  Region region;
  region.net = &net;
  region.structure = &structure;
  if (entry.choice) region.variables[net.source] = choice;
  return sided(false, [&] { return run(region, structure.whole()); });
}

void Writer::process(ContainerIndex process) {
  names_.clear();
  counters_.clear();
  started_.clear();
  cancelling_.clear();
  listening_.clear();
  Elements own;
  variables_ = process_variables_ = &own;
  std::vector<NodeIndex> starts;
  const Entry entry = process_entry(process, starts);
  Start start = content_.start(process, starts);
  started_.insert(starts.begin(), starts.end());
  counts_ = false;
  for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
    const Event* event = graph_.node(n).as<Event>();
    if (event == nullptr || event->position == EventPosition::boundary || event->position == EventPosition::start)
      continue;
    for (const graph::EventDefinition& each : event->definitions)
      counts_ = counts_ || each.type == EventType::compensation;
  }
  calling_ = {process};
  Elements body = container(process, none, true, [&] { return net_of(entry, start.choice); });

  const graph::Container& at = graph_.containers[process];
  Element root(
      "process",
      {{"name", ncname(at.id)}, {"targetNamespace", target_namespace(graph_)}, {"suppressJoinFailure", "yes"}});
  root.source = at.id;
  generated_.sources[ncname(at.id)] = at.id;
  root.children = content_.process_frame(process, std::move(own));
  Elements activities = std::move(start.activities);
  activities.insert(activities.end(), std::make_move_iterator(body.begin()), std::make_move_iterator(body.end()));
  root.add(sequence_of(std::move(activities)));
  generated_.files[ncname(at.id) + ".bpel"] = to_text(root, ns::bpel, target_namespace(graph_));
}

}  // namespace echoflow::generate
