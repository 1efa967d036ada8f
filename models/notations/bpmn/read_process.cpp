#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

constexpr std::string_view choreography_elements[] = {"choreographyTask", "subChoreography", "callChoreography"};

void read_flow_element(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  // They are read when all nodes exist; until then nobody else may keep them.
  const bool flow = r.source.is(n, "sequenceFlow");
  if (flow || r.source.is(n, "laneSet")) {
    r.ledger.kept(n);
    return (flow ? r.flows : r.lane_sets).push_back({n, container, graph::none});
  }
  if (read_activity(r, n, container) || read_event(r, n, container) || read_gateway(r, n, container) ||
      read_data(r, n, container) || read_artifact(r, n, container))
    return;
  for (const auto local : choreography_elements)
    if (r.source.is(n, local)) r.ledger.left_out_below(n, "Choreography activities are not part of a process.");
}

}  // namespace

void read_flow_elements(Reading& r, xml::NodeIndex parent, graph::ContainerIndex container) {
  for (const auto n : r.source.children(parent)) read_flow_element(r, n, container);
}

// BPMN 2.0 §10.2 (process). An absent isExecutable means that the process is not known to be executable.
void read_process(Reading& r, xml::NodeIndex n) {
  const auto index = static_cast<graph::ContainerIndex>(r.graph.containers.size());
  r.ledger.kept(n);
  r.graph.containers.emplace_back();
  r.things[n] = {ThingKind::container, index};
  std::string id = own_id(r, n);
  const bool executable = r.source.flag(n, "isExecutable", false);
  if (executable) take(r, n, "isExecutable");
  const bool closed = take_flag(r, n, "isClosed", false);
  r.graph.containers[index].id = id;
  r.graph.containers[index].executable = executable;
  read_data_of(r, n, index, graph::none);
  read_flow_elements(r, n, index);
  read_roles(r, n, index, graph::none);
  Common common = read_common(r, n);
  auto& container = r.graph.containers[index];
  container.closed = closed;
  container.name = std::move(common.name);
  container.documentation = std::move(common.documentation);
  container.attributes = std::move(common.attributes);
  container.where = r.source.where(n);
}

}  // namespace echoflow::bpmn
