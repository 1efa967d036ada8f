#include "models/notations/bpmn/ledger.hpp"

#include "models/base/namespaces.hpp"
#include "models/notations/bpmn/namespaces.hpp"

namespace echoflow::bpmn {
namespace {

constexpr const char* not_read = "It is not understood where it stands.";

// "bpmn:task", "bpmndi:BPMNShape", "{ns}local": one word for a kind of element, whatever prefix the file uses.
std::string element_word(const xml::Document& document, xml::NodeIndex n) {
  const auto uri = document.namespace_uri(n);
  const std::string local(document.local_name(n));
  if (is_model_namespace(uri)) return std::string("bpmn:") + local;
  if (is_diagram_namespace(uri)) return std::string("bpmndi:") + local;
  if (is_drawing_namespace(uri)) return std::string("dd:") + local;
  return document.qname(n).clark();
}

}  // namespace

Ledger::Ledger(const Source& source)
    : source_(source), entries_(source.document().node_count()), taken_(source.document().node_count()) {}

void Ledger::set(xml::NodeIndex element, graph::LossKind kind, std::string what, bool below) {
  entries_[element] = {true, below, kind, std::move(what)};
}

void Ledger::kept(xml::NodeIndex element) {
  if (!entries_[element].spoken) set(element, graph::LossKind::kept, {}, false);
}

void Ledger::changed(xml::NodeIndex element, std::string what) {
  set(element, graph::LossKind::changed, std::move(what), entries_[element].below);
}

void Ledger::left_out(xml::NodeIndex element, std::string what) {
  set(element, graph::LossKind::left_out, std::move(what), false);
}

void Ledger::kept_below(xml::NodeIndex element) {
  set(element, graph::LossKind::kept, {}, true);
}

void Ledger::left_out_below(xml::NodeIndex element, std::string what) {
  set(element, graph::LossKind::left_out, std::move(what), true);
}

void Ledger::took(xml::NodeIndex attribute) {
  taken_[attribute] = true;
}

std::string Ledger::untaken(xml::NodeIndex element) const {
  const auto& document = source_.document();
  std::string names;
  for (auto a = document.first_attribute(element); a != xml::no_node; a = document.next_sibling(a)) {
    if (taken_[a] || document.namespace_uri(a) == ns::xsi || document.qname(a).clark() == "id") continue;
    names += names.empty() ? "" : ", ";
    names += document.qname(a).clark();
  }
  return names;
}

graph::Loss Ledger::line(xml::NodeIndex element, const Entry& entry, bool attributes_too) const {
  graph::Loss loss{entry.kind, std::string(source_.attribute(element, "id")), element_word(source_.document(), element),
                   entry.what, source_.where(element)};
  if (entry.kind == graph::LossKind::left_out || !attributes_too) return loss;
  const std::string names = untaken(element);
  if (names.empty()) return loss;
  loss.kind = graph::LossKind::changed;
  if (!loss.what.empty()) loss.what += " ";
  loss.what += "Left out of it: " + names + ".";
  return loss;
}

std::vector<graph::Loss> Ledger::report() const {
  const auto& document = source_.document();
  std::vector<graph::Loss> lines;
  const Entry unread{true, false, graph::LossKind::left_out, not_read};
  std::vector<xml::NodeIndex> around;  // elements whose entry is for all that is in them
  xml::NodeIndex n = document.document_element();
  const xml::NodeIndex top = n;
  while (n != xml::no_node) {
    const bool own = entries_[n].spoken;
    const Entry& entry = own ? entries_[n] : around.empty() ? unread : entries_[around.back()];
    lines.push_back(line(n, entry, own && !entry.below));
    xml::NodeIndex next = document.first_child_element(n);
    if (next != xml::no_node && own && entry.below) around.push_back(n);
    while (next == xml::no_node && n != top) {
      next = document.next_sibling_element(n);
      if (next != xml::no_node) break;
      n = document.parent(n);
      if (!around.empty() && around.back() == n) around.pop_back();
    }
    n = next;
  }
  return lines;
}

}  // namespace echoflow::bpmn
