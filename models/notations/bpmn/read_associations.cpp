#include <algorithm>

#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Relation;
using graph::RelationKind;

/// One end of an association.
struct End {
  graph::NodeIndex node = graph::none;
  graph::FlowIndex flow = graph::none;
  std::string reference;
};

End end_of(Reading& r, xml::NodeIndex n, std::string_view attribute) {
  End end;
  end.reference = take_reference(r, n, attribute);
  const auto found = r.things.find(r.source.find(end.reference));
  if (found == r.things.end()) return end;
  if (found->second.kind == ThingKind::node) end.node = found->second.index;
  if (found->second.kind == ThingKind::flow) end.flow = found->second.index;
  return end;
}

template <class T>
bool is(const Reading& r, const End& end) {
  return end.node != graph::none && r.graph.node(end.node).as<T>() != nullptr;
}

bool is_boundary(const Reading& r, const End& end) {
  return is<graph::Event>(r, end) &&
         r.graph.node(end.node).as<graph::Event>()->position == graph::EventPosition::boundary;
}

// BPMN 2.0 §8.4.1 (associations). The graph knows what an association means; its direction decides for data.
RelationKind meaning(const Reading& r, End& source, End& target) {
  if (is<graph::Note>(r, target) && !is<graph::Note>(r, source)) std::swap(source, target);
  if (is<graph::Note>(r, source)) return RelationKind::annotates;
  if (is_boundary(r, target) && is<graph::Activity>(r, source)) std::swap(source, target);
  if (is_boundary(r, source) && is<graph::Activity>(r, target)) return RelationKind::compensates;
  if (is<graph::Data>(r, target) && is<graph::Activity>(r, source)) return RelationKind::writes;
  if (is<graph::Data>(r, source) && is<graph::Activity>(r, target)) {
    std::swap(source, target);
    return RelationKind::reads;
  }
  return RelationKind::other;
}

void read_association(Reading& r, const Waiting& waiting) {
  const auto n = waiting.element;
  End source = end_of(r, n, "sourceRef");
  End target = end_of(r, n, "targetRef");
  const std::string direction = take(r, n, "associationDirection");
  Relation relation;
  relation.kind = meaning(r, source, target);
  // Without a direction it only says that the two have to do with each other.
  const bool data = relation.kind == RelationKind::reads || relation.kind == RelationKind::writes;
  if (data && direction != "One" && direction != "Both") relation.kind = RelationKind::other;
  relation.type = "association";
  relation.id = std::string(r.source.attribute(n, "id"));
  relation.from = source.node;
  relation.to = target.node;
  relation.to_flow = target.flow == graph::none ? source.flow : target.flow;
  relation.where = r.source.where(n);
  if (!direction.empty()) relation.attributes.push_back({"associationDirection", direction, {}});
  if (source.node == graph::none) relation.attributes.push_back({"sourceRef", source.reference, {}});
  if (target.node == graph::none) relation.attributes.push_back({"targetRef", target.reference, {}});
  const Common common = read_common_without_documentation(r, n);
  relation.attributes.insert(relation.attributes.end(), common.attributes.begin(), common.attributes.end());
  r.things[n] = {ThingKind::relation, static_cast<std::uint32_t>(r.graph.relations.size())};
  r.graph.relations.push_back(std::move(relation));
}

/// An element of a category's value belongs to the groups that show it.
void relate_groups(Reading& r) {
  std::map<std::string, std::vector<graph::NodeIndex>> groups;
  for (const auto& [element, thing] : r.things) {
    const auto value = r.source.attribute(element, "categoryValueRef");
    if (thing.kind == ThingKind::node && r.graph.node(thing.index).as<graph::Group>() && !value.empty())
      groups[r.source.reference(element, value)].push_back(thing.index);
  }
  if (groups.empty()) return;
  for (const auto n : r.source.elements()) {
    if (!r.source.is(n, "categoryValueRef")) continue;
    const auto node = node_of(r, r.document().parent(n));
    const auto found = groups.find(r.source.reference(n, r.source.text(n)));
    if (node == graph::none || found == groups.end()) continue;
    constexpr std::size_t most_groups = 16;  // of one value; a hostile file has as many as it likes
    for (std::size_t i = 0; i < std::min(found->second.size(), most_groups); ++i) {
      const auto group = found->second[i];
      Relation relation;
      relation.kind = RelationKind::belongs_to;
      relation.type = "categoryValueRef";
      relation.from = node;
      relation.to = group;
      relation.where = r.source.where(n);
      r.graph.relations.push_back(std::move(relation));
    }
  }
}

}  // namespace

void read_waiting_artifacts(Reading& r) {
  for (const auto& waiting : r.artifacts) read_association(r, waiting);
  relate_groups(r);
}

}  // namespace echoflow::bpmn
