#include "models/notations/epml/import.hpp"

#include <algorithm>
#include <map>

#include "models/notations/epc/chain.hpp"
#include "models/notations/epc/read.hpp"
#include "models/notations/epml/words.hpp"

namespace echoflow::epml {
namespace {

using epc::Chain;
using epc::Connection;
using epc::Object;
using epc::ObjectKind;
using graph::LossKind;
using graph::RelationKind;
using xml::no_node;
using xml::NodeIndex;

constexpr std::string_view rule = "EPML";

/// The attribute of an event (or of the arc to it) that holds a condition to run by.
constexpr std::string_view condition_attribute = "condition";
constexpr std::string_view xpath1 = "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0";

struct Definition {
  graph::Names name;
  graph::Names documentation;
  NodeIndex element = no_node;
  bool used = false;
};

class Reader {
 public:
  Reader(epc::File file, epc::Source source) : file_(std::move(file)), source_(std::move(source)) {}

  graph::Imported read();

 private:
  const xml::Document& document() const { return file_.document; }
  std::string_view local(NodeIndex n) const { return document().local_name(n); }
  template <class Do>
  void each_child(NodeIndex parent, Do what) const {
    for (auto n = document().first_child_element(parent); n != no_node; n = document().next_sibling_element(n)) what(n);
  }
  void left_out(NodeIndex n, std::string id, std::string what) {
    epc::report(source_, LossKind::left_out, file_, n, std::move(id), std::move(what));
  }
  void changed(NodeIndex n, std::string id, std::string what) {
    epc::report(source_, LossKind::changed, file_, n, std::move(id), std::move(what));
  }
  void kept(NodeIndex n, std::string id) { epc::report(source_, LossKind::kept, file_, n, std::move(id), ""); }
  void unknown(NodeIndex n, const std::string& owner) {
    left_out(n, file_.attribute(n, "id").empty() ? owner : file_.attribute(n, "id"),
             "This element is not one that is read here.");
  }

  void read_coordinates(NodeIndex n);
  void read_definitions(NodeIndex n);
  void read_directory(NodeIndex n, const std::string& path);
  void read_epc(NodeIndex n, const std::string& path);
  void read_object(NodeIndex n, ObjectKind kind, Chain& chain);
  bool read_common(NodeIndex n, const std::string& id, graph::Names& name, graph::Names& documentation);
  void read_part(NodeIndex n, Object& object);
  void read_annotation(NodeIndex n, const std::string& id, std::vector<graph::Attribute>& to);
  void keep_others(NodeIndex n, std::initializer_list<std::string_view> read, std::vector<graph::Attribute>& to) const;
  void take_definition(NodeIndex n, Object& object);
  void read_arc(NodeIndex n, Chain& chain);
  bool read_ends(NodeIndex n, Connection& connection);
  void read_arc_part(NodeIndex n, Connection& connection, bool& found);
  void read_waypoints(NodeIndex graphics, Connection& connection);
  void read_relation(NodeIndex n, Chain& chain);
  void finish_relation(Connection& connection);
  graph::Bounds placed(graph::Bounds bounds) const;
  std::optional<graph::Bounds> bounds_of(NodeIndex graphics);
  void set_name(graph::Names& names, NodeIndex n, const std::string& id);
  void report_unused_definitions();

