#include "models/notations/aml/database.hpp"

#include <array>

#include "models/notations/aml/words.hpp"

namespace echoflow::aml {
namespace {

using graph::LossKind;
using xml::no_node;
using xml::NodeIndex;

/// Elements of an export that say nothing of a process.
struct Left {
  std::string_view element;
  const char* why;
};
constexpr const char* administration = "It is administration of the ARIS database, not of a process.";
constexpr std::array left_elements = {
    Left{"Language", administration},
    Left{"Prefix", administration},
    Left{"Database", administration},
    Left{"LDAPSettings", administration},
    Left{"User", administration},
    Left{"UserGroup", administration},
    Left{"Filter", administration},
    Left{"Delete", administration},
    Left{"FontStyleSheet", "Fonts are those of the drawing's own style."},
    Left{"OLEDef", "What another program drew is not kept."},
    Left{"Link", "It leads to another database or file."},
};

const char* why_left(std::string_view element) {
  for (const auto& known : left_elements)
    if (known.element == element) return known.why;
  return nullptr;
}

/// A text's pieces are put together with blanks, but for those that a soft hyphen parts.
struct Pieces {
  std::string text;
  bool joined = false;
};

/// ARIS keeps a text as it is, or as pieces with their style, one for each line and change of font.
void append_pieces(const xml::Document& document, NodeIndex element, Pieces& out) {
  for (auto n = document.first_child(element); n != no_node; n = document.next_sibling(n)) {
    if (document.kind(n) == xml::NodeKind::text) {
      out.text += document.value(n);
    } else if (document.kind(n) == xml::NodeKind::element) {
      if (const auto text = document.attribute(n, "TextValue")) {
        if (!out.text.empty() && !out.joined) out.text += ' ';
        out.text += *text;
        out.joined = false;
      } else if (document.local_name(n) == "SoftHyphen") {
        out.joined = true;
      } else {
        append_pieces(document, n, out);
      }
    }
  }
}

class DatabaseReader {
 public:
  DatabaseReader(const epc::File& file, epc::Source& source) : file_(file), document_(file.document), source_(source) {}

  Database read() {
    const auto root = document_.document_element();
    for (auto n = document_.first_child_element(root); n != no_node; n = document_.next_sibling_element(n)) {
      if (document_.local_name(n) == "Header-Info") {
        database_.name = file_.attribute(n, "DatabaseName");
        database_.version = file_.attribute(n, "ArisExeVersion");
        epc::report(source_, LossKind::changed, file_, n, "", "The database's name and ARIS's version alone are kept.");
        continue;
      }
      read_element(n, "");
    }
    return std::move(database_);
  }

 private:
  void read_element(NodeIndex n, const std::string& group) {
    const auto name = document_.local_name(n);
    if (name == "Group") return read_group(n, group);
    if (name == "ObjDef") return read_object(n);
    if (name == "FFTextDef") return read_text(n);
    if (name == "CxnDef") return read_connection(n, "");
    if (name == "Model") return read_model(n, group);
    if (name == "GUID" || name == "AttrDef") return;
    const char* why = why_left(name);
    epc::report(source_, LossKind::left_out, file_, n, id_of(file_, n),
                why ? why : "This element is not one that is read here.");
  }

  void read_model(NodeIndex n, const std::string& group) {
    database_.models.push_back({file_.attribute(n, "Model.ID"), file_.attribute(n, "Model.Type"), group, n});
    for (auto c = document_.first_child_element(n); c != no_node; c = document_.next_sibling_element(c))
      if (document_.local_name(c) == "FFTextDef") read_text(c);
  }

  void read_group(NodeIndex n, const std::string& above) {
    epc::report(source_, LossKind::kept, file_, n, file_.attribute(n, "Group.ID"), "");
    const auto own = std::string(read_values(file_, n).name.in("de"));
    const std::string group = above.empty() ? own : own.empty() ? above : above + "/" + own;
    for (auto c = document_.first_child_element(n); c != no_node; c = document_.next_sibling_element(c))
      read_element(c, group);
  }

