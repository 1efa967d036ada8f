#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/bpel/generate/reference/state.hpp"

namespace echoflow::generate::reference {

/// What may happen next.
struct Step {
  State after;
  NodeIndex mark = none;  ///< the script that was run, if one was
};

/// The moves of a process. It knows what random models are made of (docs of `RandomModel`), and no more.
class Game {
 public:
  Game(const graph::ProcessGraph& graph, Inputs inputs);

  State begin() const;
  /// All that may happen now; when something that disturbs nothing else is among it, that alone.
  std::vector<Step> steps(const State& state) const;
  /// The clock goes on to the next thing that is due; false when nothing is.
  bool wait(State& state) const;
  static bool completed(const State& state) { return state.scopes.empty() && !state.faulted; }

 private:
  // game.cpp
  std::optional<Step> take(const State& state, const Token& token) const;
  std::optional<Step> join(const State& state, const Token& token, const graph::Gateway& gateway) const;
  void gateway_out(State& state, int scope, NodeIndex node, graph::GatewayKind kind) const;
  bool undisturbing(const State& state, const Token& token) const;
  void event_steps(const State& state, std::vector<Step>& steps) const;
  void emit(State& state, int scope, NodeIndex node) const;
  void put(State& state, int scope, FlowIndex flow) const;
  bool holds(const State& state, const graph::Expression& condition) const;

  // waiting.cpp: upstream tokens of inclusive joins
  bool inclusive_waits(const State& state, int scope, NodeIndex node) const;
  const std::set<FlowIndex>& reached(NodeIndex from, NodeIndex without) const;

  // activities.cpp
  void start(State& state, int scope, NodeIndex node, std::vector<NodeIndex>& marks) const;
  void open(State& state, ContainerIndex container, int job, int beside, NodeIndex at) const;
  void begin_inside(State& state, int job) const;
  void close(State& state, int scope) const;
  void turn_done(State& state, int job) const;
  bool more(const State& state, const Job& job) const;
  void finish(State& state, int job) const;
  Step run_script(const State& state, const Job& job) const;
  void script(State& state, NodeIndex node) const;
  void arm(State& state, NodeIndex event, int job, int scope) const;
  void fire(State& state, const Alarm& alarm) const;

  // throws.cpp
  void throw_all(State& state, int scope, NodeIndex node) const;
  void compensate(State& state, int throwing, const std::string& activity) const;
  void signal(State& state, const std::string& name) const;
  void cancel(State& state, int scope) const;
  bool caught_inside(State& state, int scope, graph::EventType type, const std::string& ref, bool& goes_on) const;
  bool caught_outside(State& state, int job, graph::EventType type, const std::string& ref, bool& goes_on) const;
  void climb(State& state, int scope, graph::EventType type, const std::string& ref) const;
  NodeIndex undoer(NodeIndex node) const;
  static void kill_inside(State& state, int scope);
  static void kill_job(State& state, int job);

  const graph::ProcessGraph& graph_;
  Inputs inputs_;
  mutable std::map<std::pair<NodeIndex, NodeIndex>, std::set<FlowIndex>> reached_;
};

Scope* scope_of(State& state, int id);
const Scope* scope_of(const State& state, int id);
Job* job_of(State& state, int id);
Time seconds_of(const graph::EventDefinition& timer);

}  // namespace echoflow::generate::reference
