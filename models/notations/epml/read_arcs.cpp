#include "models/notations/epml/reader.hpp"
#include "models/notations/epml/words.hpp"

namespace echoflow::epml {

using epc::Chain;
using epc::Connection;
using xml::NodeIndex;

// EPML 2.0: <arc id=><flow source= target=/></arc> is control flow, <relation …/> in it is not.
void Reader::read_arc(NodeIndex n, Chain& chain) {
  Connection connection;
  connection.id = file_.attribute(n, "id");
  connection.element = local(n);
  connection.where = file_.where(n);
  bool found = false;
  keep_others(n, {"id"}, connection.attributes);
  each_child(n, [&](NodeIndex part) { read_arc_part(part, connection, found); });
  if (!found) return left_out(n, connection.id, "The arc has no ends.");
  for (const auto& attribute : connection.attributes) {
    const auto name = lower(attribute.name);
    if (name == "at_prob" || name == "probability") connection.probability = epc::probability_of(attribute.value);
    if (name == condition_attribute)
      connection.condition = graph::Expression{attribute.value, std::string(condition_language), connection.where};
  }
  if (connection.element == "arc/relation") finish_relation(connection);
  chain.connections.push_back(std::move(connection));
}

void Reader::read_arc_part(NodeIndex n, Connection& connection, bool& found) {
  graph::Names documentation;
  const auto name = local(n);
  if (name == "flow" || name == "relation") {
    if (found) return left_out(n, connection.id, "An arc has its ends once.");
    found = read_ends(n, connection);
    connection.element = name == "flow" ? "arc/flow" : "arc/relation";
    if (!found) left_out(n, connection.id, "An end of the arc is not said.");
    return;
  }
  if (name == "graphics") return read_waypoints(n, connection);
  if (name == "attribute") return read_annotation(n, connection.id, connection.attributes);
  if (name == "syntaxInfo") {
    connection.attributes.push_back({"epml.syntaxInfo", file_.attribute(n, "implicitType"), {}});
    return;
  }
  if (read_common(n, connection.id, connection.name, documentation)) {
    for (const auto& [language, text] : documentation.all())
      connection.attributes.push_back({"documentation", text, language});
    return;
  }
  if (name.starts_with("configur")) return read_annotation(n, connection.id, connection.attributes);
  unknown(n, connection.id);
}

bool Reader::read_ends(NodeIndex n, Connection& connection) {
  connection.from = file_.attribute(n, "source");
  connection.to = file_.attribute(n, "target");
  if (connection.from.empty()) connection.from = file_.attribute(n, "from");
  if (connection.to.empty()) connection.to = file_.attribute(n, "to");
  connection.type = file_.attribute(n, "type");
  keep_others(n, {"id", "source", "target", "from", "to", "type"}, connection.attributes);
  each_child(n, [&](NodeIndex part) {
    if (local(part) == "attribute")
      read_annotation(part, connection.id, connection.attributes);
    else
      unknown(part, connection.id);
  });
  return !connection.from.empty() && !connection.to.empty();
}

void Reader::read_waypoints(NodeIndex graphics, Connection& connection) {
  each_child(graphics, [&](NodeIndex n) {
    if (local(n) != "position")
      return left_out(n, connection.id, "Colours, lines and fonts are those of the drawing's own style.");
    const auto x = epc::number_of(file_.attribute(n, "x"));
    const auto y = epc::number_of(file_.attribute(n, "y"));
    if (!x || !y) return left_out(n, connection.id, "A position without numbers is no position.");
    const auto at = placed({*x, *y, 0, 0});
    connection.waypoints.push_back({at.x, at.y});
  });
}

// EPML 1.x: <relation id= from= to=/> beside the arcs.
void Reader::read_relation(NodeIndex n, Chain& chain) {
  Connection connection;
  connection.id = file_.attribute(n, "id");
  connection.element = local(n);
  connection.where = file_.where(n);
  if (!read_ends(n, connection)) return left_out(n, connection.id, "An end of it is not said.");
  if (local(n) == "relation") finish_relation(connection);
  chain.connections.push_back(std::move(connection));
}

void Reader::finish_relation(Connection& connection) {
  std::string word = lower(connection.type);
  for (const auto& attribute : connection.attributes)
    if (lower(attribute.name) == "raci" || lower(attribute.name) == "rasci") word = lower(attribute.value);
  connection.relation = relation_of(word);
}

}  // namespace echoflow::epml
