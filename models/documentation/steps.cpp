#include "models/documentation/steps.hpp"

#include <algorithm>

#include "models/documentation/step_order.hpp"

namespace echoflow::documentation {

using graph::ActivityKind;
using graph::ContainerIndex;
using graph::FlowIndex;
using graph::GatewayKind;
using graph::NodeIndex;
using graph::RelationKind;

namespace {

constexpr int deepest = 64;

}  // namespace

StepReader::StepReader(const graph::ProcessGraph& graph, const Words& words, const std::string& process)
    : graph_(graph), words_(words), shown_(graph.containers.size(), false) {
  index_relations();
  for (ContainerIndex c = 0; c < graph.containers.size(); ++c) {
    const auto& container = graph.containers[c];
    if (container.parent == graph::none)
      shown_[c] = process.empty() || container.id == process;
    else
      shown_[c] = container.parent < c && shown_[container.parent];
  }
  // Numbers come first: a step refers to what follows it.
  std::vector<Step> all;
  for (ContainerIndex c = 0; c < graph.containers.size(); ++c) {
    if (graph.containers[c].parent != graph::none || !shown_[c]) continue;
    ProcessSteps steps;
    steps.container = c;
    steps.name = graph.containers[c].name.in(words.language());
    for (const auto& participant : graph.participants)
      if (participant.process == c && !participant.name.empty()) steps.name = participant.name.in(words.language());
    if (steps.name.empty()) steps.name = graph.containers[c].id;
    const bool several = std::count_if(graph.containers.begin(), graph.containers.end(),
                                       [](const auto& each) { return each.parent == graph::none; }) > 1 &&
                         process.empty();
    number_steps(c, several ? std::string(1, static_cast<char>('A' + processes_.size() % 26)) : "", steps.steps, 0);
    processes_.push_back(std::move(steps));
  }
  for (auto& each : processes_)
    for (auto& step : each.steps) step = describe(step.node, step.number);
}

void StepReader::index_relations() {
  for (std::size_t r = 0; r < graph_.relations.size(); ++r) {
    const auto& relation = graph_.relations[r];
    if (relation.from != graph::none) relations_[relation.from].push_back(r);
    if (relation.to != graph::none && relation.to != relation.from) relations_[relation.to].push_back(r);
  }
  for (NodeIndex node = 0; node < graph_.node_count(); ++node) {
    const auto* event = graph_.node(node).as<graph::Event>();
    if (event && event->position == graph::EventPosition::boundary && event->attached_to != graph::none)
      boundary_[event->attached_to].push_back(node);
  }
}

const std::vector<NodeIndex>& StepReader::boundary_of(NodeIndex node) const {
  static const std::vector<NodeIndex> nothing;
  auto found = boundary_.find(node);
  return found == boundary_.end() ? nothing : found->second;
}

const std::vector<std::size_t>& StepReader::relations_of(NodeIndex node) const {
  static const std::vector<std::size_t> nothing;
  auto found = relations_.find(node);
  return found == relations_.end() ? nothing : found->second;
}

bool StepReader::shown(ContainerIndex container) const {
  return container < shown_.size() && shown_[container];
}

bool StepReader::is_step(NodeIndex node) const {
  const auto& n = graph_.node(node);
  if (n.as<graph::Activity>()) return true;
  if (n.as<graph::Gateway>()) return graph_.outgoing(node).size() > 1;
  const auto* event = n.as<graph::Event>();
  return event && !event->definitions.empty() &&
         (event->position == graph::EventPosition::intermediate_catch ||
          event->position == graph::EventPosition::intermediate_throw);
}

std::vector<NodeIndex> StepReader::in_order(ContainerIndex container) const {
  return StepOrder(*this).of(container);
}

void StepReader::number_steps(ContainerIndex container, const std::string& prefix, std::vector<Step>& to, int depth) {
  int count = 0;
  for (NodeIndex node : in_order(container)) {
    if (graph_.node(node).container != container || !is_step(node)) continue;
    std::string number = prefix;
    if (!number.empty()) number += depth == 0 ? "" : ".";
    number += std::to_string(++count);
    numbers_[node] = number;
    Step step;
    step.node = node;
    step.number = number;
    to.push_back(std::move(step));
    const auto* activity = graph_.node(node).as<graph::Activity>();
    if (activity && activity->body != graph::none && activity->body < graph_.containers.size() &&
        activity->body != container && depth < deepest)
      number_steps(activity->body, number, to, depth + 1);
  }
}

std::string StepReader::name(NodeIndex node) const {
  const auto& n = graph_.node(node);
  std::string text(n.name.in(words_.language()));
  std::replace(text.begin(), text.end(), '\n', ' ');
  // A BPEL activity's id is its path: the last step tells enough.
  return text.empty() ? words_(Word::unnamed, n.id.substr(n.id.find_last_of('/') + 1)) : text;
}

std::string StepReader::number(NodeIndex node) const {
  auto found = numbers_.find(node);
  return found == numbers_.end() ? "" : found->second;
}

std::string StepReader::anchor(NodeIndex node) const {
  auto found = numbers_.find(node);
  return found == numbers_.end() ? "" : "step-" + found->second;
}

std::string StepReader::title(NodeIndex node) const {
  std::string text = number(node);
  const auto& n = graph_.node(node);
  if (n.name.empty() && n.as<graph::Gateway>() && !text.empty()) return text;
  if (!text.empty()) text += ' ';
  return text += name(node);
}

void StepReader::ends_of(NodeIndex node, std::vector<NodeIndex>& ends) const {
  std::vector<NodeIndex> open{node};
  std::vector<NodeIndex> seen;
  while (!open.empty()) {
    const NodeIndex at = open.back();
    open.pop_back();
    if (std::find(seen.begin(), seen.end(), at) != seen.end()) continue;
    seen.push_back(at);
    if (is_step(at) || graph_.outgoing(at).empty()) {
      ends.push_back(at);
      continue;
    }
    for (FlowIndex flow : graph_.outgoing(at)) open.push_back(graph_.target(flow));
  }
}

std::string StepReader::where(FlowIndex flow) const {
  std::vector<NodeIndex> ends;
  ends_of(graph_.target(flow), ends);
  std::string text;
  for (NodeIndex end : ends) {
    if (!text.empty()) text += ", ";
    if (is_step(end)) {
      text += title(end);
      continue;
    }
    const auto& n = graph_.node(end);
    text += words_(Word::ends_process);
    if (!n.name.empty()) text += words_.language() == "de" ? " „" + name(end) + "“" : " “" + name(end) + "”";
  }
  return text;
}

std::string StepReader::way(FlowIndex flow) const {
  const auto& f = graph_.flow(flow);
  if (!f.name.empty()) return std::string(f.name.in(words_.language()));
  const NodeIndex target = graph_.target(flow);
  const auto* event = graph_.node(target).as<graph::Event>();
  if (event && !graph_.node(target).name.empty()) return name(target);
  if (graph_.node(graph_.source(flow)).default_flow == flow) return words_(Word::otherwise);
  return f.condition ? f.condition->text : "";
}

std::vector<std::string> StepReader::next(NodeIndex node) const {
  std::vector<std::string> ways;
  for (FlowIndex flow : graph_.outgoing(node)) {
    const std::string label = way(flow);
    ways.push_back(label.empty() ? words_(Word::goes_on_at, where(flow)) : words_(Word::branch, label, where(flow)));
  }
  return ways;
}

std::vector<std::string> StepReader::who(NodeIndex node) const {
  std::vector<std::string> names;
  auto add = [&](std::string text) {
    if (!text.empty() && std::find(names.begin(), names.end(), text) == names.end()) names.push_back(std::move(text));
  };
  for (std::size_t r : relations_of(node)) {
    const auto& relation = graph_.relations[r];
    if (relation.kind == RelationKind::executes && relation.to == node && relation.from != graph::none)
      add(name(relation.from));
  }
  const auto& n = graph_.node(node);
  if (names.empty() && !n.lanes.empty()) {
    const NodeIndex lane = graph_.find(n.lanes.back());
    if (lane != graph::none) add(name(lane));
  }
  if (names.empty() && n.container != graph::none) {  // the lanes of what it is inside of
    const auto owner = graph_.containers[n.container].owner;
    if (owner != graph::none && owner != node) return who(owner);
    for (const auto& participant : graph_.participants)
      if (participant.process == n.container) add(std::string(participant.name.in(words_.language())));
  }
  return names;
}

}  // namespace echoflow::documentation
