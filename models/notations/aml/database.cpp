#include "models/notations/aml/database.hpp"

#include <array>

#include "models/notations/aml/words.hpp"

namespace echoflow::aml {
namespace {

using graph::LossKind;
using xml::no_node;
using xml::NodeIndex;

/// Elements of an export that say nothing of a process: who exported it, its colours and fonts, its users, its rights.
constexpr std::array<std::string_view, 13> administration = {
    "Header-Info", "Language", "Prefix",  "Database", "User",   "UserGroup", "FontStyleSheet",
    "Delete",      "GUID",     "AttrDef", "Link",     "OLEDef", "Filter"};

bool is_administration(std::string_view element) {
  for (const auto known : administration)
    if (known == element) return true;
  return false;
}

/// ARIS keeps a text as it is, or as pieces with their style, one for each line and change of font.
void append_pieces(const xml::Document& document, NodeIndex element, std::string& out) {
  for (auto n = document.first_child(element); n != no_node; n = document.next_sibling(n)) {
    if (document.kind(n) == xml::NodeKind::text) {
      out += document.value(n);
    } else if (document.kind(n) == xml::NodeKind::element) {
      if (const auto text = document.attribute(n, "TextValue")) {
        if (!out.empty()) out += ' ';
        out += *text;
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
    if (name == "Model") {
      database_.models.push_back({file_.attribute(n, "Model.ID"), file_.attribute(n, "Model.Type"), group, n});
      return;
    }
    if (!is_administration(name))
      epc::report(source_, LossKind::left_out, file_, n, "", "This element is not one that is read here.");
  }

  void read_group(NodeIndex n, const std::string& above) {
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
    definition.element = n;
    for (auto c = document_.first_child_element(n); c != no_node; c = document_.next_sibling_element(c)) {
      const auto name = document_.local_name(c);
      if (name == "GUID") definition.guid = document_.string_value(c);
      if (name == "CxnDef") read_connection(c, id);
      if (name == "ExtCxnDef")
        epc::report(source_, LossKind::left_out, file_, c, id, "It leads to an object of another database.");
    }
    if (!database_.objects.emplace(id, std::move(definition)).second) twice(n, id);
  }

  void read_connection(NodeIndex n, const std::string& from) {
    const auto id = file_.attribute(n, "CxnDef.ID");
    ConnectionDefinition definition;
    definition.type = file_.attribute(n, "CxnDef.Type");
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
      std::string raw;
      append_pieces(document, v, raw);
      const auto text = epc::plain_text(raw);
      if (text.empty()) continue;
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
