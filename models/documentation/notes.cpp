#include "models/documentation/notes.hpp"

#include "models/cx/namespaces.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::documentation {

namespace {

using xml::no_node;

constexpr std::string_view outlined_start = "htd.startDeadline", outlined_end = "htd.completionDeadline";
constexpr std::string_view outlined_escalation = ".escalation";
constexpr std::string_view group_mark = "group:";

/// The elements of one name among a node's extensions.
std::vector<xml::Document> noted(const std::vector<graph::Attribute>& attributes, std::string_view local) {
  std::string name = "{";
  ((name += ns::cx) += '}') += local;
  std::vector<xml::Document> found;
  for (const auto& attribute : attributes) {
    if (attribute.name != name) continue;
    auto document = xml::read(attribute.value);
    if (document && document->document_element() != no_node) found.push_back(std::move(*document));
  }
  return found;
}

std::string attribute_text(const xml::Document& document, xml::NodeIndex element, std::string_view attribute) {
  return std::string(document.attribute(element, attribute).value_or(""));
}

/// What is said in an attribute, of our namespace or of an outline.
std::string said(const std::vector<graph::Attribute>& attributes, std::string_view local) {
  std::string name = "{", outlined = "cx.";
  ((name += ns::cx) += '}') += local;
  outlined += local;
  for (const auto& each : attributes)
    if (each.name == name || each.name == outlined) return each.value;
  return "";
}

/// A literal of the expression language without its quotes.
std::string literal_text(std::string text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return "";
  text = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return text;
}

void add_noted_name(std::string& names, std::string name) {
  if (name.starts_with(group_mark)) name.erase(0, group_mark.size());
  if (name.empty()) return;
  if (!names.empty()) names += ", ";
  names += name;
}

/// The people of <htd:from> elements anywhere below.
void add_people(const xml::Document& document, xml::NodeIndex below, std::string& names) {
  for (auto n = document.first_child_element(below); n != no_node; n = document.next_sibling_element(n)) {
    const auto local = document.local_name(n);
    if (local == "group" || local == "user") add_noted_name(names, std::string(document.string_value(n)));
    if (local != "from") {
      add_people(document, n, names);
      continue;
    }
    add_noted_name(names, attribute_text(document, n, "logicalPeopleGroup"));
    if (document.first_child_element(n) == no_node)
      add_noted_name(names, literal_text(document.string_value(n)));
    else
      add_people(document, n, names);
  }
}

EscalationNote read_escalation(const xml::Document& document, xml::NodeIndex element) {
  EscalationNote note;
  note.name = attribute_text(document, element, "name");
  for (auto n = document.first_child_element(element); n != no_node; n = document.next_sibling_element(n)) {
    const auto local = document.local_name(n);
    if (local == "reassignment") note.act = EscalationAct::reassign;
    if (local == "notification" || local == "localNotification") note.act = EscalationAct::notify;
    if (local == "taskEvent") note.act = EscalationAct::event;
    if (local == "raisePriority") {
      note.act = EscalationAct::priority;
      note.to = attribute_text(document, n, "to");
    } else if (local != "condition") {
      add_people(document, n, note.to);
    }
  }
  return note;
}

DeadlineNote read_deadline(const xml::Document& document, xml::NodeIndex element) {
  DeadlineNote note;
  note.to_begin = document.local_name(element) == "startDeadline";
  note.name = attribute_text(document, element, "name");
  note.calendar = std::string(document.attribute(element, "calendar", ns::cx).value_or(""));
  for (auto n = document.first_child_element(element); n != no_node; n = document.next_sibling_element(n)) {
    const auto local = document.local_name(n);
    if (local == "for" || local == "until") note.time = literal_text(document.string_value(n));
    if (local == "escalation") note.escalations.push_back(read_escalation(document, n));
  }
  return note;
}

/// What the outline of a BPEL process notes: the time, and the names of what happens.
void add_outlined(const graph::Node& node, std::vector<DeadlineNote>& notes) {
  for (const auto& attribute : node.attributes) {
    const std::string_view name = attribute.name;
    if (name == outlined_start || name == outlined_end) {
      auto& note = notes.emplace_back();
      note.to_begin = name == outlined_start;
      note.time = literal_text(attribute.value);
    } else if (name.starts_with("htd.") && name.ends_with(outlined_escalation) && !notes.empty()) {
      notes.back().escalations.push_back({attribute.value, EscalationAct::unknown, ""});
    }
  }
}

}  // namespace

std::optional<Hearing> hearing_of(const graph::Node& node) {
  for (const auto& document : noted(node.attributes, "hears")) {
    const auto root = document.document_element();
    return Hearing{attribute_text(document, root, "service"), attribute_text(document, root, "when"),
                   attribute_text(document, root, "channels")};
  }
  Hearing hearing{"", said(node.attributes, "when"), said(node.attributes, "channels")};
  if (hearing.when.empty() && hearing.channels.empty()) return std::nullopt;
  return hearing;
}

bool answers(const graph::Node& node) {
  return !noted(node.attributes, "says").empty();
}

std::vector<DeadlineNote> deadlines_of(const graph::Node& node) {
  std::vector<DeadlineNote> notes;
  for (const auto& document : noted(node.attributes, "task")) {
    const auto root = document.document_element();
    for (auto list = document.first_child_element(root); list != no_node; list = document.next_sibling_element(list)) {
      if (document.local_name(list) != "deadlines") continue;
      for (auto n = document.first_child_element(list); n != no_node; n = document.next_sibling_element(n))
        notes.push_back(read_deadline(document, n));
    }
  }
  add_outlined(node, notes);
  return notes;
}

std::vector<KpiNote> kpis_of(const graph::Container& process) {
  std::vector<KpiNote> notes;
  for (const auto& document : noted(process.attributes, "kpi")) {
    const auto root = document.document_element();
    const auto value = [&](std::string_view name) { return attribute_text(document, root, name); };
    notes.push_back({value("name"), value("title"), value("measure"), value("from"), value("to"), value("of"),
                     value("builtIn"), value("target"), value("warning"), value("critical"), value("unit")});
    if (notes.back().title.empty()) notes.back().title = notes.back().name;
  }
  return notes;
}

}  // namespace echoflow::documentation
