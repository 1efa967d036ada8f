#pragma once
#include <map>
#include <string>

#include "models/graph/process_graph.hpp"

namespace echoflow::generate::test {

/// What the rules of BPMN 2.0 §13 do with the tokens of a process of tasks and gateways, played out one token after the
/// other: an answer that owes nothing to the translation.
struct Played {
  std::map<std::string, int> trace;  ///< how often each task was done
  bool stuck = false;                ///< tokens are left that nothing takes
  bool ended = true;                 ///< false: too many steps
  bool no_flow = false;              ///< a split without a flow to take
};

/// Conditions are "true", "false", or "n < NUMBER" with n the tasks done so far.
Played play(const graph::ProcessGraph& graph);

}  // namespace echoflow::generate::test
