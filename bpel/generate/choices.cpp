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

/// WS-BPEL 2.0 §10.4: two that wait for the same at the same time are a fault (conflictingReceive).
void Writer::listen(NodeIndex node, const std::vector<EventDefinition>& events) {
  const bool listens = std::any_of(events.begin(), events.end(), [](const EventDefinition& each) {
    return each.type == EventType::message || each.type == EventType::signal;
  });
  if (!listens || again_ || (listening_.insert(node).second && instances_ == 0)) return;
  refuse(
      generated_.findings, graph_, node,
      called(graph_, node) +
          " waits for a message or signal in several places at once (parallel instances, or several tokens that come "
          "to it), which cannot be told apart: let one of them wait");
}

VertexIndex Writer::first_work(const Region& region, EdgeIndex edge) const {
  VertexIndex v = region.net->edges[edge].to;
  while (region.net->vertices[v].op == Op::pass && region.net->vertices[v].out.size() == 1)
    v = region.net->edges[region.net->vertices[v].out[0]].to;
  return region.net->vertices[v].op == Op::work ? v : none;
}

namespace {

bool waits_for_condition(const std::vector<EventDefinition>& definitions) {
  return std::any_of(definitions.begin(), definitions.end(),
                     [](const EventDefinition& each) { return each.type == EventType::conditional; });
}

bool waits_for_message(const std::vector<EventDefinition>& definitions) {
  return std::any_of(definitions.begin(), definitions.end(), [](const EventDefinition& each) {
    return each.type == EventType::message || each.type == EventType::signal;
  });
}

}  // namespace

/// What a split waits for: each way with the event or receive task that it begins with.
std::vector<Writer::Arm> Writer::arms_of(Region& region, VertexIndex split) {
  const Vertex& at = region.net->vertices[split];
  std::vector<Arm> arms;
  for (const EdgeIndex edge : at.out) {
    const VertexIndex work = first_work(region, edge);
    const NodeIndex node = work == none ? none : region.net->vertices[work].node;
    auto definitions = work == none ? std::vector<EventDefinition>{} : awaited(node);
    const bool alone =
        definitions.size() == 1 || (!definitions.empty() && !graph_.node(node).as<Event>()->parallel_multiple);
    if (!alone) {
      refuse(generated_.findings, graph_, at.node,
             called(graph_, at.node) +
                 " must lead to catching events or receive tasks alone, each waiting for any one event");
      continue;
    }
    region.consumed.insert(work);
    arms.push_back({edge, node, std::move(definitions)});
  }
  return arms;
}

// BPMN 2.0 §13.4.4: the first event decides.
Elements Writer::pick(Region& region, VertexIndex split, const std::function<Elements(EdgeIndex)>& contents) {
  const NodeIndex gateway = region.net->vertices[split].node;
  const std::vector<Arm> arms = arms_of(region, split);
  const bool message =
      std::any_of(arms.begin(), arms.end(), [](const Arm& arm) { return waits_for_message(arm.events); });
  const bool condition =
      std::any_of(arms.begin(), arms.end(), [](const Arm& arm) { return waits_for_condition(arm.events); });
  if (!arms.empty() && (!message || condition)) return first_of(gateway, arms, contents);
  Elements result;
  Element chosen("pick");
  chosen.source = graph_.node(gateway).id;
  chosen.set("name", unique(ncname(chosen.source), chosen.source));
  Elements alarms;
  for (const Arm& each : arms) {
    Elements content = contents(each.edge);
    for (const EventDefinition& definition : each.events) {
      auto trigger = content_.pick_arm(each.node, definition);
      if (!trigger) continue;
      result.insert(result.end(), trigger->before.begin(), trigger->before.end());
      variables_->insert(variables_->end(), trigger->variables.begin(), trigger->variables.end());
      Elements body = trigger->first;
      body.insert(body.end(), content.begin(), content.end());
      Element arm = std::move(trigger->element);
      arm.source = graph_.node(each.node).id;
      arm.add(sequence_of(std::move(body)));
      if (arm.name == "onAlarm")
        alarms.push_back(std::move(arm));
      else
        chosen.add(std::move(arm));
    }
  }
  for (Element& alarm : alarms) chosen.add(std::move(alarm));
  result.push_back(std::move(chosen));
  return result;
}

/// What a pick cannot wait for (timers alone: WS-BPEL 2.0 §11.5 asks for a message; conditions): event handlers of a
/// scope that waits; the first ends it and notes which way is taken.
Elements Writer::first_of(NodeIndex gateway, const std::vector<Arm>& arms,
                          const std::function<Elements(EdgeIndex)>& contents) {
  const std::string happened = declare("first", gateway);
  const std::string over = "tns:first." + ncname(graph_.node(gateway).id);
  Handlers handlers;
  Element taken("if");
  taken.source = graph_.node(gateway).id;
  int number = 0;
  for (const Arm& arm : arms) {
    const std::string mine = std::to_string(++number);
    for (const EventDefinition& each : arm.events)
      watch(handlers, arm.node, each, [&] { return Elements{assign(happened, mine), fault(over)}; });
    Element& way = number == 1 ? taken : taken.add(Element("elseif"));
    way.add(with_text("condition", "$" + happened + " = " + mine));
    way.add(sequence_of(contents(arm.edge)));
  }
  catch_fault(handlers, over, {Element("empty")});
  Elements result = std::move(handlers.before);
  Elements variables = std::move(handlers.variables);
  Element scope =
      Element("scope", {{"name", unique("waits_" + ncname(graph_.node(gateway).id), graph_.node(gateway).id)}});
  scope.source = graph_.node(gateway).id;
  put_handlers(scope, std::move(handlers), {forever(none)});
  result.push_back(std::move(scope));
  result = with_variables(std::move(variables), std::move(result));
  result.push_back(std::move(taken));
  return result;
}

/// A wait that only what is around it ends.
Element Writer::forever(NodeIndex node) {
  Element wait("wait", {{"name", unique("waits_forever", {})}});
  wait.source = gateway_id(node);
  wait.add(with_text("until", "'9999-12-31T00:00:00Z'"));
  return wait;
}

}  // namespace echoflow::generate
