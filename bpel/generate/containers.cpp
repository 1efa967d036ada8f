#include <algorithm>

#include "bpel/generate/names.hpp"
#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventDefinition;
using graph::EventType;

Elements Writer::sub_process(NodeIndex node, ContainerIndex inner) {
  const Activity& activity = *graph_.node(node).as<Activity>();
  Elements result = content_.enter(node);
  const bool ad = activity.kind == ActivityKind::ad_hoc_sub_process;
  Elements body = container(inner, node, false, [&] { return ad ? ad_hoc(node) : net_of(entry_of(inner)); });
  Elements after = content_.leave(node);
  result.insert(result.end(), std::make_move_iterator(body.begin()), std::make_move_iterator(body.end()));
  result.insert(result.end(), std::make_move_iterator(after.begin()), std::make_move_iterator(after.end()));
  return result;
}

NodeIndex Writer::start_of(NodeIndex event_sub_process) const {
  const ContainerIndex inside = graph_.node(event_sub_process).as<Activity>()->body;
  for (const NodeIndex n : graph_.nodes_of(inside)) {
    const Event* event = graph_.node(n).as<Event>();
    if (event != nullptr && event->position == graph::EventPosition::start) return n;
  }
  return none;
}

Elements Writer::event_sub_process(NodeIndex node) {
  const ContainerIndex inside = graph_.node(node).as<Activity>()->body;
  const NodeIndex start = start_of(node);
  return container(inside, node, false, [&] { return net_of({{start}, {}, false}); });
}

/// The event sub-processes of a container; from here on their escalations are caught.
Writer::EventParts Writer::event_parts(ContainerIndex container) {
  EventParts parts;
  for (const NodeIndex n : graph_.nodes_of(container)) {
    const Activity* sub = graph_.node(n).as<Activity>();
    if (sub == nullptr || sub->kind != ActivityKind::event_sub_process) continue;
    const NodeIndex start = start_of(n);
    if (start == none || graph_.node(start).as<Event>()->definitions.empty()) {
      refuse(generated_.findings, graph_, n,
             called(graph_, n) + " is an event sub-process and must begin with an event that something triggers");
      continue;
    }
    const Event& event = *graph_.node(start).as<Event>();
    if (event.definitions[0].type == EventType::compensation) continue;  // see undo()
    const bool interrupts = event.interrupting || event.definitions[0].type == EventType::error;
    (interrupts ? parts.interrupting : parts.reacting).push_back(n);
    for (const EventDefinition& each : event.definitions) {
      if (each.type != EventType::escalation) continue;
      const std::string fault = event.interrupting ? "tns:interrupt." + ncname(graph_.node(start).id) : "";
      catchers_.push_back({each.ref, fault, depth_, {}});
      parts.escalations.push_back(n);
    }
  }
  return parts;
}

// BPMN 2.0 §13.3.4: what a cancelled transaction has done is undone; then it is left by its cancel boundary event.
Elements Writer::cancellation(NodeIndex transaction) {
  Elements then{assign(cancelling(), "1"), Element("compensate"), assign(cancelling(), "0")};
  bool boundary = false;
  for (const NodeIndex b : graph_.boundary_of(transaction)) {
    for (const EventDefinition& each : graph_.node(b).as<Event>()->definitions)
      boundary = boundary || each.type == EventType::cancel;
  }
  if (boundary) then.push_back(Element("rethrow"));
  return then;
}

// BPMN 2.0 §13.5.4: event sub-processes that interrupt. They run behind the scope that they end: what is in a fault
// handler could not be interrupted in its turn (WS-BPEL 2.0 §12.6).
Elements Writer::handle(Handlers& handlers, const std::vector<NodeIndex>& events, NodeIndex owner) {
  if (events.empty()) return {};
  const std::string handled = declare("handled", owner);
  Element chosen("if");
  int number = 0;
  for (const NodeIndex n : events) {
    const std::string mine = std::to_string(++number);
    interrupt(handlers, start_of(n), {assign(handled, mine)});
    Element& branch = number == 1 ? chosen : chosen.add(Element("elseif"));
    branch.add(with_text("condition", "$" + handled + " = " + mine));
    branch.add(sequence_of(event_sub_process(n)));
  }
  return {chosen};
}

// BPMN 2.0 §13.3.4, §13.5.4: a process or sub-process with its event sub-processes. What ends it early is a fault that
// it handles itself.
Elements Writer::container(ContainerIndex container, NodeIndex owner, bool process, const Body& body) {
  const std::string id = owner == none ? graph_.containers[container].id : graph_.node(owner).id;
  const Activity* activity = owner == none ? nullptr : graph_.node(owner).as<Activity>();
  const bool transaction = activity != nullptr && activity->kind == ActivityKind::transaction;
  const std::size_t outer_catchers = catchers_.size();
  const EventParts parts = event_parts(container);
  const std::string outer_terminate = terminate_;
  const bool outer_terminates = terminates_;
  const std::string outer_cancel = cancel_;
  const bool outer_cancels = cancels_;
  terminate_ = process ? "" : "tns:terminate." + ncname(id);
  terminates_ = false;
  if (transaction) {
    cancel_ = "tns:cancel." + ncname(id);
    cancels_ = false;
  }
  Elements own;
  Elements* const outer_variables = variables_;
  if (!process) {
    own = content_.scope_variables(container);
    variables_ = &own;
  }
  Elements inner = body();
  const bool terminated = terminates_;
  const bool cancelled = transaction && cancels_;
  terminate_ = outer_terminate;
  terminates_ = outer_terminates;
  cancel_ = outer_cancel;
  if (transaction) cancels_ = outer_cancels;
  std::vector<Catcher> mine(catchers_.begin() + static_cast<std::ptrdiff_t>(outer_catchers), catchers_.end());
  catchers_.resize(outer_catchers);

  Handlers handlers;
  if (terminated) catch_fault(handlers, "tns:terminate." + ncname(id), {Element("empty")});
  if (cancelled) catch_fault(handlers, "tns:cancel." + ncname(id), cancellation(owner));
  Elements after = handle(handlers, parts.interrupting, owner);
  for (const NodeIndex n : parts.reacting) react(handlers, start_of(n), [&] { return event_sub_process(n); });
  inner = sided(false, [&] {
    react_to(mine, parts.escalations, [&](NodeIndex n) { return event_sub_process(n); });
    return std::move(inner);
  });
  variables_ = outer_variables;
  const bool scoped = !handlers.faults.empty() || !handlers.events.empty() || !handlers.beside.empty() || !own.empty();
  if (!scoped) return inner;
  Elements result = std::move(handlers.before);
  Elements variables = std::move(handlers.variables);
  Element scope("scope", {{"name", unique("inside_" + ncname(id), id)}});
  scope.source = id;
  if (!own.empty() && after.empty()) scope.add(Element("variables")).children = std::move(own);
  put_handlers(scope, std::move(handlers), inner);
  result.push_back(std::move(scope));
  if (!after.empty()) {
    result.insert(result.end(), std::make_move_iterator(after.begin()), std::make_move_iterator(after.end()));
    result = with_variables(process ? Elements{} : std::move(own), std::move(result));
  }
  return with_variables(std::move(variables), std::move(result));
}

}  // namespace echoflow::generate
