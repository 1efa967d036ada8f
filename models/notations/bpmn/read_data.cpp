#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Data;
using graph::DataKind;

struct DataElement {
  std::string_view local;
  DataKind kind;
  std::string_view reference;  // the attribute that names what is referred to
};

// BPMN 2.0 §10.4 (items and data).
constexpr DataElement flow_kinds[] = {
    {"dataObject", DataKind::object, ""},
    {"dataObjectReference", DataKind::reference, "dataObjectRef"},
    {"dataStoreReference", DataKind::store_reference, "dataStoreRef"},
};
constexpr DataElement owned_kinds[] = {
    {"dataInput", DataKind::input, ""},
    {"dataOutput", DataKind::output, ""},
    {"property", DataKind::property, ""},
};

Data read_details(Reading& r, xml::NodeIndex n, const DataElement& kind) {
  Data data;
  data.kind = kind.kind;
  data.item = take_reference(r, n, "itemSubjectRef");
  if (!kind.reference.empty()) data.ref = take_reference(r, n, kind.reference);
  data.collection = take_flag(r, n, "isCollection", false);
  const auto state = r.source.child(n, "dataState");
  if (state == xml::no_node) return data;
  data.state = take(r, state, "name");
  r.ledger.kept(state);
  return data;
}

/// Each data input and output says how its sets hold it: "dataInputRefs", "optionalInputRefs" …
void read_sets(Reading& r, xml::NodeIndex specification) {
  for (const auto set : r.source.children(specification)) {
    if (!r.source.is(set, "inputSet") && !r.source.is(set, "outputSet")) continue;
    r.ledger.kept(set);
    const std::string id(r.source.attribute(set, "id"));
    take(r, set, "name");
    for (const auto member : r.source.children(set)) {
      const auto data = node_of(r, r.source.resolve(member, r.source.text(member)));
      if (r.source.is(member, "documentation") || r.source.is(member, "extensionElements")) continue;
      r.ledger.kept(member);
      if (data != graph::none) r.graph.node(data).attributes.push_back({std::string(r.source.local(member)), id, {}});
    }
  }
}

void relate(Reading& r, xml::NodeIndex n, graph::NodeIndex owner, graph::NodeIndex data, std::string type) {
  graph::Relation relation;
  relation.kind = graph::RelationKind::other;
  relation.type = std::move(type);
  relation.from = owner;
  relation.to = data;
  relation.inner_name = std::string(r.graph.node(data).name.in(""));
  relation.where = r.source.where(n);
  r.graph.relations.push_back(std::move(relation));
}

void read_owned(Reading& r, xml::NodeIndex parent, graph::ContainerIndex container, graph::NodeIndex owner) {
  for (const auto child : r.source.children(parent)) read_owned_data(r, child, container, owner);
  read_sets(r, parent);
}

}  // namespace

bool read_data(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  for (const auto& kind : flow_kinds) {
    if (!r.source.is(n, kind.local)) continue;
    const auto node = open_node(r, n, container);
    close_node(r, n, node, read_details(r, n, kind));
    return true;
  }
  return false;
}

void read_owned_data(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::NodeIndex owner) {
  for (const auto& kind : owned_kinds) {
    if (!r.source.is(n, kind.local)) continue;
    const auto node = open_node(r, n, container);
    close_node(r, n, node, read_details(r, n, kind));
    if (owner != graph::none)
      relate(r, n, owner, node, kind.kind == DataKind::property ? "property" : "ioSpecification");
  }
}

// BPMN 2.0 §10.4.1 (properties; inputs and outputs of activities and events).
void read_data_of(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::NodeIndex owner) {
  read_owned(r, n, container, owner);
  for (const auto specification : r.source.children(n, "ioSpecification")) {
    r.ledger.kept(specification);
    read_owned(r, specification, container, owner);
  }
  for (const auto child : r.source.children(n))
    if (r.source.is(child, "dataInputAssociation") || r.source.is(child, "dataOutputAssociation")) {
      r.ledger.kept(child);
      r.data_associations.push_back({child, container, owner});
    }
}

}  // namespace echoflow::bpmn
