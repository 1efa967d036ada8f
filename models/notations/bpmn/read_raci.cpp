#include <algorithm>
#include <map>

#include "models/notations/bpmn/readers.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::bpmn {
namespace {

using graph::NodeIndex;
using graph::RelationKind;

constexpr std::string_view raci_attribute = "{urn:echoflow:cx:1.0}raci";

struct RaciLetter {
  std::string_view letter;
  RelationKind kind;
};
constexpr RaciLetter raci_letters[] = {{"R", RelationKind::executes},
                                       {"A", RelationKind::decides},
                                       {"S", RelationKind::contributes},
                                       {"C", RelationKind::consulted},
                                       {"I", RelationKind::informed}};

graph::ContainerIndex process_around(const graph::ProcessGraph& graph, NodeIndex node) {
  auto at = graph.node(node).container;
  while (graph.containers[at].parent != graph::none) at = graph.containers[at].parent;
  return at;
}

/// The lanes and roles of each process by their names.
using RolesByName = std::map<std::pair<graph::ContainerIndex, std::string>, NodeIndex>;

RolesByName roles_by_name(const Reading& r) {
  RolesByName roles;
  for (NodeIndex n = 0; n < r.graph.node_count(); ++n) {
    const auto& node = r.graph.node(n);
    if (node.as<graph::Role>()) roles.emplace(std::pair(process_around(r.graph, n), node.name.in(r.language)), n);
  }
  return roles;
}

/// The lane or role of the activity's process that is called so; a new role where there is none.
NodeIndex role_named(Reading& r, RolesByName& roles, const std::string& name, NodeIndex activity) {
  const auto process = process_around(r.graph, activity);
  const auto [known, is_new] = roles.try_emplace({process, name}, graph::none);
  if (!is_new) return known->second;
  graph::Node node;
  do node.id = "raci." + std::to_string(++r.numbers["raci"]);
  while (r.graph.find(node.id) != graph::none);
  node.name.set(r.language, name);
  node.container = process;
  node.where = r.graph.node(activity).where;
  node.detail = graph::Role{graph::RoleKind::role};
  return known->second = r.graph.add_node(std::move(node));
}

void refuse_raci(Reading& r, NodeIndex activity) {
  const auto& node = r.graph.node(activity);
  add_finding(r.findings, {"CX00001", Severity::error,
                           "'" + node.id + "': cx:raci must have a role and a letter R, A, S, C or I.", node.where});
}

void relate_role(Reading& r, RolesByName& roles, const std::string& xml, NodeIndex activity) {
  const auto document = xml::read(xml);
  if (!document) return refuse_raci(r, activity);
  const auto root = document->document_element();
  const std::string name(document->attribute(root, "role").value_or(""));
  const auto letter = document->attribute(root, "letter").value_or("");
  const auto known = std::find_if(std::begin(raci_letters), std::end(raci_letters),
                                  [&](const RaciLetter& each) { return each.letter == letter; });
  if (name.empty() || known == std::end(raci_letters)) return refuse_raci(r, activity);
  graph::Relation relation;
  relation.kind = known->kind;
  relation.type = "cx:raci";
  relation.from = role_named(r, roles, name, activity);
  relation.to = activity;
  relation.where = r.graph.node(activity).where;
  r.graph.relations.push_back(std::move(relation));
}

}  // namespace

void read_raci(Reading& r) {
  auto roles = roles_by_name(r);
  const auto count = static_cast<NodeIndex>(r.graph.node_count());
  for (NodeIndex n = 0; n < count; ++n) {
    if (!r.graph.node(n).as<graph::Activity>()) continue;
    const auto attributes = r.graph.node(n).attributes;
    for (const auto& attribute : attributes)
      if (attribute.name == raci_attribute) relate_role(r, roles, attribute.value, n);
  }
}

}  // namespace echoflow::bpmn
