#include <algorithm>

#include "bpel/generate/names.hpp"
#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using graph::Event;
using graph::EventDefinition;
using graph::EventPosition;
using graph::EventType;

Element Writer::fault(const std::string& name) {
  return Element("throw", {{"faultName", name}});
}

Elements Writer::event(NodeIndex node) {
  const Event& event = *graph_.node(node).as<Event>();
  switch (event.position) {
    case EventPosition::start:
    case EventPosition::boundary:
      return {mark(node)};
    case EventPosition::intermediate_catch:
      return catch_all_of(node, event);
    case EventPosition::intermediate_throw:
    case EventPosition::end:
      break;
  }
  if (event.definitions.empty()) return {mark(node)};
  Elements result;
  for (const EventDefinition& each : event.definitions) {
    Elements one = throw_one(node, each);
    result.insert(result.end(), std::make_move_iterator(one.begin()), std::make_move_iterator(one.end()));
  }
  const bool named =
      std::any_of(result.begin(), result.end(), [](const Element& each) { return !each.source.empty(); });
  if (!named && !result.empty()) result[0].source = graph_.node(node).id;
  return result;
}

// BPMN 2.0 §13.5.2, §13.5.3.
Elements Writer::throw_one(NodeIndex node, const EventDefinition& definition) {
  switch (definition.type) {
    case EventType::message:
    case EventType::signal:
      return content_.throw_event(node, definition);
    case EventType::error:
      return {fault(definition.ref.empty() ? "tns:error" : fault_name(graph_, definition.ref))};
    case EventType::escalation:
      return escalate(node, definition);
    case EventType::compensation:
      return compensate(node, definition);
    case EventType::link:
      return {mark(node)};
    case EventType::cancel:
      if (cancel_.empty()) {
        refuse(generated_.findings, graph_, node,
               called(graph_, node) + " cancels, and must be inside of a transaction");
        return {};
      }
      cancels_ = true;
      return {fault(cancel_)};
    case EventType::terminate:
      if (terminate_.empty()) return {Element("exit")};
      terminates_ = true;
      return {fault(terminate_)};
    case EventType::timer:
    case EventType::conditional:
      refuse(generated_.findings, graph_, node, called(graph_, node) + " cannot throw a timer or condition");
      return {};
  }
  return {};
}

// BPMN 2.0 §10.5.1: one of several events is enough, unless it is a parallel multiple event.
Elements Writer::catch_all_of(NodeIndex node, const Event& event) {
  if (event.definitions.empty()) return {mark(node)};
  if (event.definitions[0].type == EventType::link) return {mark(node)};
  Elements each_one;
  for (const EventDefinition& each : event.definitions) {
    if (event.definitions.size() > 1 && !event.parallel_multiple) break;
    each_one.push_back(sequence_of(content_.catch_event(node, each)));
  }
  if (event.definitions.size() == 1) return each_one;
  const std::string& id = graph_.node(node).id;
  if (event.parallel_multiple) {
    Element flow("flow", {{"name", unique(ncname(id), id)}});
    flow.source = id;
    flow.children = std::move(each_one);
    return {flow};
  }
  const auto has = [&](auto matches) {
    return std::any_of(event.definitions.begin(), event.definitions.end(), matches);
  };
  const bool message = has(
      [](const EventDefinition& each) { return each.type == EventType::message || each.type == EventType::signal; });
  if (!message || has([](const EventDefinition& each) { return each.type == EventType::conditional; }))
    return first_of(node, {{0, node, event.definitions}}, [](EdgeIndex) { return Elements{}; });
  Element pick("pick", {{"name", unique(ncname(id), id)}});
  pick.source = id;
  Elements alarms;
  Elements result;
  for (const EventDefinition& each : event.definitions) {
    auto trigger = content_.pick_arm(node, each);
    if (!trigger) continue;
    result.insert(result.end(), trigger->before.begin(), trigger->before.end());
    variables_->insert(variables_->end(), trigger->variables.begin(), trigger->variables.end());
    Element arm = std::move(trigger->element);
    arm.add(sequence_of(std::move(trigger->first)));
    if (arm.name == "onAlarm")
      alarms.push_back(std::move(arm));
    else
      pick.add(std::move(arm));
  }
  for (Element& alarm : alarms) pick.add(std::move(alarm));
  result.push_back(std::move(pick));
  return result;
}

// BPMN 2.0 §13.5.5 (escalation): the innermost that catches it; where nothing does, it is without effect.
Elements Writer::escalate(NodeIndex node, const EventDefinition& definition) {
  for (std::size_t i = catchers_.size(); i-- > 0;) {
    Catcher& catcher = catchers_[i];
    if (!catcher.escalation.empty() && catcher.escalation != definition.ref) continue;
    if (!catcher.fault.empty()) return {fault(catcher.fault)};
    if (depth_ != catcher.depth) {
      refuse(generated_.findings, graph_, node,
             called(graph_, node) +
                 " escalates from inside of a loop, or of something that may run several times, to an event "
                 "that does not interrupt: let the event interrupt, or catch it inside of the loop");
      return {};
    }
    catcher.links.push_back(unique("escalation_" + ncname(graph_.node(node).id), {}));
    Element place = mark(node);
    place.add(Element("sources")).add(Element("source", {{"linkName", catcher.links.back()}}));
    return {place};
  }
  return {mark(node)};
}

}  // namespace echoflow::generate
