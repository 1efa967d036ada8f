#include <set>

#include "models/notations/bpmn/namespaces.hpp"
#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Bounds;
using graph::Point;

constexpr const char* style_left_out = "Fonts and label styles are not kept.";

bool is_diagram(const Reading& r, xml::NodeIndex n, std::string_view local) {
  return r.document().local_name(n) == local && is_bpmn_namespace(r.document().namespace_uri(n));
}

std::vector<xml::NodeIndex> children(const Reading& r, xml::NodeIndex n) {
  std::vector<xml::NodeIndex> found;
  for (auto c = r.document().first_child_element(n); c != xml::no_node; c = r.document().next_sibling_element(c))
    found.push_back(c);
  return found;
}

xml::NodeIndex child(const Reading& r, xml::NodeIndex n, std::string_view local) {
  for (const auto c : children(r, n))
    if (is_diagram(r, c, local)) return c;
  return xml::no_node;
}

std::optional<Bounds> read_bounds(Reading& r, xml::NodeIndex parent) {
  const auto n = child(r, parent, "Bounds");
  if (n == xml::no_node) return std::nullopt;
  r.ledger.kept(n);
  Bounds bounds{take_decimal(r, n, "x"), take_decimal(r, n, "y"), take_decimal(r, n, "width"),
                take_decimal(r, n, "height")};
  return bounds;
}

std::optional<Bounds> read_label(Reading& r, xml::NodeIndex parent) {
  const auto n = child(r, parent, "BPMNLabel");
  if (n == xml::no_node) return std::nullopt;
  r.ledger.kept(n);
  const bool styled = !take(r, n, "labelStyle").empty();
  if (styled) r.ledger.changed(n, style_left_out);
  return read_bounds(r, n);
}

std::vector<Point> read_waypoints(Reading& r, xml::NodeIndex edge) {
  std::vector<Point> points;
  for (const auto n : children(r, edge)) {
    if (!is_diagram(r, n, "waypoint")) continue;
    r.ledger.kept(n);
    points.push_back({take_decimal(r, n, "x"), take_decimal(r, n, "y")});
  }
  return points;
}

/// What a tool adds to a shape (colours, for the most part) belongs to the thing that is drawn.
void keep_rest(Reading& r, xml::NodeIndex n, std::vector<graph::Attribute>& to) {
  const Common common = read_common_without_documentation(r, n);
  to.insert(to.end(), common.attributes.begin(), common.attributes.end());
}

const Thing* thing_of(Reading& r, xml::NodeIndex n) {
  const std::string reference = take_reference(r, n, "bpmnElement");
  const auto found = r.things.find(r.source.find(reference));
  return found == r.things.end() ? nullptr : &found->second;
}

bool horizontal(Reading& r, xml::NodeIndex n, const std::optional<Bounds>& bounds) {
  return take_flag(r, n, "isHorizontal", !bounds || bounds->width >= bounds->height);
}

/// Nodes whose shape does not say whether it shows the inside.
using Undecided = std::set<graph::NodeIndex>;

bool expanded(Reading& r, xml::NodeIndex n, graph::NodeIndex node, Undecided& undecided) {
  const auto* activity = r.graph.node(node).as<graph::Activity>();
  if (!r.source.has(n, "isExpanded") && activity && activity->body != graph::none) undecided.insert(node);
  return take_flag(r, n, "isExpanded", true);
}

bool holds(const Bounds& outer, const Bounds& inner) {
  const double x = inner.x + inner.width / 2;
  const double y = inner.y + inner.height / 2;
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height;
}

/// Without isExpanded a sub-process is drawn open when one of its nodes stands in its shape.
void decide(Reading& r, const Undecided& undecided) {
  for (const auto n : undecided) r.graph.node(n).expanded = false;
  for (graph::NodeIndex n = 0; n < r.graph.node_count(); ++n) {
    const auto& inner = r.graph.node(n);
    const auto owner = r.graph.containers[inner.container].owner;
    if (owner == graph::none || !undecided.contains(owner) || !inner.bounds) continue;
    auto& outer = r.graph.node(owner);
    if (outer.bounds && holds(*outer.bounds, *inner.bounds)) outer.expanded = true;
  }
}

