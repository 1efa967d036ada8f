#pragma once
#include <map>
#include <string>
#include <vector>

#include "bpel/generate/generate.hpp"
#include "models/graph/process_graph.hpp"
#include "models/instances/instance_state.hpp"
#include "tests/conformance/simulated_host.hpp"

namespace echoflow::generate::test {

/// How often each element was done (by its id; what was skipped or interrupted is not in it).
using Trace = std::map<std::string, int>;

/// A model of one process, built by hand.
class Model {
 public:
  Model();

  graph::NodeIndex start(const std::string& id);
  graph::NodeIndex end(const std::string& id);
  graph::NodeIndex task(const std::string& id, const std::string& script = {});
  graph::NodeIndex gateway(const std::string& id, graph::GatewayKind kind);
  graph::FlowIndex flow(graph::NodeIndex from, graph::NodeIndex to, const std::string& condition = {});
  graph::FlowIndex otherwise(graph::NodeIndex from, graph::NodeIndex to);

  graph::ProcessGraph graph;

 private:
  graph::NodeIndex add(const std::string& id, graph::Detail detail);
};

struct Ran {
  Diagnostics findings;  ///< of the translation and of the deployment
  Trace trace;
  engine::InstanceStatus status = engine::InstanceStatus::running;
  std::size_t elements = 0;  ///< of the BPEL

  bool refused() const { return has_errors(findings); }
};

/// Translates, deploys and starts; the clock goes on by so many seconds.
Ran run(const graph::ProcessGraph& graph, const std::map<std::string, std::string>& variables = {}, int seconds = 0);
/// A BPMN file; what stands around the process is added.
graph::ProcessGraph bpmn_process(const std::string& inside);
/// "a2 b" for a trace, elements named in `ids` alone.
std::string told(const Trace& trace, const std::string& prefix = "t");
std::string told(const Diagnostics& findings);

}  // namespace echoflow::generate::test
