#include <algorithm>

#include "tests/bpel/generate/reference/game.hpp"

namespace echoflow::generate::reference {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventDefinition;
using graph::EventPosition;
using graph::EventType;

void Game::kill_job(State& state, int id) {
  for (bool found = true; found;) {
    found = false;
    for (const Scope& scope : state.scopes) {
      if (scope.job != id) continue;
      const int inside = scope.id;
      kill_inside(state, inside);
      std::erase_if(state.scopes, [&](const Scope& each) { return each.id == inside; });
      found = true;
      break;
    }
  }
  std::erase_if(state.alarms, [&](const Alarm& alarm) { return alarm.job == id; });
  std::erase_if(state.jobs, [&](const Job& job) { return job.id == id; });
}

/// All that runs in a scope, and its event sub-processes; the scope itself stays.
void Game::kill_inside(State& state, int id) {
  std::erase_if(state.tokens, [&](const Token& token) { return token.scope == id; });
  std::erase_if(state.alarms, [&](const Alarm& alarm) { return alarm.scope == id; });
  for (bool found = true; found;) {
    found = false;
    for (const Job& job : state.jobs) {
      if (job.scope != id) continue;
      kill_job(state, job.id);
      found = true;
      break;
    }
    for (const Scope& scope : state.scopes) {
      if (found || scope.beside != id) continue;
      const int beside = scope.id;
      kill_inside(state, beside);
      std::erase_if(state.scopes, [&](const Scope& each) { return each.id == beside; });
      found = true;
      break;
    }
  }
}

namespace {

bool catches(const Event& event, EventType type, const std::string& ref) {
  return std::any_of(event.definitions.begin(), event.definitions.end(), [&](const EventDefinition& each) {
    return each.type == type && (each.ref.empty() || each.ref == ref);
  });
}

bool names(const Event& event, const std::string& ref) {
  return std::any_of(event.definitions.begin(), event.definitions.end(),
                     [&](const EventDefinition& each) { return each.ref == ref; });
}

}  // namespace

/// An event sub-process of the scope. `goes_on` is false when what threw is ended.
bool Game::caught_inside(State& state, int scope, EventType type, const std::string& ref, bool& goes_on) const {
  for (const NodeIndex n : graph_.nodes_of(scope_of(state, scope)->container)) {
    const Activity* sub = graph_.node(n).as<Activity>();
    if (sub == nullptr || sub->kind != ActivityKind::event_sub_process) continue;
    for (const NodeIndex start : graph_.nodes_of(sub->body)) {
      const Event* event = graph_.node(start).as<Event>();
      if (event == nullptr || event->position != EventPosition::start || !catches(*event, type, ref)) continue;
      goes_on = type != EventType::error && !event->interrupting;
      if (!goes_on) kill_inside(state, scope);
      open(state, sub->body, nobody, scope, start);
      return true;
    }
  }
  return false;
}

/// A boundary event of the activity; who names what was thrown comes before who catches all.
bool Game::caught_outside(State& state, int job, EventType type, const std::string& ref, bool& goes_on) const {
  const NodeIndex node = job_of(state, job)->node;
  const int scope = job_of(state, job)->scope;
  for (const bool by_name : {true, false}) {
    for (const NodeIndex boundary : graph_.boundary_of(node)) {
      const Event& event = *graph_.node(boundary).as<Event>();
      if (!catches(event, type, ref) || (by_name && !names(event, ref))) continue;
      goes_on = !event.interrupting;
      if (!goes_on) kill_job(state, job);
      emit(state, scope, boundary);
      return true;
    }
  }
  return false;
}

// BPMN 2.0 §13.5.3, §13.5.4: the innermost that catches it.
void Game::climb(State& state, int scope, EventType type, const std::string& ref) const {
  bool goes_on = true;
  int at = scope;
  while (true) {
    const Scope here = *scope_of(state, at);
    if (here.beside != nobody) {
      at = here.beside;
      const Scope around = *scope_of(state, at);
      if (around.job == nobody) break;
      if (caught_outside(state, around.job, type, ref, goes_on)) return;
      at = job_of(state, around.job)->scope;
      continue;
    }
    if (caught_inside(state, at, type, ref, goes_on)) return;
    if (here.job == nobody) break;
    if (caught_outside(state, here.job, type, ref, goes_on)) return;
    at = job_of(state, here.job)->scope;
  }
  if (type != EventType::error) return;  // an escalation that nothing catches is without effect
  state.tokens.clear();
  state.jobs.clear();
  state.alarms.clear();
  state.scopes.clear();
  state.faulted = true;
}

// BPMN 2.0 §10.5.1: everything that waits for it has it.
void Game::signal(State& state, const std::string& name) const {
  const State before = state;
  const auto waits = [&](NodeIndex node) {
    const Event* event = graph_.node(node).as<Event>();
    return event != nullptr && catches(*event, EventType::signal, name);
  };
  for (const Job& job : before.jobs) {
    if (job_of(state, job.id) == nullptr) continue;
    if (waits(job.node)) {
      kill_job(state, job.id);
      emit(state, job.scope, job.node);
      continue;
    }
    if (graph_.node(job.node).as<graph::Gateway>() == nullptr) continue;
    for (const FlowIndex flow : graph_.outgoing(job.node)) {
      if (!waits(graph_.target(flow))) continue;
      kill_job(state, job.id);
      emit(state, job.scope, graph_.target(flow));
      break;
    }
  }
  for (const Alarm& alarm : before.alarms) {
    if (alarm.due != never || !waits(alarm.event)) continue;
    if (std::find(state.alarms.begin(), state.alarms.end(), alarm) != state.alarms.end()) fire(state, alarm);
  }
}

NodeIndex Game::undoer(NodeIndex node) const {
  for (const NodeIndex boundary : graph_.boundary_of(node)) {
    const Event& event = *graph_.node(boundary).as<Event>();
    if (event.definitions.empty() || event.definitions[0].type != EventType::compensation) continue;
    for (const graph::Relation& relation : graph_.relations)
      if (relation.kind == graph::RelationKind::compensates && relation.from == boundary) return relation.to;
  }
  return none;
}

// BPMN 2.0 §13.3.4 (transaction): what is done is undone, then its cancel boundary event happens.
void Game::cancel(State& state, int scope) const {
  const Scope here = *scope_of(state, scope);
  if (here.job == nobody) return;
  const Activity& activity = *graph_.node(job_of(state, here.job)->node).as<Activity>();
  if (activity.kind != ActivityKind::transaction) {
    cancel(state, job_of(state, here.job)->scope);
    return;
  }
  const NodeIndex node = job_of(state, here.job)->node;
  const int outer = job_of(state, here.job)->scope;
  kill_job(state, here.job);
  NodeIndex boundary = none;
  for (const NodeIndex each : graph_.boundary_of(node)) {
    if (catches(*graph_.node(each).as<Event>(), EventType::cancel, "")) boundary = each;
  }
  Job undoing{state.next++, outer, boundary, state.now, 0, 0, 0, {}};
  for (auto each = here.done.rbegin(); each != here.done.rend(); ++each) undoing.undo.push_back(undoer(*each));
  state.jobs.push_back(undoing);
  if (undoing.undo.empty()) finish(state, undoing.id);
}

/// An event that throws; what follows it goes on unless what was thrown has ended its own scope.
void Game::throw_all(State& state, int scope, NodeIndex node) const {
  const Event& event = *graph_.node(node).as<Event>();
  const int throwing = state.next++;
  state.jobs.push_back({throwing, scope, node, state.now, 0, 0, 0, {}});
  for (const EventDefinition& each : event.definitions) {
    switch (each.type) {
      case EventType::terminate:
        kill_inside(state, scope);
        return;
      case EventType::error:
        kill_job(state, throwing);
        return climb(state, scope, EventType::error, each.ref);
      case EventType::cancel:
        kill_job(state, throwing);
        return cancel(state, scope);
      case EventType::escalation:
        climb(state, scope, EventType::escalation, each.ref);
        break;
      case EventType::signal:
        signal(state, each.ref);
        break;
      case EventType::compensation:
        return compensate(state, throwing, each.ref);
      case EventType::link:
      case EventType::message:
      case EventType::timer:
      case EventType::conditional:
        break;
    }
    if (job_of(state, throwing) == nullptr) return;
  }
  finish(state, throwing);
}

// BPMN 2.0 §13.5.5: what is done in this scope, the last first.
void Game::compensate(State& state, int throwing, const std::string& activity) const {
  Job& job = *job_of(state, throwing);
  auto& done = scope_of(state, job.scope)->done;
  const auto meant = [&](NodeIndex one) { return activity.empty() || graph_.node(one).id == activity; };
  for (auto one = done.rbegin(); one != done.rend(); ++one)
    if (meant(*one)) job.undo.push_back(undoer(*one));
  std::erase_if(done, meant);
  if (job.undo.empty()) finish(state, throwing);
}

}  // namespace echoflow::generate::reference
