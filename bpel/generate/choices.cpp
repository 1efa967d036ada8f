#include <algorithm>

#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using graph::Event;
using graph::EventDefinition;
using graph::EventType;

/// The variable that a vertex's outcome is kept in.
const std::string& Writer::outcome(Region& region, VertexIndex v) {
  const auto [found, added] = region.variables.try_emplace(v);
  if (added) found->second = declare("outcome", region.net->vertices[v].node);
  return found->second;
}

// BPMN 2.0 §13.4.2: the conditions in the order of the flows; the first that holds is taken, else the default flow.
std::vector<Writer::Way> Writer::ways(Region& region, VertexIndex split) {
  const Vertex& at = region.net->vertices[split];
  std::vector<Way> result;
  std::vector<Way> otherwise;
  for (const EdgeIndex e : at.out) {
    const Edge& edge = region.net->edges[e];
    if (edge.outcome < 0) {
      result.push_back({e, "false()"});
    } else if (at.of != none) {
      if (edge.outcome == 0)
        otherwise.push_back({e, ""});
      else
        result.push_back({e, "$" + outcome(region, at.of) + " = " + std::to_string(edge.outcome)});
    } else if (edge.flow == none || edge.flow == graph_.node(at.node).default_flow) {
      otherwise.push_back({e, ""});
    } else if (const auto& condition = graph_.flow(edge.flow).condition) {
      const auto text = content_.condition(*condition, graph_.node(at.node).container, graph_.flow(edge.flow).id);
      result.push_back({e, text.value_or("false()")});
    } else if (const auto decided = at.out.size() > 1 ? content_.decision(edge.flow) : std::nullopt) {
      result.push_back({e, *decided});
    } else {
      otherwise.push_back({e, ""});
    }
  }
  if (otherwise.size() > 1) {
    refuse(generated_.findings, graph_, at.node,
           called(graph_, at.node) + " must say a condition on each flow that leaves it, but the default one");
    otherwise.resize(1);
  }
  result.insert(result.end(), otherwise.begin(), otherwise.end());
  return result;
}

// BPMN 2.0 §13.4.3: every flow whose condition holds; the default flow where none does. A flow of an activity without a
// condition is taken always (§13.3.2).
std::vector<Writer::Way> Writer::inclusive_ways(Region& region, VertexIndex split) {
  const Vertex& at = region.net->vertices[split];
  std::vector<Way> result;
  EdgeIndex otherwise = none;
  std::string any;
  bool always = false;
  const bool gateway = graph_.node(at.node).as<graph::Gateway>() != nullptr;
  for (const EdgeIndex e : at.out) {
    const FlowIndex flow = region.net->edges[e].flow;
    if (flow != none && flow == graph_.node(at.node).default_flow) {
      otherwise = e;
      continue;
    }
    std::optional<std::string> text;
    if (flow != none && graph_.flow(flow).condition) {
      text = content_.condition(*graph_.flow(flow).condition, graph_.node(at.node).container, graph_.flow(flow).id);
      if (!text) text = "false()";
    } else if (flow != none && gateway) {
      text = content_.decision(flow);
    }
    if (!text) {
      always = always || flow != none;
      result.push_back({e, ""});
      continue;
    }
    result.push_back({e, *text});
    any += (any.empty() ? "(" : " or (") + *text + ")";
  }
  if (gateway && always)
    refuse(generated_.findings, graph_, at.node,
           called(graph_, at.node) + " must say a condition on each flow that leaves it, but the default one");
  const std::string none_holds = any.empty() ? "false()" : "not(" + any + ")";
  if (otherwise != none)
    result.push_back({otherwise, none_holds});
  else if (!always && !any.empty())
    result.push_back({none, none_holds});
  return result;
}