  epc::File file_;
  epc::Source source_;
  std::map<std::string, Definition> definitions_;
  bool mirrored_ = false;  // x grows to the left
  bool upwards_ = false;   // y grows upwards
};

graph::Imported Reader::read() {
  const auto root = document().document_element();
  each_child(root, [&](NodeIndex n) {
    if (local(n) == "coordinates") read_coordinates(n);
    if (local(n) == "definitions") read_definitions(n);
  });
  each_child(root, [&](NodeIndex n) {
    const auto name = local(n);
    if (name == "coordinates" || name == "definitions") return;
    if (name == "directory") return read_directory(n, "");
    if (name == "epc") return read_epc(n, "");
    if (name == "graphicsDefault") return left_out(n, "", "Colours and fonts are those of the drawing's own style.");
    if (name == "attributeTypes" || name == "attributeType")
      return left_out(n, "", "Descriptions of attributes are not kept; the attributes themselves are.");
    unknown(n, "");
  });
  report_unused_definitions();
  return epc::to_graph(std::move(source_));
}

void Reader::read_coordinates(NodeIndex n) {
  mirrored_ = file_.attribute(n, "xOrigin") == "rightToLeft";
  upwards_ = file_.attribute(n, "yOrigin") == "bottomToTop";
  if (mirrored_ || upwards_)
    changed(n, "", "The drawing is turned so that x grows to the right and y downwards.");
  else
    kept(n, "");
}

void Reader::read_definitions(NodeIndex parent) {
  each_child(parent, [&](NodeIndex n) {
    if (local(n) != "definition" && local(n) != "specialization") return unknown(n, "");
    if (local(n) == "specialization") return left_out(n, "", "What is a special case of what is not kept.");
    Definition definition;
    definition.element = n;
    const auto id = file_.attribute(n, "defId");
    each_child(n, [&](NodeIndex part) {
      if (!read_common(part, id, definition.name, definition.documentation)) unknown(part, id);
    });
    if (!definitions_.emplace(id, std::move(definition)).second)
      left_out(n, id, "There is a definition with this id already.");
  });
}

void Reader::report_unused_definitions() {
  for (const auto& [id, definition] : definitions_) {
    if (definition.used)
      kept(definition.element, id);
    else
      left_out(definition.element, id, "No element of a chain refers to this definition.");
  }
}

void Reader::read_directory(NodeIndex parent, const std::string& above) {
  const auto name = file_.attribute(parent, "name");
  const std::string path = above.empty() ? name : name.empty() ? above : above + "/" + name;
  if (source_.name.empty() && !name.empty()) source_.name = graph::Names(name);
  kept(parent, name);
  each_child(parent, [&](NodeIndex n) {
    if (local(n) == "directory") return read_directory(n, path);
    if (local(n) == "epc") return read_epc(n, path);
    unknown(n, name);
  });
}

void Reader::set_name(graph::Names& names, NodeIndex n, const std::string& id) {
  bool broken = false;
  const auto text = epc::plain_text(document().string_value(n), &broken);
  const auto language = document().attribute(n, "lang", "http://www.w3.org/XML/1998/namespace");
  names.set(lower(language.value_or(std::string_view{})), text);
  if (broken) changed(n, id, "Line breaks of the label became blanks.");
}

/// <name> and <description>; false for anything else.
bool Reader::read_common(NodeIndex n, const std::string& id, graph::Names& name, graph::Names& documentation) {
  if (local(n) == "name") {
    set_name(name, n, id);
    return true;
  }
  if (local(n) != "description" && local(n) != "documentation") return false;
  const auto language = document().attribute(n, "lang", "http://www.w3.org/XML/1998/namespace");
  documentation.set(lower(language.value_or(std::string_view{})), document().string_value(n));
  return true;
}

/// <attribute typeRef= value=>, and elements that only mark something, as attributes of the node.
void Reader::read_annotation(NodeIndex n, const std::string& id, std::vector<graph::Attribute>& to) {
  if (local(n) == "attribute") {
    auto value = file_.attribute(n, "value");
    if (value.empty()) value = document().string_value(n);
    return to.push_back({file_.attribute(n, "typeRef"), std::move(value), {}});
  }
  std::string value;
  for (auto a = document().first_attribute(n); a != no_node; a = document().next_sibling(a)) {
    if (!value.empty()) value += ' ';
    ((value += local(a)) += '=') += document().value(a);
  }
  std::string name("epml.");
  name += local(n);
  to.push_back({std::move(name), std::move(value), {}});
  const auto own = file_.attribute(n, "id");
  changed(n, own.empty() ? id : own, "Its meaning for configurable models is not applied; it is kept as an attribute.");
}

/// Attributes of the file's element that mean nothing here, as tools of their own write them.
void Reader::keep_others(NodeIndex n, std::initializer_list<std::string_view> read,
                         std::vector<graph::Attribute>& to) const {
  for (auto a = document().first_attribute(n); a != no_node; a = document().next_sibling(a)) {
    const auto name = local(a);
    if (std::find(read.begin(), read.end(), name) != read.end()) continue;
    to.push_back({std::string("epml.").append(name), std::string(document().value(a)), {}});
  }
}

void Reader::read_epc(NodeIndex parent, const std::string& path) {
  Chain chain;
  chain.id = file_.attribute(parent, "epcId");
  if (chain.id.empty()) chain.id = file_.attribute(parent, "EpcId");
  if (chain.id.empty()) chain.id = "epc";
  chain.element = local(parent);
  chain.name = graph::Names(epc::plain_text(file_.attribute(parent, "name")));
  chain.where = file_.where(parent);
  if (!path.empty()) chain.attributes.push_back({"epml.directory", path, {}});
  keep_others(parent, {"epcId", "EpcId", "name"}, chain.attributes);
  each_child(parent, [&](NodeIndex n) {
    if (const auto kind = kind_of(local(n))) return read_object(n, *kind, chain);
    if (local(n) == "arc") return read_arc(n, chain);
    if (local(n) == "relation" || local(n) == "flow") return read_relation(n, chain);
    if (local(n) == "attribute") return read_annotation(n, chain.id, chain.attributes);
    if (read_common(n, chain.id, chain.name, chain.documentation)) return;
    if (local(n).starts_with("configur")) return read_annotation(n, chain.id, chain.attributes);
    unknown(n, chain.id);
  });
  source_.chains.push_back(std::move(chain));
}

graph::Bounds Reader::placed(graph::Bounds bounds) const {
  if (mirrored_) bounds.x = -bounds.x - bounds.width;
  if (upwards_) bounds.y = -bounds.y - bounds.height;
  return bounds;
}

std::optional<graph::Bounds> Reader::bounds_of(NodeIndex graphics) {
  std::optional<graph::Bounds> found;
  each_child(graphics, [&](NodeIndex n) {
    if (local(n) != "position" || found) return;
    const auto x = epc::number_of(file_.attribute(n, "x"));
    const auto y = epc::number_of(file_.attribute(n, "y"));
    if (!x || !y) return left_out(n, "", "A position without numbers is no position.");
    found = placed({*x, *y, epc::number_of(file_.attribute(n, "width")).value_or(0),
                    epc::number_of(file_.attribute(n, "height")).value_or(0)});
  });
  return found;
}

void Reader::read_object(NodeIndex n, ObjectKind kind, Chain& chain) {
  Object object;
  object.id = file_.attribute(n, "id");
  object.element = local(n);
  object.kind = kind;
  object.where = file_.where(n);
  object.linked = file_.attribute(n, "linkToEpcId");
  keep_others(n, {"id", "name", "linkToEpcId", "defRef"}, object.attributes);
  each_child(n, [&](NodeIndex part) { read_part(part, object); });
  take_definition(n, object);
  // Some tools write the name as an attribute.
  if (const auto name = file_.attribute(n, "name"); object.name.empty() && !name.empty())
    object.name = graph::Names(epc::plain_text(name));
  for (const auto& attribute : object.attributes) {
    if (attribute.name == condition_attribute)
      object.condition = graph::Expression{attribute.value, std::string(xpath1), object.where};
    // The way in which one tool tells applications and organisational units from roles.
    if (lower(attribute.name) != "roletype" || kind != ObjectKind::role) continue;
    if (lower(attribute.value) == "it system") object.kind = ObjectKind::system;
    if (lower(attribute.value) == "organizational unit") object.kind = ObjectKind::organisation;
  }
  chain.objects.push_back(std::move(object));
}

void Reader::read_part(NodeIndex n, Object& object) {
  const auto name = local(n);
  if (read_common(n, object.id, object.name, object.documentation)) return;
  if (name == "attribute") return read_annotation(n, object.id, object.attributes);
  if (name == "graphics") {
    object.bounds = bounds_of(n);
    each_child(n, [&](NodeIndex part) {
      if (local(part) != "position")
        left_out(part, object.id, "Colours, lines and fonts are those of the drawing's own style.");
    });
    return;
  }
  if (name == "toProcess") {
    object.linked = file_.attribute(n, "linkToEpcId");
    return;
  }
  if (name == "unitReference") {
    object.attributes.push_back({"epml.unitReference", file_.attribute(n, "unitRef"), {}});
    return;
  }
  if (name == "syntaxInfo") {
    object.attributes.push_back({"epml.syntaxInfo", file_.attribute(n, "implicitType"), {}});
    return;
  }
  if (name.starts_with("configur")) return read_annotation(n, object.id, object.attributes);
  unknown(n, object.id);
}

void Reader::take_definition(NodeIndex n, Object& object) {
  const auto ref = file_.attribute(n, "defRef");
  if (ref.empty()) return;
  object.attributes.push_back({"epml.defRef", ref, {}});
  const auto found = definitions_.find(ref);
  if (found == definitions_.end()) return;
  found->second.used = true;
  if (object.name.empty()) object.name = found->second.name;
  if (object.documentation.empty()) object.documentation = found->second.documentation;
}

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
      connection.condition = graph::Expression{attribute.value, std::string(xpath1), connection.where};
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

}  // namespace

graph::Imported import(std::string_view bytes, const std::string& file) {
  epc::Source source;
  source.notation = graph::Notation::epml;
  source.file = file;
  source.id = epc::stem_of(file);
  auto opened = epc::open_file(bytes, file, false, std::string(rule), source);
  if (opened && opened->document.local_name(opened->document.document_element()) == "epml")
    return Reader(std::move(*opened), std::move(source)).read();
  graph::Imported out;
  out.graph.notation = graph::Notation::epml;
  out.graph.file = file;
  out.findings = std::move(source.findings);
  if (out.findings.empty())
    add_finding(
        out.findings,
        {std::string(rule), Severity::error, "This is no EPML: the document element is not <epml>.", {file, 1, 1}});
  return out;
}

}  // namespace echoflow::epml
