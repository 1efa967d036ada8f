#include "models/notations/aml/reader.hpp"

namespace echoflow::aml {

using epc::Chain;
using epc::Connection;
using epc::ObjectKind;
using graph::LossKind;
using xml::NodeIndex;

void Reader::index_chains() {
  for (std::size_t i = 0; i < source_.chains.size(); ++i) {
    const auto& chain = source_.chains[i];
    for (const auto& object : chain.objects)
      if (object.kind == ObjectKind::function) functions_.insert({definition_of_[object.id], {i, object.id}});
    for (const auto& known : chain.connections) {
      shown_.insert({known.type, known.from, definition_of_[known.to]});
      shown_.insert({known.type, known.to, definition_of_[known.from]});
    }
  }
}

/// A function allocation diagram says who and what takes part in one function, wherever that stands.
void Reader::read_allocation(const Model& model) {
  std::map<std::string, NodeIndex> occurrences;
  each_child(model.element, [&](NodeIndex n) {
    const auto own = id_of(file_, n);
    if (document().local_name(n) == "ObjOcc") {
      occurrences[own] = n;
      epc::report(source_, LossKind::changed, file_, n, own, "It is shown at the functions in the chains.");
    } else if (!own.empty() && document().local_name(n) != "FFTextDef") {
      left_out(n, own, "It is part of the drawing only.");
    }
  });
  epc::report(source_, LossKind::changed, file_, model.element, model.id,
              "What this function allocation diagram shows is added to the functions in the chains.");
  for (const auto& [id, n] : occurrences) allocate(n, model, occurrences);
}

void Reader::allocate(NodeIndex n, const Model& model, const std::map<std::string, NodeIndex>& occurrences) {
  const auto own = file_.attribute(n, "ObjDef.IdRef");
  each_child(n, [&](NodeIndex arrow) {
    if (document().local_name(arrow) != "CxnOcc") return;
    const auto id = file_.attribute(arrow, "CxnOcc.ID");
    const auto connection = database_.connections.find(file_.attribute(arrow, "CxnDef.IdRef"));
    const auto end = occurrences.find(file_.attribute(arrow, "ToObjOcc.IdRef"));
    if (connection == database_.connections.end() || end == occurrences.end())
      return left_out(arrow, id, "Its definition or end is not in the file.");
    const auto other = file_.attribute(end->second, "ObjDef.IdRef");
    bool placed = false;
    for (const bool from_function : {true, false}) {
      const auto [begin, last] = functions_.equal_range(from_function ? own : other);
      for (auto function = begin; function != last; ++function, placed = true)
        add_allocated(source_.chains[function->second.first], function->second.second, connection->second,
                      from_function ? other : own, arrow);
    }
    connection->second.used = connection->second.used || placed;
    if (placed) epc::report(source_, LossKind::changed, file_, arrow, id, "It is shown at the function in the chains.");
    if (!placed) left_out(arrow, id, "No chain of the file has the function of the diagram '" + model.id + "'.");
  });
}

void Reader::add_allocated(Chain& chain, const std::string& function, const ConnectionDefinition& definition,
                           const std::string& other, NodeIndex arrow) {
  const auto found = database_.objects.find(other);
  if (found == database_.objects.end()) return;
  if (!may_copy(found->second.values, arrow, other) || !may_copy(definition.values, arrow, other)) return;
  auto object = object_of(found->second, {});
  if (!object || epc::flows(object->kind)) return;
  found->second.used = true;
  // A chain that shows the same connection itself says it once.
  if (!shown_.insert({definition.type, function, other}).second) return;
  object->id = function + "." + other;
  object->where = file_.where(arrow);
  object->attributes.push_back({"aml.definition", other, {}});
  Connection connection;
  connection.id = file_.attribute(arrow, "CxnOcc.ID") + "." + function;
  connection.from = object->id;
  connection.to = function;
  connection.where = object->where;
  describe(definition, connection);
  definition_of_[object->id] = other;
  if (allocated_.emplace(chain.id, object->id).second) chain.objects.push_back(std::move(*object));
  chain.connections.push_back(std::move(connection));
}

}  // namespace echoflow::aml
