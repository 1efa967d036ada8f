#include "bpel/generate/content/extensions.hpp"
#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"

namespace echoflow::generate {

namespace {

/// How often a condition is judged while a scope waits, where nothing else tells that it has become true.
constexpr std::string_view look_again = "'PT5S'";

Element counter_variable(const std::string& name) {
  return Element("variable", {{"name", name}, {"type", "xsd:int"}});
}

}  // namespace

Elements ModelContent::throw_event(NodeIndex node, const graph::EventDefinition& event) {
  if (!extensions_of(graph_.node(node).attributes, "says").empty()) return says(node);
  switch (event.type) {
    case graph::EventType::message:
      return send(node, event.ref, event.operation);
    case graph::EventType::signal:
      return raise(node, event.ref);
    case graph::EventType::timer:
    case graph::EventType::error:
    case graph::EventType::escalation:
    case graph::EventType::cancel:
    case graph::EventType::compensation:
    case graph::EventType::conditional:
    case graph::EventType::link:
    case graph::EventType::terminate:
      break;
  }
  refuse(node, "it throws what is neither a message nor a signal");
  return {};
}

// BPMN 2.0 §13.5.2: a condition that does not hold is waited for: it is judged again after 1, 2, 4 … 60 seconds.
Elements ModelContent::wait_for_condition(NodeIndex node, const graph::EventDefinition& event) {
  const graph::Node& it = graph_.node(node);
  if (!event.expression) {
    refuse(node, "it has no condition");
    return {};
  }
  const auto holds = condition(*event.expression, it.container, it.id);
  if (!holds) return {};
  const std::string pause = "pause_" + plain_name(it.id);
  add_variable(pause, "type", "xsd:int");
  Element waiting("while");
  waiting.set("name", name_of(node)).from(it.id);
  waiting.add(with_text("condition", "not(" + *holds + ")"));
  Element& body = waiting.add(Element("sequence"));
  body.add(Element("wait")).add(with_text("for", "concat('PT', $" + pause + ", 'S')"));
  body.add(assign(pause, "$" + pause + " * 2 * number($" + pause + " < 32) + 60 * number($" + pause + " >= 32)"));
  return {assign(pause, "1"), std::move(waiting)};
}

Elements ModelContent::catch_event(NodeIndex node, const graph::EventDefinition& event) {
  if (hears(node)) return listen(node);
  const graph::Node& it = graph_.node(node);
  switch (event.type) {
    case graph::EventType::message:
      return receive(node, event.ref, event.operation);
    case graph::EventType::signal: {
      Element listening = hearing("receive", node, event);
      listening.set("name", name_of(node)).from(it.id);
      Element kept = keep("$" + std::string(listening.get("variable")) + ".signal/cx:data", it.container, false);
      Elements done{std::move(listening)};
      if (!kept.children.empty()) done.push_back(std::move(kept));
      return done;
    }
    case graph::EventType::timer: {
      const auto time = time_text(event, node);
      if (!time) return {};
      Element wait("wait", {{"name", name_of(node)}});
      wait.from(it.id);
      wait.add(with_text(event.timer == graph::TimerKind::date ? "until" : "for", *time));
      return {std::move(wait)};
    }
    case graph::EventType::conditional:
      return wait_for_condition(node, event);
    case graph::EventType::error:
    case graph::EventType::escalation:
    case graph::EventType::cancel:
    case graph::EventType::compensation:
    case graph::EventType::link:
    case graph::EventType::terminate:
      break;
  }
  refuse(node, "a process cannot wait for such an event in its flow");
  return {};
}

std::optional<Trigger> ModelContent::message_trigger(NodeIndex node, const graph::EventDefinition& event,
                                                     const std::string& element) {
  const graph::Node& it = graph_.node(node);
  const Inbound inbound = inbound_of(node, event.ref, event.operation);
  Trigger trigger;
  std::string variable = "message_" + plain_name(it.id);
  trigger.element = listening(element, inbound);
  trigger.element.set("variable", variable);
  if (element == "onEvent")
    trigger.element.set("messageType", "tns:" + Description::message(inbound.port_type, inbound.operation));
  else
    message_variable(inbound, node);
  if (inbound.conversation) correlate(trigger.element, node);
  correlate_keys(trigger.element, node, event.ref, Description::message(inbound.port_type, inbound.operation), false);
  Element kept = keep("$" + variable + "." + std::string(content_part), it.container, false);
  if (!kept.children.empty()) trigger.first.push_back(std::move(kept));
  return trigger;
}

std::optional<Trigger> ModelContent::signal_trigger(NodeIndex node, const graph::EventDefinition& event,
                                                    const std::string& element) {
  Trigger trigger;
  trigger.element = hearing(element, node, event);
  Element kept =
      keep("$" + std::string(trigger.element.get("variable")) + ".signal/cx:data", graph_.node(node).container, false);
  if (!kept.children.empty()) trigger.first.push_back(std::move(kept));
  return trigger;
}

/// A cycle with a number of repetitions counts them; the body is done while they are not used up.
std::optional<Trigger> ModelContent::timer_trigger(NodeIndex node, const graph::EventDefinition& event, bool repeats) {
  const auto time = time_text(event, node);
  if (!time) return std::nullopt;
  Trigger trigger;
  trigger.element = Element("onAlarm");
  const bool cyclic = event.timer == graph::TimerKind::cycle && repeats;
  const bool date = event.timer == graph::TimerKind::date;
  trigger.element.add(with_text(cyclic ? "repeatEvery" : date ? "until" : "for", *time));
  const auto counted = cyclic ? cycle(node, event, "1") : std::nullopt;
  if (!counted) return trigger;
  const std::string counter = "cycle_" + plain_name(graph_.node(node).id);
  trigger.variables.push_back(counter_variable(counter));
  trigger.before.push_back(assign(counter, "0"));
  trigger.guard = "$" + counter + " < " + std::to_string(counted->first);
  trigger.first.push_back(assign(counter, "$" + counter + " + 1"));
  return trigger;
}

/// It happens once for each time that the scope is entered: at once, or when a later look finds that it holds.
std::optional<Trigger> ModelContent::condition_trigger(NodeIndex node, const graph::EventDefinition& event) {
  const graph::Node& it = graph_.node(node);
  if (!event.expression) {
    refuse(node, "it has no condition");
    return std::nullopt;
  }
  const auto holds = condition(*event.expression, it.container, it.id);
  if (!holds) return std::nullopt;
  const std::string happened = "happened_" + plain_name(it.id);
  Trigger trigger;
  trigger.element = Element("onAlarm");
  trigger.element.add(with_text("repeatEvery", std::string(look_again)));
  trigger.variables.push_back(counter_variable(happened));
  trigger.before.push_back(assign(happened, "number(boolean(" + *holds + "))"));
  trigger.guard = "$" + happened + " = 0 and (" + *holds + ")";
  trigger.first.push_back(assign(happened, "1"));
  trigger.at_once = *holds;
  return trigger;
}

std::optional<Trigger> ModelContent::pick_arm(NodeIndex node, const graph::EventDefinition& event) {
  if (hears(node)) return heard("onMessage", node);
  switch (event.type) {
    case graph::EventType::message:
      return message_trigger(node, event, "onMessage");
    case graph::EventType::signal:
      return signal_trigger(node, event, "onMessage");
    case graph::EventType::timer:
      return timer_trigger(node, event, false);
    case graph::EventType::conditional:
    case graph::EventType::error:
    case graph::EventType::escalation:
    case graph::EventType::cancel:
    case graph::EventType::compensation:
    case graph::EventType::link:
    case graph::EventType::terminate:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Trigger> ModelContent::event_handler(NodeIndex node, const graph::EventDefinition& event) {
  if (hears(node)) return heard("onEvent", node);
  switch (event.type) {
    case graph::EventType::message:
      return message_trigger(node, event, "onEvent");
    case graph::EventType::signal:
      return signal_trigger(node, event, "onEvent");
    case graph::EventType::timer:
      return timer_trigger(node, event, true);
    case graph::EventType::conditional:
      return condition_trigger(node, event);
    case graph::EventType::error:
    case graph::EventType::escalation:
    case graph::EventType::cancel:
    case graph::EventType::compensation:
    case graph::EventType::link:
    case graph::EventType::terminate:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace echoflow::generate
