#include <algorithm>

#include "bpel/generate/names.hpp"
#include "bpel/generate/writer.hpp"

namespace echoflow::generate {

using graph::Activity;
using graph::Event;
using graph::EventDefinition;
using graph::EventType;
using graph::MultiBehavior;

namespace {

bool watched(EventType type) {
  return type == EventType::message || type == EventType::timer || type == EventType::signal ||
         type == EventType::conditional;
}

}  // namespace

void internal_faults(const Element& element, std::set<std::string>& names) {
  if (element.name == "throw" && element.get("faultName").find('.') != std::string_view::npos)
    names.insert(std::string(element.get("faultName")));
  for (const Element& child : element.children) internal_faults(child, names);
}

namespace {

/// The events that the instances of an activity throw when they are done.
std::vector<std::string> thrown_events(const graph::Loop& loop) {
  switch (loop.behavior) {
    case MultiBehavior::all:
      return {};
    case MultiBehavior::none_event:
      return {loop.none_event};
    case MultiBehavior::one:
      return {loop.one_event};
    case MultiBehavior::complex: {
      std::vector<std::string> events;
      for (const auto& each : loop.complex) events.push_back(each.event);
      return events;
    }
  }
  return {};
}

}  // namespace

bool catches_thrown(const graph::ProcessGraph& graph, NodeIndex boundary, const std::string& thrown) {
  const Event& event = *graph.node(boundary).as<Event>();
  const auto found = graph.definitions.find(thrown);
  if (event.definitions.size() != 1 || found == graph.definitions.end() || !found->second.event) return false;
  return found->second.event->type == event.definitions[0].type && found->second.event->ref == event.definitions[0].ref;
}

bool thrown_by_instances(const graph::ProcessGraph& graph, NodeIndex boundary) {
  const Event& event = *graph.node(boundary).as<Event>();
  if (event.attached_to == none) return false;
  const Activity* activity = graph.node(event.attached_to).as<Activity>();
  if (activity == nullptr) return false;
  const std::vector<std::string> events = thrown_events(activity->loop);
  return std::any_of(events.begin(), events.end(),
                     [&](const std::string& thrown) { return catches_thrown(graph, boundary, thrown); });
}

Writer::Boundary Writer::boundary_of(NodeIndex node) const {
  Boundary result;
  const graph::Loop& loop = graph_.node(node).as<Activity>()->loop;
  for (const NodeIndex b : graph_.boundary_of(node)) {
    const Event& event = *graph_.node(b).as<Event>();
    const bool undo = !event.definitions.empty() && event.definitions[0].type == EventType::compensation;
    if (undo)
      result.undoing.push_back(b);
    else if (thrown_by_instances(graph_, b))
      (loop.behavior == MultiBehavior::one ? result.first_time : result.each_time).push_back(b);
    else
      (event.interrupting ? result.interrupting : result.reacting).push_back(b);
  }
  return result;
}

void Writer::catch_fault(Handlers& handlers, const std::string& fault, Elements then) {
  for (Element& each : handlers.faults) {
    if (fault.empty() ? each.name == "catchAll" : each.get("faultName") == fault) return;
  }
  Element handler(fault.empty() ? "catchAll" : "catch");
  if (!fault.empty()) handler.set("faultName", fault);
  handlers.all = handlers.all || fault.empty();
  handler.add(sequence_of(std::move(then)));
  handlers.faults.push_back(std::move(handler));
}

/// An event that ends what it is attached to, and what is done then, in a fault handler.
void Writer::interrupt(Handlers& handlers, NodeIndex node, const Elements& then) {
  const Event& event = *graph_.node(node).as<Event>();
  listen(node, event.definitions);
  const std::string own = "tns:interrupt." + ncname(graph_.node(node).id);
  bool thrown = false;
  if (event.definitions.size() > 1 && event.parallel_multiple)
    refuse(generated_.findings, graph_, node,
           called(graph_, node) + " waits for several events together, which is not supported here");
  for (const EventDefinition& each : event.definitions) {
    if (each.type == EventType::error)
      catch_fault(handlers, each.ref.empty() ? "" : fault_name(graph_, each.ref), then);
    else if (each.type == EventType::escalation)
      thrown = true;
    else if (watched(each.type)) {
      watch(handlers, node, each, [&] { return Elements{fault(own)}; });
      thrown = true;
    }
  }
  if (thrown) catch_fault(handlers, own, then);
}

/// An event beside which what it is attached to goes on.
void Writer::react(Handlers& handlers, NodeIndex node, const Body& body) {
  const Event& event = *graph_.node(node).as<Event>();
  listen(node, event.definitions);
  if (event.definitions.size() > 1 && event.parallel_multiple)
    refuse(generated_.findings, graph_, node,
           called(graph_, node) + " waits for several events together, which is not supported here");
  for (const EventDefinition& each : event.definitions) {
    if (each.type == EventType::error || each.type == EventType::cancel)
      refuse(generated_.findings, graph_, node,
             called(graph_, node) + " must interrupt: what throws an error or cancels has ended");
    if (watched(each.type)) watch(handlers, node, each, body);
  }
}

// WS-BPEL 2.0 §12.7: event handlers, active as long as the scope is.
void Writer::watch(Handlers& handlers, NodeIndex node, const EventDefinition& definition, const Body& body) {
  auto trigger = content_.event_handler(node, definition);
  if (!trigger) return;
  append(handlers.before, std::move(trigger->before));
  append(handlers.variables, std::move(trigger->variables));
  const auto write = [&] {
    ++depth_;
    Elements activities = framed([&] {
      Elements all = trigger->first;
      append(all, body());
      return all;
    });
    --depth_;
    return activities;
  };
  if (!trigger->at_once.empty()) {
    Element now("if");
    now.source = graph_.node(node).id;
    now.add(with_text("condition", trigger->at_once));
    now.add(sequence_of(write()));
    const bool interrupts = graph_.node(node).as<Event>()->interrupting;
    (interrupts ? handlers.first : handlers.beside).push_back(std::move(now));
  }
  const bool outer_again = again_;
  again_ = again_ || !trigger->at_once.empty();
  Elements activities = write();
  again_ = outer_again;
  if (!trigger->guard.empty()) {
    Element guard("if");
    guard.add(with_text("condition", trigger->guard));
    guard.add(sequence_of(std::move(activities)));
    activities = {std::move(guard)};
  }
  Element handler = std::move(trigger->element);
  if (handler.source.empty()) handler.source = graph_.node(node).id;
  handler.add(as_scope(std::move(activities), "on_", node));
  handlers.events.push_back(std::move(handler));
}

/// A scope around all where there are variables.
Elements Writer::with_variables(Elements variables, Elements activities) {
  if (variables.empty()) return activities;
  Element scope("scope");
  scope.add(Element("variables")).children = std::move(variables);
  scope.add(sequence_of(std::move(activities)));
  return {scope};
}

/// WS-BPEL 2.0 §12: faultHandlers, eventHandlers and the activity, in this order.
void Writer::put_handlers(Element& scope, Handlers handlers, const Elements& body) {
  if (handlers.all) {
    std::set<std::string> passing;
    for (const Element& each : body) internal_faults(each, passing);
    for (const std::string& fault : passing) catch_fault(handlers, fault, {Element("rethrow")});
  }
  std::stable_sort(handlers.faults.begin(), handlers.faults.end(),
                   [](const Element& a, const Element& b) { return a.name == "catch" && b.name == "catchAll"; });
  std::stable_sort(handlers.events.begin(), handlers.events.end(),
                   [](const Element& a, const Element& b) { return a.name == "onEvent" && b.name == "onAlarm"; });
  if (!handlers.faults.empty()) scope.add(Element("faultHandlers")).children = std::move(handlers.faults);
  if (!handlers.events.empty()) scope.add(Element("eventHandlers")).children = std::move(handlers.events);
  Elements activities = std::move(handlers.first);
  append(activities, body);
  Element activity = sequence_of(std::move(activities));
  if (!handlers.beside.empty()) {
    Element flow("flow");
    flow.add(std::move(activity));
    for (Element& each : handlers.beside) flow.add(std::move(each));
    activity = std::move(flow);
  }
  scope.add(std::move(activity));
}

/// Escalations that do not interrupt: each place that throws one is a link's source, its target the reaction.
void Writer::react_to(const std::vector<Catcher>& catchers, const std::vector<NodeIndex>& events,
                      const std::function<Elements(NodeIndex)>& reaction) {
  for (std::size_t i = 0; i < catchers.size(); ++i) {
    for (const std::string& link : catchers[i].links) {
      Element done("sequence");
      done.add(Element("targets")).add(Element("target", {{"linkName", link}}));
      append(done.children, reaction(events[i]));
      sides_->links.push_back(Element("link", {{"name", link}}));
      sides_->activities.push_back(std::move(done));
    }
  }
}

namespace {

Element link_end(const std::string& kind, const std::string& link) {
  Element place("empty");
  place.add(Element(kind + "s")).add(Element(kind, {{"linkName", link}}));
  return place;
}

}  // namespace

/// Events beside which the activity goes on, and what follows it as well: a scope of its own listens from when the
/// activity begins until it has ended, and has the reactions in its handlers. Links lead to it alone: scopes that wait
/// for each other are forbidden (WS-BPEL 2.0 SA00082).
Elements Writer::attend(NodeIndex node, const std::vector<NodeIndex>& events, Elements activity) {
  Handlers handlers;
  for (const NodeIndex event : events) {
    react(handlers, event, [&] { return net_of({{event}, {}, true}); });
    if (sides_->round && !handlers.events.empty())
      changed(event, "The next round of the loop waits until the reaction to this event is done.");
  }
  if (handlers.events.empty() && handlers.beside.empty()) return activity;
  const std::string& id = graph_.node(node).id;
  const std::string begins = unique("begins_" + ncname(id), {});
  const std::string over = unique("over_" + ncname(id), {});
  for (const std::string& link : {begins, over}) sides_->links.push_back(Element("link", {{"name", link}}));
  Elements attending = std::move(handlers.before);
  Elements variables = std::move(handlers.variables);
  Element scope("scope", {{"name", unique("attends_" + ncname(id), id)}});
  scope.source = id;
  put_handlers(scope, std::move(handlers), {link_end("target", over)});
  attending.push_back(std::move(scope));
  Element whole("sequence");
  whole.add(Element("targets")).add(Element("target", {{"linkName", begins}}));
  append(whole.children, with_variables(std::move(variables), std::move(attending)));
  sides_->activities.push_back(std::move(whole));
  Elements result{link_end("source", begins)};
  append(result, std::move(activity));
  result.push_back(link_end("source", over));
  return result;
}

/// An activity with its boundary events. The outcome says by which of those that interrupt it was ended, 0 by none.
Elements Writer::guarded(NodeIndex node, const Boundary& boundary, const std::string& outcome, const Body& body) {
  std::vector<NodeIndex> events = boundary.interrupting;
  events.insert(events.end(), boundary.reacting.begin(), boundary.reacting.end());
  const std::size_t outer = catchers_.size();
  std::vector<NodeIndex> escalations;
  for (const NodeIndex b : events) {
    const Event& event = *graph_.node(b).as<Event>();
    for (const EventDefinition& each : event.definitions) {
      if (each.type != EventType::escalation) continue;
      catchers_.push_back(
          {each.ref, event.interrupting ? "tns:interrupt." + ncname(graph_.node(b).id) : "", depth_, {}});
      escalations.push_back(b);
    }
  }
  Elements whole = body();
  std::vector<Catcher> mine(catchers_.begin() + static_cast<std::ptrdiff_t>(outer), catchers_.end());
  catchers_.resize(outer);

  Handlers handlers;
  int number = 0;
  const bool transaction = graph_.node(node).as<Activity>()->kind == graph::ActivityKind::transaction;
  for (const NodeIndex b : boundary.interrupting) {
    const Elements then{assign(outcome, std::to_string(++number))};
    interrupt(handlers, b, then);
    for (const EventDefinition& each : graph_.node(b).as<Event>()->definitions) {
      if (each.type != EventType::cancel) continue;
      if (transaction)
        catch_fault(handlers, "tns:cancel." + ncname(graph_.node(node).id), then);
      else
        refuse(generated_.findings, graph_, b, called(graph_, b) + " must be attached to a transaction");
    }
  }
  Elements result = std::move(handlers.before);
  Elements variables = std::move(handlers.variables);
  if (!outcome.empty()) result.push_back(assign(outcome, "0"));
  if (!handlers.faults.empty() || !handlers.events.empty()) {
    const std::string& id = graph_.node(node).id;
    Element scope("scope", {{"name", unique("guarded_" + ncname(id), id)}});
    scope.source = id;
    put_handlers(scope, std::move(handlers), whole);
    whole = {std::move(scope)};
  }
  append(result, std::move(whole));
  result = with_variables(std::move(variables), std::move(result));
  react_to(mine, escalations, [&](NodeIndex b) { return net_of({{b}, {}, true}); });
  return attend(node, boundary.reacting, std::move(result));
}

}  // namespace echoflow::generate
