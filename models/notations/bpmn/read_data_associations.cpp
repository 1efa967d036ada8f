#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Relation;
using graph::RelationKind;

void read_assignment(Reading& r, xml::NodeIndex n, Relation& to) {
  r.ledger.kept(n);
  auto from = read_expression_child(r, n, "from");
  auto into = read_expression_child(r, n, "to");
  to.assignments.emplace_back(std::move(from).value_or(graph::Expression{}),
                              std::move(into).value_or(graph::Expression{}));
}

/// What the data is called inside of the activity: its name, or its id.
std::string inner_name(Reading& r, const std::string& id) {
  const auto node = r.graph.find(id);
  if (node == graph::none || r.graph.node(node).name.empty()) return id;
  const auto name = r.graph.node(node).name.in("");
  return may_copy(r, name.size()) ? std::string(name) : id;
}

/// The end that is not the activity's own. Where there are several sources, each has a relation; what is done with
/// them stands with the first.
void add_relations(Reading& r, xml::NodeIndex n, Relation relation, const std::vector<std::string>& outer) {
  const auto first = static_cast<std::uint32_t>(r.graph.relations.size());
  relation.to = outer.empty() ? graph::none : node_of(r, r.source.find(outer.front()));
  r.graph.relations.push_back(relation);
  r.things[n] = {ThingKind::relation, first};
  for (std::size_t i = 1; i < outer.size(); ++i) {
    Relation more;
    more.kind = relation.kind;
    more.type = relation.type;
    more.from = relation.from;
    more.to = node_of(r, r.source.find(outer[i]));
    if (may_copy(r, relation.inner_name.size())) more.inner_name = relation.inner_name;
    more.where = relation.where;
    r.graph.relations.push_back(std::move(more));
  }
}

/// One item of a loop's collection is no node: the association keeps its name.
void add_item(Reading& r, const std::string& id, Relation& relation) {
  const auto element = r.source.find(id);
  if (!r.source.is(element, "inputDataItem") && !r.source.is(element, "outputDataItem")) return;
  const std::string name(r.source.attribute(element, "name"));
  relation.attributes.push_back({"item", name.empty() ? id : name, {}});
}

// BPMN 2.0 §10.4.2 (data associations).
void read_data_association(Reading& r, const Waiting& waiting) {
  const auto n = waiting.element;
  const bool input = r.source.is(n, "dataInputAssociation");
  Relation relation;
  relation.kind = input ? RelationKind::reads : RelationKind::writes;
  relation.type = std::string(r.source.local(n));
  relation.id = std::string(r.source.attribute(n, "id"));
  relation.from = waiting.owner;
  relation.where = r.source.where(n);
  relation.transformation = read_expression_child(r, n, "transformation");
  std::vector<std::string> sources;
  for (const auto source : r.source.children(n, "sourceRef")) sources.push_back(read_reference(r, source));
  const std::string target = read_reference_child(r, n, "targetRef");
  for (const auto assignment : r.source.children(n, "assignment")) read_assignment(r, assignment, relation);
  const std::string inner = input ? target : sources.empty() ? std::string() : sources.front();
  relation.inner_name = inner_name(r, inner);
  if (!inner.empty()) relation.attributes.push_back({input ? "targetRef" : "sourceRef", inner, {}});
  add_item(r, input ? (sources.empty() ? std::string() : sources.front()) : target, relation);
  const Common common = read_common_without_documentation(r, n);
  relation.attributes.insert(relation.attributes.end(), common.attributes.begin(), common.attributes.end());
  add_relations(r, n, std::move(relation), input ? sources : std::vector<std::string>{target});
}

}  // namespace

void read_waiting_data_associations(Reading& r) {
  for (const auto& waiting : r.data_associations) read_data_association(r, waiting);
}

}  // namespace echoflow::bpmn
