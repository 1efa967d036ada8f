#include <algorithm>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/types.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

bool has_content(xml::NodeKind kind) {
  return kind == xml::NodeKind::element || kind == xml::NodeKind::document;
}

// The namespace nodes of an element: xml first, then what is in scope, innermost first (XPath 1.0 §5.4).
std::vector<xml::NamespaceDeclaration> namespaces_of(const xml::Document& d, xml::NodeIndex element) {
  std::vector<xml::NamespaceDeclaration> all{{"xml", ns::xml}};
  for (const auto& declaration : d.namespaces_in_scope(element)) all.push_back(declaration);
  return all;
}

}  // namespace

std::uint32_t Evaluator::add_document(xml::DocumentPtr document) {
  for (std::uint32_t i = 0; i < documents_.size(); ++i)
    if (documents_[i] == document.get()) return i;
  documents_.push_back(document.get());
  owners_.push_back(std::move(document));
  return static_cast<std::uint32_t>(documents_.size() - 1);
}

Node Evaluator::add_node(const xml::NodeRef& node) {
  return {add_document(node.document), node.node, 0};
}

void Evaluator::append_text(Node n, std::string& out) const {
  if (n.ns > 0)
    out += namespace_node(n).uri;
  else
    document(n).append_string_value(n.index, out);
}

std::string Evaluator::text_of(Node n) const {
  std::string out;
  append_text(n, out);
  return out;
}

std::string_view Evaluator::view_text(Node n, std::string& buffer) const {
  if (n.ns == 0) {
    const auto& d = document(n);
    if (!has_content(d.kind(n.index))) return d.value(n.index);
    const auto child = d.first_child(n.index);
    if (child == xml::no_node) return {};
    if (d.kind(child) == xml::NodeKind::text && d.next_sibling(child) == xml::no_node) return d.value(child);
  }
  buffer.clear();
  append_text(n, buffer);
  return buffer;
}

std::optional<Node> Evaluator::parent_of(Node n) const {
  if (n.ns > 0) return Node{n.document, n.index, 0};
  const auto parent = document(n).parent(n.index);
  if (parent == xml::no_node) return std::nullopt;
  return Node{n.document, parent, 0};
}

int Evaluator::compare_order(Node a, Node b) const {
  if (a.document != b.document) return a.document < b.document ? -1 : 1;
  if (a.index != b.index) return document(a).compare_order(a.index, b.index);
  return a.ns < b.ns ? -1 : a.ns > b.ns;
}

void Evaluator::sort(NodeList& list) {
  step(list.size());
  const auto before = [this](Node a, Node b) { return compare_order(a, b) < 0; };
  if (!std::is_sorted(list.begin(), list.end(), before)) {
    step(list.size() * 8);
    std::sort(list.begin(), list.end(), before);
  }
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

xml::NamespaceDeclaration Evaluator::namespace_node(Node n) const {
  const auto all = namespaces_of(document(n), n.index);
  return n.ns <= all.size() ? all[n.ns - 1] : xml::NamespaceDeclaration{};
}

QNameValue Evaluator::name_of(Node n) const {
  if (n.ns > 0) return {"", {"", std::string(namespace_node(n).prefix)}};
  const auto& d = document(n);
  switch (d.kind(n.index)) {
    case xml::NodeKind::element:
    case xml::NodeKind::attribute:
      return {std::string(d.prefix(n.index)), d.qname(n.index)};
    case xml::NodeKind::processing_instruction:
      return {"", {"", std::string(d.local_name(n.index))}};
    case xml::NodeKind::document:
    case xml::NodeKind::text:
    case xml::NodeKind::comment:
    case xml::NodeKind::removed:
      return {};
  }
  return {};
}

bool Evaluator::matches(const NodeTest& test, Axis axis, Node n) {
  if (n.ns > 0) {
    if (test.kind == TestKind::node || test.kind == TestKind::any_name) return true;
    if (axis != Axis::namespace_) return false;
    return (test.kind == TestKind::name || test.kind == TestKind::any_namespace) && test.ns.empty() &&
           namespace_node(n).prefix == test.local;
  }
  const auto& d = document(n);
  const auto kind = d.kind(n.index);
  const auto principal = axis == Axis::attribute ? xml::NodeKind::attribute : xml::NodeKind::element;
  switch (test.kind) {
    case TestKind::name: {
      if (kind != principal) return false;
      auto& known = names_[test.slot];
      if (known.document != n.document) known = {n.document, d.find_name(test.ns, test.local)};
      return d.name(n.index) == known.name;
    }
    case TestKind::any_name:
      return kind == principal;
    case TestKind::any_in_namespace:
      return kind == principal && d.namespace_uri(n.index) == test.ns;
    case TestKind::any_namespace:
      return kind == principal && d.local_name(n.index) == test.local;
    case TestKind::node:
      return true;
    case TestKind::text:
      return kind == xml::NodeKind::text;
    case TestKind::comment:
      return kind == xml::NodeKind::comment;
    case TestKind::instruction:
      return kind == xml::NodeKind::processing_instruction &&
             (test.local.empty() || d.local_name(n.index) == test.local);
    case TestKind::document:
      return kind == xml::NodeKind::document;
    case TestKind::element:
    case TestKind::attribute: {
      const auto wanted = test.kind == TestKind::element ? xml::NodeKind::element : xml::NodeKind::attribute;
      return kind == wanted &&
             (!test.has_name || (d.local_name(n.index) == test.local && d.namespace_uri(n.index) == test.ns));
    }
  }
  return false;
}

bool Evaluator::is_instance(const Item& item, const SequenceType& type) {
  switch (type.target) {
    case SequenceType::Target::item:
      return true;
    case SequenceType::Target::node:
      return item.is_node() && matches(type.test, Axis::self, item.node());
    case SequenceType::Target::atomic:
      return !item.is_node() && (type.any_atomic || derives_from(item.type, type.type));
  }
  return false;
}

}  // namespace echoflow::xpath