Elements Writer::choose(Region& region, VertexIndex split, const std::map<EdgeIndex, Elements>& contents) {
  Element chosen("if");
  chosen.source = gateway_id(region.net->vertices[split].node);
  bool otherwise = false;
  bool first = true;
  const std::vector<Way> all = ways(region, split);
  for (const Way& way : all) {
    const auto found = contents.find(way.edge);
    Elements content = found == contents.end() ? Elements{} : found->second;
    if (way.condition.empty()) {
      if (first) return content;
      otherwise = true;
      if (content.empty()) continue;
      chosen.add(Element("else")).add(sequence_of(std::move(content)));
      continue;
    }
    Element& branch = first ? chosen : chosen.add(Element("elseif"));
    branch.add(with_text("condition", way.condition));
    branch.add(sequence_of(std::move(content)));
    first = false;
  }
  // BPMN 2.0 §13.4.2: without a condition that holds and without a default flow there is an exception.
  if (!otherwise) chosen.add(Element("else")).add(fault("tns:noFlow"));
  return {chosen};
}

/// What is waited for by a catching event, or by a receive task.
std::vector<EventDefinition> Writer::awaited(NodeIndex node) const {
  if (const Event* event = graph_.node(node).as<Event>()) return event->definitions;
  const graph::Activity* activity = graph_.node(node).as<graph::Activity>();
  if (activity == nullptr || activity->kind != graph::ActivityKind::receive_task) return {};
  EventDefinition message;
  message.type = EventType::message;
  message.ref = activity->message;
  message.operation = activity->operation;
  return {message};
}

VertexIndex Writer::first_work(const Region& region, EdgeIndex edge) const {
  VertexIndex v = region.net->edges[edge].to;
  while (region.net->vertices[v].op == Op::pass && region.net->vertices[v].out.size() == 1)
    v = region.net->edges[region.net->vertices[v].out[0]].to;
  return region.net->vertices[v].op == Op::work ? v : none;
}

// BPMN 2.0 §13.4.4: the first event decides.
Elements Writer::pick(Region& region, VertexIndex split, const std::function<Elements(EdgeIndex)>& contents) {
  const Vertex& at = region.net->vertices[split];
  Elements result;
  Element chosen("pick");
  chosen.source = graph_.node(at.node).id;
  chosen.set("name", unique(ncname(chosen.source), chosen.source));
  Elements messages;
  Elements alarms;
  for (const EdgeIndex edge : at.out) {
    const VertexIndex work = first_work(region, edge);
    const auto definitions = work == none ? std::vector<EventDefinition>{} : awaited(region.net->vertices[work].node);
    const bool alone =
        definitions.size() == 1 || (work != none && !definitions.empty() &&
                                    !graph_.node(region.net->vertices[work].node).as<Event>()->parallel_multiple);
    if (!alone) {
      refuse(generated_.findings, graph_, at.node,
             called(graph_, at.node) +
                 " must lead to catching events or receive tasks alone, each waiting for any one event");
      continue;
    }
    region.consumed.insert(work);
    const NodeIndex node = region.net->vertices[work].node;
    Elements content = contents(edge);
    for (const EventDefinition& definition : definitions) {
      auto trigger = content_.pick_arm(node, definition);
      if (!trigger) continue;
      if (!trigger->guard.empty() || !trigger->at_once.empty()) {
        refuse(generated_.findings, graph_, node,
               called(graph_, node) +
                   " is a conditional event behind an event-based gateway, which BPEL's pick cannot wait for");
        continue;
      }
      result.insert(result.end(), trigger->before.begin(), trigger->before.end());
      variables_->insert(variables_->end(), trigger->variables.begin(), trigger->variables.end());
      Elements body = trigger->first;
      body.insert(body.end(), content.begin(), content.end());
      Element arm = std::move(trigger->element);
      arm.source = graph_.node(node).id;
      const bool alarm = arm.name == "onAlarm";
      arm.add(sequence_of(std::move(body)));
      (alarm ? alarms : messages).push_back(std::move(arm));
    }
  }
  if (messages.empty()) {
    // A pick needs a message: the first alarm alone would do, so a wait for it is a pick without one.
    if (!alarms.empty())
      refuse(generated_.findings, graph_, at.node,
             called(graph_, at.node) + " waits for timers alone; leave the later ones out and use a timer event");
    return result;
  }
  chosen.children = std::move(messages);
  chosen.children.insert(chosen.children.end(), std::make_move_iterator(alarms.begin()),
                         std::make_move_iterator(alarms.end()));
  result.push_back(std::move(chosen));
  return result;
}

}  // namespace echoflow::generate