  void read_object(NodeIndex n) {
    const auto id = file_.attribute(n, "ObjDef.ID");
    ObjectDefinition definition;
    definition.type = file_.attribute(n, "TypeNum");
    definition.symbol = file_.attribute(n, "SymbolNum");
    definition.values = read_values(file_, n);
    definition.linked_models = ids_of(file_.attribute(n, "LinkedModels.IdRefs"));
    for (const auto& model : definition.linked_models)
      definition.values.bytes += sizeof(graph::Attribute) + model.size();
    definition.element = n;
    for (auto c = document_.first_child_element(n); c != no_node; c = document_.next_sibling_element(c)) {
      const auto name = document_.local_name(c);
      if (name == "GUID") definition.guid = document_.string_value(c);
      if (name == "CxnDef") read_connection(c, id);
      if (name == "ExtCxnDef")
        epc::report(source_, LossKind::left_out, file_, c, id_of(file_, c),
                    "It leads to an object of another database.");
    }
    if (!database_.objects.emplace(id, std::move(definition)).second) twice(n, id);
  }

  void read_connection(NodeIndex n, const std::string& from) {
    const auto id = file_.attribute(n, "CxnDef.ID");
    ConnectionDefinition definition;
    definition.type = connection_type(file_.attribute(n, "CxnDef.Type"));
    definition.from = from;
    definition.to = file_.attribute(n, "ToObjDef.IdRef");
    definition.values = read_values(file_, n);
    definition.element = n;
    if (!database_.connections.emplace(id, std::move(definition)).second) twice(n, id);
  }

  void read_text(NodeIndex n) {
    const auto id = file_.attribute(n, "FFTextDef.ID");
    if (!database_.texts.emplace(id, TextDefinition{read_values(file_, n), n, false}).second) twice(n, id);
  }

  void twice(NodeIndex n, const std::string& id) {
    epc::report(source_, LossKind::left_out, file_, n, id, "There is a definition with this id already.");
    epc::refuse(source_, "AML", file_.where(n), "The id '" + id + "' is given twice; export the models again.");
  }

  const epc::File& file_;
  const xml::Document& document_;
  epc::Source& source_;
  Database database_;
};

}  // namespace

std::string Values::get(std::string_view type) const {
  for (const auto& attribute : attributes)
    if (attribute.name == type) return attribute.value;
  return {};
}

std::string id_of(const epc::File& file, NodeIndex element) {
  const auto& document = file.document;
  for (auto a = document.first_attribute(element); a != no_node; a = document.next_sibling(a))
    if (document.local_name(a).ends_with(".ID")) return std::string(document.value(a));
  return {};
}

std::vector<std::string> ids_of(std::string_view list) {
  std::vector<std::string> ids;
  while (true) {
    const auto begin = list.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return ids;
    list.remove_prefix(begin);
    const auto end = std::min(list.find_first_of(" \t\r\n"), list.size());
    ids.emplace_back(list.substr(0, end));
    list.remove_prefix(end);
  }
}

Values read_values(const epc::File& file, NodeIndex element) {
  const auto& document = file.document;
  Values values;
  for (auto n = document.first_child_element(element); n != no_node; n = document.next_sibling_element(n)) {
    if (document.local_name(n) != "AttrDef") continue;
    const auto type = file.attribute(n, "AttrDef.Type");
    for (auto v = document.first_child_element(n); v != no_node; v = document.next_sibling_element(v)) {
      if (document.local_name(v) != "AttrValue") continue;
      const auto language = language_of(file.attribute(v, "LocaleId"));
      Pieces raw;
      append_pieces(document, v, raw);
      const auto text = epc::plain_text(raw.text);
      if (text.empty()) continue;
      values.bytes += sizeof(graph::Attribute) + type.size() + text.size();
      if (type == "AT_NAME")
        values.name.set(language, text);
      else if (type == "AT_DESC")
        values.documentation.set(language, text);
      else
        values.attributes.push_back({type, text, language});
    }
  }
  return values;
}

Database read_database(const epc::File& file, epc::Source& source) {
  return DatabaseReader(file, source).read();
}

}  // namespace echoflow::aml
