#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::RoleKind;

struct RoleElement {
  std::string_view local;
  RoleKind kind;
};

// BPMN 2.0 §10.3.1 (resource assignment), §10.3.4 (human performers and potential owners).
constexpr RoleElement role_elements[] = {
    {"potentialOwner", RoleKind::potential_owner},
    {"humanPerformer", RoleKind::performer},
    {"performer", RoleKind::performer},
    {"resourceRole", RoleKind::role},
};

/// A role without a name is called after its resource.
std::string name_of_resource(Reading& r, xml::NodeIndex n) {
  const auto reference = r.source.child(n, "resourceRef");
  if (reference == xml::no_node) return {};
  const auto resource = r.source.resolve(reference, r.source.text(reference));
  if (resource == xml::no_node) return r.source.text(reference);
  const auto name = r.source.attribute(resource, "name");
  return may_copy(r, name.size()) ? std::string(name) : std::string();
}

/// The expression that tells who it is, as an attribute with its language.
void read_assignment(Reading& r, xml::NodeIndex n, std::vector<graph::Attribute>& to) {
  const auto assignment = r.source.child(n, "resourceAssignmentExpression");
  if (assignment == xml::no_node) return;
  for (const auto child : r.source.children(assignment)) {
    if (!r.source.is(child, "formalExpression") && !r.source.is(child, "expression")) continue;
    r.ledger.kept(assignment);
    const auto expression = read_expression(r, child);
    to.push_back({"resourceAssignmentExpression", expression.text, expression.language});
  }
}

void read_role(Reading& r, xml::NodeIndex n, RoleKind kind, graph::ContainerIndex container, graph::NodeIndex owner) {
  const auto node = open_node(r, n, container);
  std::vector<graph::Attribute> more;
  const std::string resource = read_reference_child(r, n, "resourceRef");
  if (!resource.empty()) more.push_back({"resourceRef", resource, {}});
  read_assignment(r, n, more);
  r.graph.node(node).attributes = std::move(more);
  close_node(r, n, node, graph::Role{kind});
  auto& name = r.graph.node(node).name;
  if (name.empty()) name.set(r.language, name_of_resource(r, n));
  graph::Relation relation;
  relation.kind = owner == graph::none ? graph::RelationKind::other : graph::RelationKind::executes;
  relation.type = std::string(r.source.local(n));
  relation.from = node;
  relation.to = owner;
  relation.where = r.source.where(n);
  r.graph.relations.push_back(std::move(relation));
}

}  // namespace

void read_roles(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::NodeIndex owner) {
  for (const auto child : r.source.children(n))
    for (const auto& kind : role_elements)
      if (r.source.is(child, kind.local)) read_role(r, child, kind.kind, container, owner);
}

}  // namespace echoflow::bpmn
