#include "tests/bpel/generate/reference/game.hpp"

#include <algorithm>

namespace echoflow::generate::reference {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventDefinition;
using graph::EventPosition;
using graph::EventType;
using graph::Gateway;
using graph::GatewayKind;

Game::Game(const graph::ProcessGraph& graph, Inputs inputs) : graph_(graph), inputs_(std::move(inputs)) {}

Scope* scope_of(State& state, int id) {
  const auto found = std::find_if(state.scopes.begin(), state.scopes.end(), [&](const Scope& s) { return s.id == id; });
  return found == state.scopes.end() ? nullptr : &*found;
}

const Scope* scope_of(const State& state, int id) {
  return scope_of(const_cast<State&>(state), id);
}

Job* job_of(State& state, int id) {
  const auto found = std::find_if(state.jobs.begin(), state.jobs.end(), [&](const Job& j) { return j.id == id; });
  return found == state.jobs.end() ? nullptr : &*found;
}

State Game::begin() const {
  State state;
  state.n = inputs_.n;
  open(state, 0, nobody, nobody, none);
  return state;
}

/// "true", "false", a flag, "!" and a flag, or "n < NUMBER".
bool Game::holds(const State& state, const graph::Expression& condition) const {
  const std::string& text = condition.text;
  if (text == "true") return true;
  if (text == "false") return false;
  if (text.rfind("n < ", 0) == 0) return state.n < std::stoi(text.substr(4));
  if (text.front() == '!') return !inputs_.flags.at(text.substr(1));
  return inputs_.flags.at(text);
}

void Game::put(State& state, int scope, FlowIndex flow) const {
  const Token token{scope, flow, none};
  state.tokens.insert(std::upper_bound(state.tokens.begin(), state.tokens.end(), token), token);
}

// BPMN 2.0 §13.3.2: all flows without a condition, those whose condition holds, else the default flow.
void Game::emit(State& state, int scope, NodeIndex node) const {
  const Event* event = graph_.node(node).as<Event>();
  if (event != nullptr && event->position == EventPosition::intermediate_throw && !event->definitions.empty() &&
      event->definitions[0].type == EventType::link) {
    for (const NodeIndex n : graph_.nodes_of(graph_.node(node).container)) {
      const Event* other = graph_.node(n).as<Event>();
      if (other == nullptr || other->position != EventPosition::intermediate_catch || other->definitions.empty())
        continue;
      if (other->definitions[0].type == EventType::link && other->definitions[0].name == event->definitions[0].name)
        emit(state, scope, n);
    }
    return;
  }
  std::vector<FlowIndex> taken;
  bool unconditional = false;
  bool conditional = false;
  const FlowIndex otherwise = graph_.node(node).default_flow;
  for (const FlowIndex flow : graph_.outgoing(node)) {
    if (flow == otherwise) continue;
    const auto& condition = graph_.flow(flow).condition;
    unconditional = unconditional || !condition;
    conditional = conditional || condition;
    if (!condition || holds(state, *condition)) taken.push_back(flow);
  }
  if (taken.empty() && otherwise != none) taken.push_back(otherwise);
  for (const FlowIndex flow : taken) put(state, scope, flow);
  if (taken.empty() && conditional && !unconditional) climb(state, scope, EventType::error, "noFlow");
}

// BPMN 2.0 §13.4.1 to §13.4.3.
void Game::gateway_out(State& state, int scope, NodeIndex node, GatewayKind kind) const {
  if (kind == GatewayKind::parallel || graph_.outgoing(node).size() < 2) {
    for (const FlowIndex flow : graph_.outgoing(node)) put(state, scope, flow);
    return;
  }
  const FlowIndex otherwise = graph_.node(node).default_flow;
  bool taken = false;
  for (const FlowIndex flow : graph_.outgoing(node)) {
    if (flow == otherwise || !graph_.flow(flow).condition || !holds(state, *graph_.flow(flow).condition)) continue;
    put(state, scope, flow);
    taken = true;
    if (kind == GatewayKind::exclusive) return;
  }
  if (taken) return;
  if (otherwise != none)
    put(state, scope, otherwise);
  else
    climb(state, scope, EventType::error, "noFlow");
}

namespace {

void consume(State& state, int scope, FlowIndex flow) {
  const auto at = std::find(state.tokens.begin(), state.tokens.end(), Token{scope, flow, none});
  if (at != state.tokens.end()) state.tokens.erase(at);
}

}  // namespace

std::optional<Step> Game::join(const State& state, const Token& token, const Gateway& gateway) const {
  const NodeIndex node = graph_.target(token.flow);
  std::vector<FlowIndex> with;
  for (const FlowIndex flow : graph_.incoming(node)) {
    if (std::binary_search(state.tokens.begin(), state.tokens.end(), Token{token.scope, flow, none}))
      with.push_back(flow);
  }
  Step step{state};
  switch (gateway.kind) {
    case GatewayKind::exclusive:
      with = {token.flow};
      break;
    case GatewayKind::parallel:
      if (with.size() != graph_.incoming(node).size() || with.front() != token.flow) return std::nullopt;
      break;
    case GatewayKind::inclusive:
      if (with.front() != token.flow || inclusive_waits(state, token.scope, node)) return std::nullopt;
      break;
    case GatewayKind::event_based: {
      consume(step.after, token.scope, token.flow);
      step.after.jobs.push_back({step.after.next++, token.scope, node, state.now, 0, 0, 0, {}});
      return step;
    }
    case GatewayKind::complex:
      return std::nullopt;
  }
  for (const FlowIndex flow : with) consume(step.after, token.scope, flow);
  gateway_out(step.after, token.scope, node, gateway.kind);
  return step;
}

/// A token goes into its node.
std::optional<Step> Game::take(const State& state, const Token& token) const {
  const NodeIndex node = token.flow == none ? token.node : graph_.target(token.flow);
  if (const Gateway* gateway = graph_.node(node).as<Gateway>()) return join(state, token, *gateway);
  Step step{state};
  step.after.tokens.erase(std::find(step.after.tokens.begin(), step.after.tokens.end(), token));
  if (graph_.node(node).as<Activity>() != nullptr) {
    std::vector<NodeIndex> marks;
    start(step.after, token.scope, node, marks);
    if (!marks.empty()) step.mark = marks.front();
    return step;
  }
  const Event& event = *graph_.node(node).as<Event>();
  if (event.position == EventPosition::intermediate_catch && !event.definitions.empty())
    step.after.jobs.push_back({step.after.next++, token.scope, node, state.now, 0, 0, 0, {}});
  else if (event.definitions.empty())
    emit(step.after, token.scope, node);
  else
    throw_all(step.after, token.scope, node);
  return step;
}

/// What changes nothing that anything else could see: its order does not matter.
bool Game::undisturbing(const State& state, const Token& token) const {
  if (token.flow == none) return false;
  const graph::Node& node = graph_.node(graph_.target(token.flow));
  for (const NodeIndex n : graph_.nodes_of(node.container)) {
    const Gateway* gateway = graph_.node(n).as<Gateway>();
    if (gateway != nullptr && gateway->kind == GatewayKind::inclusive && graph_.incoming(n).size() > 1) return false;
  }
  const Event* event = node.as<Event>();
  const Gateway* gateway = node.as<Gateway>();
  if (event != nullptr) return event->definitions.empty();
  if (gateway == nullptr || gateway->kind == GatewayKind::event_based) return false;
  for (const FlowIndex flow : graph_.outgoing(graph_.target(token.flow))) {
    const auto& condition = graph_.flow(flow).condition;
    if (condition && condition->text.rfind("n ", 0) == 0) return false;
  }
  return !state.faulted;
}

namespace {

void add_unless_there(std::vector<Step>& steps, std::optional<Step> step) {
  if (step) steps.push_back(std::move(*step));
}

}  // namespace

std::vector<Step> Game::steps(const State& state) const {
  std::vector<Step> result;
  for (std::size_t i = 0; i < state.tokens.size(); ++i) {
    if (i > 0 && state.tokens[i] == state.tokens[i - 1]) continue;
    auto step = take(state, state.tokens[i]);
    if (step && undisturbing(state, state.tokens[i]) && step->after.scopes.size() == state.scopes.size() &&
        !step->after.faulted)
      return {std::move(*step)};
    add_unless_there(result, std::move(step));
  }
  for (const Scope& scope : state.scopes) {
    const bool busy =
        std::any_of(state.tokens.begin(), state.tokens.end(), [&](const Token& t) { return t.scope == scope.id; }) ||
        std::any_of(state.jobs.begin(), state.jobs.end(), [&](const Job& j) { return j.scope == scope.id; }) ||
        std::any_of(state.scopes.begin(), state.scopes.end(), [&](const Scope& s) { return s.beside == scope.id; });
    if (busy) continue;
    Step step{state};
    close(step.after, scope.id);
    result.push_back(std::move(step));
  }
  event_steps(state, result);
  return result;
}

/// What has waited long enough, and what goes on by itself.
void Game::event_steps(const State& state, std::vector<Step>& result) const {
  for (const Job& job : state.jobs) {
    const graph::Node& node = graph_.node(job.node);
    const Activity* activity = node.as<Activity>();
    if (!job.undo.empty()) {
      Step step{state, job.undo.front()};
      Job& mine = *job_of(step.after, job.id);
      mine.undo.erase(mine.undo.begin());
      script(step.after, job.undo.front());
      if (job_of(step.after, job.id)->undo.empty()) finish(step.after, job.id);
      result.push_back(std::move(step));
    } else if (activity != nullptr) {
      if (activity->kind == ActivityKind::script_task) result.push_back(run_script(state, job));
    } else if (node.as<Gateway>() != nullptr) {
      for (const FlowIndex flow : graph_.outgoing(job.node)) {
        const Event& event = *graph_.node(graph_.target(flow)).as<Event>();
        if (event.definitions[0].type != EventType::timer) continue;
        if (job.since + seconds_of(event.definitions[0]) != state.now) continue;
        Step step{state};
        kill_job(step.after, job.id);
        emit(step.after, job.scope, graph_.target(flow));
        result.push_back(std::move(step));
      }
    } else if (const EventDefinition& definition = node.as<Event>()->definitions[0];
               definition.type == EventType::timer && job.since + seconds_of(definition) == state.now) {
      Step step{state};
      kill_job(step.after, job.id);
      emit(step.after, job.scope, job.node);
      result.push_back(std::move(step));
    }
  }
  for (const Alarm& alarm : state.alarms) {
    if (alarm.due != state.now) continue;
    Step step{state};
    fire(step.after, alarm);
    result.push_back(std::move(step));
  }
}

bool Game::wait(State& state) const {
  Time next = never;
  const auto note = [&](Time due) {
    if (due > state.now) next = std::min(next, due);
  };
  for (const Alarm& alarm : state.alarms) note(alarm.due);
  for (const Job& job : state.jobs) {
    const graph::Node& node = graph_.node(job.node);
    if (node.as<Gateway>() != nullptr) {
      for (const FlowIndex flow : graph_.outgoing(job.node)) {
        const EventDefinition& each = graph_.node(graph_.target(flow)).as<Event>()->definitions[0];
        if (each.type == EventType::timer) note(job.since + seconds_of(each));
      }
    } else if (const Event* event = node.as<Event>();
               event != nullptr && event->definitions[0].type == EventType::timer) {
      note(job.since + seconds_of(event->definitions[0]));
    }
  }
  if (next == never) return false;
  state.now = next;
  return true;
}

}  // namespace echoflow::generate::reference
