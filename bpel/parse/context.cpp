#include "bpel/parse/context.hpp"

#include <map>

#include "bpel/source/document.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::parse {

Context::Context(xml::DocumentPtr document, std::string file, Diagnostics& findings)
    : document_(std::move(document)),
      file_(std::move(file)),
      findings_(findings),
      ordinals_(document_->node_count(), 0) {
  number_children(xml::root_node);
}

void Context::number_children(xml::NodeIndex parent) {
  std::map<xml::NameIndex, std::uint32_t> seen;
  for (auto child = document_->first_child_element(parent); child != xml::no_node;
       child = document_->next_sibling_element(child)) {
    ordinals_[child] = ++seen[document_->name(child)];
    number_children(child);
  }
}

SourceLocation Context::where(xml::NodeIndex node) const {
  return source::location_of(*document_, node, file_);
}

/// An activity that was made from a model's element is known by that one's id.
ast::Origin Context::origin(xml::NodeIndex element) const {
  if (const auto id = document_->attribute(element, "elementId", ns::cx); id && !id->empty())
    return {document_, element, where(element), std::string(*id)};
  std::vector<xml::NodeIndex> ancestry;
  for (auto n = element; n != xml::root_node && n != xml::no_node; n = document_->parent(n)) ancestry.push_back(n);
  std::string path;
  for (auto n = ancestry.rbegin(); n != ancestry.rend(); ++n) {
    path += '/';
    path += document_->local_name(*n);
    if (n != ancestry.rbegin()) path += "[" + std::to_string(ordinals_[*n]) + "]";
  }
  return {document_, element, where(element), std::move(path)};
}

std::string Context::tag(xml::NodeIndex element) const {
  std::string out = "<";
  if (const auto prefix = document_->prefix(element); !prefix.empty()) (out += prefix) += ':';
  return (out += document_->local_name(element)) += '>';
}

bool Context::is_bpel(xml::NodeIndex element) const {
  return document_->namespace_uri(element) == ns::bpel;
}

bool Context::is_bpel(xml::NodeIndex element, std::string_view local) const {
  return is_bpel(element) && document_->local_name(element) == local;
}

void Context::report(xml::NodeIndex node, Severity severity, std::string message) {
  add_finding(findings_, {"BPEL", severity, std::move(message), where(node)});
}

}  // namespace echoflow::parse
