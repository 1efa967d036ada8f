#pragma once
#include <compare>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"

/// The rules of BPMN 2.0 §13 as a game of tokens: an answer that owes nothing to the translation.
namespace echoflow::generate::reference {

using graph::ContainerIndex;
using graph::FlowIndex;
using graph::NodeIndex;
using graph::none;

/// Seconds since the start; `never` for what only something else brings about.
using Time = int;
inline constexpr Time never = std::numeric_limits<int>::max();
inline constexpr int nobody = -1;

struct Token {
  int scope = 0;
  FlowIndex flow = none;  ///< none: at the node itself, which begins its container
  NodeIndex node = none;
  auto operator<=>(const Token&) const = default;
};

/// One run of a process, of the inside of an activity, or of an event sub-process.
struct Scope {
  int id = 0;
  ContainerIndex container = 0;
  int job = nobody;             ///< whose inside it is
  int beside = nobody;          ///< of an event sub-process: the scope that it belongs to
  std::vector<NodeIndex> done;  ///< what can be compensated, in the order of its completion
  auto operator<=>(const Scope&) const = default;
};

/// A node that is at work: an activity with something inside, an event or event-based gateway that waits, a
/// compensation.
struct Job {
  int id = 0;
  int scope = 0;
  NodeIndex node = none;
  Time since = 0;
  int left = 0;  ///< instances or iterations that have not begun; `unknown` for a standard loop
  int open = 0;  ///< insides that run
  int turns = 0;
  std::vector<NodeIndex> undo;  ///< what is still to be undone, the last first
  auto operator<=>(const Job&) const = default;
};

/// A boundary event, or the start of an event sub-process, that listens.
struct Alarm {
  int job = nobody;
  int scope = nobody;
  NodeIndex event = none;
  Time due = never;
  int times = 1;
  auto operator<=>(const Alarm&) const = default;
};

struct State {
  Time now = 0;
  int n = 0;  ///< the one number that a model counts in
  int next = 0;
  bool faulted = false;
  std::vector<Token> tokens;
  std::vector<Scope> scopes;
  std::vector<Job> jobs;
  std::vector<Alarm> alarms;
  auto operator<=>(const State&) const = default;
};

/// What a process is started with.
struct Inputs {
  std::map<std::string, bool> flags;
  int n = 0;
};

}  // namespace echoflow::generate::reference
