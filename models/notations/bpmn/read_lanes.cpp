#include <algorithm>

#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using Lanes = std::vector<std::string>;

void read_lane_set(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, const Lanes& outer);

bool begins_with(const Lanes& all, const Lanes& first) {
  return all.size() >= first.size() && std::equal(first.begin(), first.end(), all.begin());
}

std::size_t bytes_of(const Lanes& lanes) {
  std::size_t bytes = 0;
  for (const auto& lane : lanes) bytes += lane.size() + sizeof(lane);
  return bytes;
}

/// A node has the innermost of the lanes that hold it. Where lane sets cross (roles by rows, phases by columns) the
/// first one is its lane and the others are its attributes.
void place(Reading& r, xml::NodeIndex reference, const Lanes& lanes) {
  const auto index = node_of(r, r.source.resolve(reference, r.source.text(reference)));
  if (index == graph::none) return r.ledger.left_out(reference, "It names no element of the process.");
  if (!may_copy(r, bytes_of(lanes))) {
    finding(r, Severity::error, "BPMN0007", reference, "The names of the lanes are too long: give lanes short ids.");
    return r.ledger.left_out(reference, "The names of the lanes are too long.");
  }
  r.ledger.kept(reference);
  auto& node = r.graph.node(index);
  if (begins_with(lanes, node.lanes)) {
    node.lanes = lanes;
  } else if (!begins_with(node.lanes, lanes)) {
    node.attributes.push_back({"lane", lanes.back(), {}});
    r.ledger.changed(reference, "The element stands in another lane already; this one is kept as an attribute of it.");
  }
}

// BPMN 2.0 §10.8 (lanes).
void read_lane(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, const Lanes& outer) {
  const auto node = open_node(r, n, container);
  Lanes lanes = outer;
  lanes.push_back(r.graph.node(node).id);
  r.graph.node(node).lanes = outer;
  for (const auto child : r.source.children(n)) {
    if (r.source.is(child, "flowNodeRef")) place(r, child, lanes);
    if (r.source.is(child, "childLaneSet")) read_lane_set(r, child, container, lanes);
  }
  close_node(r, n, node, graph::Role{graph::RoleKind::lane});
}

void read_lane_set(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, const Lanes& outer) {
  r.ledger.kept(n);
  for (const auto child : r.source.children(n, "lane")) read_lane(r, child, container, outer);
}

/// What stands in a sub-process, or at the boundary of an activity, is where that is.
void inherit(Reading& r) {
  for (graph::NodeIndex n = 0; n < r.graph.node_count(); ++n) {
    auto& node = r.graph.node(n);
    if (!node.lanes.empty()) continue;
    const auto* event = node.as<graph::Event>();
    const auto* role = node.as<graph::Role>();
    auto host = r.graph.containers[node.container].owner;
    if (event && event->attached_to != graph::none) host = event->attached_to;
    if (host == graph::none || (role && role->kind == graph::RoleKind::lane)) continue;
    const auto& lanes = r.graph.node(host).lanes;
    if (may_copy(r, bytes_of(lanes))) node.lanes = lanes;
  }
}

}  // namespace

void read_waiting_lanes(Reading& r) {
  for (const auto& waiting : r.lane_sets) read_lane_set(r, waiting.element, waiting.container, {});
  inherit(r);
}

}  // namespace echoflow::bpmn