// BPMN 2.0 §12.2.3.3 (shapes).
void read_shape(Reading& r, xml::NodeIndex n, Undecided& undecided) {
  const Thing* thing = thing_of(r, n);
  r.ledger.kept(n);
  const auto bounds = read_bounds(r, n);
  const auto label = read_label(r, n);
  if (thing && thing->kind == ThingKind::participant) {
    auto& participant = r.graph.participants[thing->index];
    participant.horizontal = horizontal(r, n, bounds);
    if (participant.bounds) return r.ledger.left_out_below(n, "It draws an element again that is drawn already.");
    participant.bounds = bounds;
    return keep_rest(r, n, participant.attributes);
  }
  if (!thing || thing->kind != ThingKind::node)
    return r.ledger.left_out_below(n, "It draws nothing that the process graph holds.");
  auto& node = r.graph.node(thing->index);
  if (node.bounds) return r.ledger.left_out_below(n, "It draws an element again that is drawn already.");
  node.horizontal = horizontal(r, n, bounds);
  node.expanded = expanded(r, n, thing->index, undecided);
  node.bounds = bounds;
  node.label = label;
  keep_rest(r, n, node.attributes);
}

template <class T>
void put_edge(T& to, std::vector<Point> points, const std::optional<Bounds>& label) {
  to.waypoints = std::move(points);
  to.label = label;
}

// BPMN 2.0 §12.2.3.4 (edges).
void read_edge(Reading& r, xml::NodeIndex n) {
  const Thing* thing = thing_of(r, n);
  r.ledger.kept(n);
  auto points = read_waypoints(r, n);
  const auto label = read_label(r, n);
  // The ends of the drawn line are those of the flow.
  take(r, n, "sourceElement");
  take(r, n, "targetElement");
  if (thing && thing->kind == ThingKind::flow) {
    auto& flow = r.graph.flow(thing->index);
    put_edge(flow, std::move(points), label);
    return keep_rest(r, n, flow.attributes);
  }
  if (thing && thing->kind == ThingKind::message_flow) {
    auto& flow = r.graph.message_flows[thing->index];
    put_edge(flow, std::move(points), label);
    return keep_rest(r, n, flow.attributes);
  }
  if (!thing || thing->kind != ThingKind::relation)
    return r.ledger.left_out_below(n, "It draws nothing that the process graph holds.");
  auto& relation = r.graph.relations[thing->index];
  relation.waypoints = std::move(points);
  keep_rest(r, n, relation.attributes);
}

void read_plane(Reading& r, xml::NodeIndex plane, Undecided& undecided) {
  r.ledger.kept(plane);
  take(r, plane, "bpmnElement");
  for (const auto n : children(r, plane)) {
    if (is_diagram(r, n, "BPMNShape")) read_shape(r, n, undecided);
    if (is_diagram(r, n, "BPMNEdge")) read_edge(r, n);
  }
}

void read_diagram(Reading& r, xml::NodeIndex n, Undecided& undecided) {
  r.ledger.kept(n);
  for (const auto name : {"name", "documentation", "resolution"}) take(r, n, name);
  for (const auto c : children(r, n)) {
    if (is_diagram(r, c, "BPMNPlane")) read_plane(r, c, undecided);
    if (is_diagram(r, c, "BPMNLabelStyle")) r.ledger.left_out_below(c, style_left_out);
  }
}

}  // namespace

void read_diagrams(Reading& r) {
  Undecided undecided;
  for (const auto n : children(r, r.source.root()))
    if (is_diagram(r, n, "BPMNDiagram")) read_diagram(r, n, undecided);
  decide(r, undecided);
}

}  // namespace echoflow::bpmn
