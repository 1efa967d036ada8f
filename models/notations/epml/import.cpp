#include "models/notations/epml/import.hpp"

#include <algorithm>

#include "models/notations/epml/reader.hpp"
#include "models/notations/epml/words.hpp"

namespace echoflow::epml {

using epc::Chain;
using epc::Object;
using epc::ObjectKind;
using xml::no_node;
using xml::NodeIndex;

namespace {

constexpr std::string_view rule = "EPML";
constexpr std::size_t most_copied = 64u << 20;

}  // namespace

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
    for (const auto* names : {&definition.name, &definition.documentation})
      for (const auto& [language, text] : names->all()) definition.bytes += sizeof(std::string) + text.size();
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
      object.condition = graph::Expression{attribute.value, std::string(condition_language), object.where};
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
  // A small file must not become a huge graph.
  if (found->second.bytes > most_copied - copied_) {
    changed(n, object.id, "Its definition is too large to be shown that often.");
    return epc::refuse(source_, std::string(rule), object.where,
                       "The file refers to large definitions too often: shorten the texts of '" + ref + "'.");
  }
  copied_ += found->second.bytes;
  if (object.name.empty()) object.name = found->second.name;
  if (object.documentation.empty()) object.documentation = found->second.documentation;
}

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
