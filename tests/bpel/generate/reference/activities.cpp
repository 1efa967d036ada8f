#include <algorithm>

#include "tests/bpel/generate/reference/game.hpp"

namespace echoflow::generate::reference {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventDefinition;
using graph::EventPosition;
using graph::EventType;
using graph::LoopKind;

/// PT7S, R3/PT2S.
Time seconds_of(const EventDefinition& timer) {
  const std::string& text = timer.expression->text;
  return std::stoi(text.substr(text.find("PT") + 2));
}

namespace {

int times_of(const EventDefinition& timer) {
  const std::string& text = timer.expression->text;
  return text.front() == 'R' ? std::stoi(text.substr(1)) : 1;
}

NodeIndex start_of(const graph::ProcessGraph& graph, ContainerIndex container) {
  for (const NodeIndex n : graph.nodes_of(container)) {
    const Event* event = graph.node(n).as<Event>();
    if (event != nullptr && event->position == EventPosition::start) return n;
  }
  return none;
}

}  // namespace

void Game::script(State& state, NodeIndex node) const {
  const auto& text = graph_.node(node).as<Activity>()->script;
  if (text && text->text == "n = n + 1") ++state.n;
}

void Game::arm(State& state, NodeIndex event, int job, int scope) const {
  for (const EventDefinition& each : graph_.node(event).as<Event>()->definitions) {
    if (each.type == EventType::timer)
      state.alarms.push_back({job, scope, event, state.now + seconds_of(each), times_of(each)});
    else if (each.type == EventType::signal)
      state.alarms.push_back({job, scope, event, never, 1});
  }
}

// BPMN 2.0 §13.3.4: it begins at its start event, or at all that no flow leads to.
void Game::open(State& state, ContainerIndex container, int job, int beside, NodeIndex at) const {
  const int id = state.next++;
  state.scopes.push_back({id, container, job, beside, {}});
  bool begun = at != none;
  if (begun) emit(state, id, at);
  for (const NodeIndex n : graph_.nodes_of(container)) {
    const Activity* activity = graph_.node(n).as<Activity>();
    if (activity != nullptr && activity->kind == ActivityKind::event_sub_process)
      arm(state, start_of(graph_, activity->body), nobody, id);
    const Event* event = graph_.node(n).as<Event>();
    if (begun || event == nullptr || event->position != EventPosition::start) continue;
    begun = true;
    emit(state, id, n);
  }
  if (begun) return;
  for (const NodeIndex n : graph_.nodes_of(container)) {
    const Activity* activity = graph_.node(n).as<Activity>();
    if (!graph_.incoming(n).empty() || activity == nullptr || activity->for_compensation) continue;
    if (activity->kind == ActivityKind::event_sub_process) continue;
    const Token token{id, none, n};
    state.tokens.insert(std::upper_bound(state.tokens.begin(), state.tokens.end(), token), token);
  }
}

void Game::start(State& state, int scope, NodeIndex node, std::vector<NodeIndex>& marks) const {
  const Activity& activity = *graph_.node(node).as<Activity>();
  const bool script_task = activity.kind == ActivityKind::script_task;
  if (script_task && activity.loop.kind == LoopKind::none) {
    script(state, node);
    marks.push_back(node);
    if (undoer(node) != none) scope_of(state, scope)->done.push_back(node);
    emit(state, scope, node);
    return;
  }
  const int id = state.next++;
  state.jobs.push_back({id, scope, node, state.now, 1, 0, 0, {}});
  for (const NodeIndex boundary : graph_.boundary_of(node)) arm(state, boundary, id, nobody);
  Job& job = state.jobs.back();
  if (activity.loop.kind == LoopKind::multi_parallel || activity.loop.kind == LoopKind::multi_sequential)
    job.left = std::stoi(activity.loop.cardinality->text);
  if (activity.loop.kind == LoopKind::standard) job.left = activity.loop.test_before && !more(state, job) ? 0 : 1;
  if (job.left == 0)
    finish(state, id);
  else if (!script_task)
    begin_inside(state, id);
}

/// The insides that run now: one, or all of a parallel multi-instance activity.
void Game::begin_inside(State& state, int id) const {
  const Activity& activity = *graph_.node(job_of(state, id)->node).as<Activity>();
  const int count = activity.loop.kind == LoopKind::multi_parallel ? job_of(state, id)->left : 1;
  job_of(state, id)->left -= count;
  job_of(state, id)->open += count;
  for (int i = 0; i < count && job_of(state, id) != nullptr; ++i) open(state, activity.body, id, nobody, none);
}

// BPMN 2.0 §13.3.6.
bool Game::more(const State& state, const Job& job) const {
  const graph::Loop& loop = graph_.node(job.node).as<Activity>()->loop;
  if (loop.maximum && job.turns >= std::stoi(loop.maximum->text)) return false;
  return loop.condition && holds(state, *loop.condition);
}

void Game::turn_done(State& state, int id) const {
  Job& job = *job_of(state, id);
  const Activity& activity = *graph_.node(job.node).as<Activity>();
  ++job.turns;
  if (activity.loop.kind == LoopKind::standard) job.left = more(state, job) ? 1 : 0;
  if (activity.loop.completion && holds(state, *activity.loop.completion)) {
    for (std::size_t i = 0; i < state.scopes.size();) {
      if (state.scopes[i].job != id) {
        ++i;
        continue;
      }
      kill_inside(state, state.scopes[i].id);
      std::erase_if(state.scopes, [&, at = state.scopes[i].id](const Scope& scope) { return scope.id == at; });
      i = 0;
    }
    job_of(state, id)->left = job_of(state, id)->open = 0;
  }
  Job& now = *job_of(state, id);
  if (now.left == 0 && now.open == 0)
    finish(state, id);
  else if (activity.kind != ActivityKind::script_task && now.open == 0)
    begin_inside(state, id);
}

Step Game::run_script(const State& state, const Job& job) const {
  Step step{state, job.node};
  script(step.after, job.node);
  --job_of(step.after, job.id)->left;
  turn_done(step.after, job.id);
  return step;
}

/// A scope that has nothing more to do.
void Game::close(State& state, int id) const {
  const Scope scope = *scope_of(state, id);
  std::erase_if(state.alarms, [&](const Alarm& alarm) { return alarm.scope == id; });
  std::erase_if(state.scopes, [&](const Scope& each) { return each.id == id; });
  if (scope.beside != nobody || scope.job == nobody) return;
  Job& job = *job_of(state, scope.job);
  Scope& outer = *scope_of(state, job.scope);
  if (undoer(job.node) == none) outer.done.insert(outer.done.end(), scope.done.begin(), scope.done.end());
  --job.open;
  turn_done(state, scope.job);
}

/// The activity is complete.
void Game::finish(State& state, int id) const {
  const Job job = *job_of(state, id);
  kill_job(state, id);
  if (undoer(job.node) != none) scope_of(state, job.scope)->done.push_back(job.node);
  emit(state, job.scope, job.node);
}

/// A boundary event or the start of an event sub-process happens.
void Game::fire(State& state, const Alarm& alarm) const {
  const Event& event = *graph_.node(alarm.event).as<Event>();
  const auto mine = std::find(state.alarms.begin(), state.alarms.end(), alarm);
  if (alarm.due != never) {
    if (alarm.times > 1 && !event.interrupting) {
      --mine->times;
      mine->due += seconds_of(event.definitions[0]);
    } else {
      state.alarms.erase(mine);
    }
  }
  if (alarm.job != nobody) {
    const int scope = job_of(state, alarm.job)->scope;
    if (event.interrupting) kill_job(state, alarm.job);
    emit(state, scope, alarm.event);
    return;
  }
  if (event.interrupting) kill_inside(state, alarm.scope);
  open(state, graph_.node(alarm.event).container, nobody, alarm.scope, alarm.event);
}

}  // namespace echoflow::generate::reference
