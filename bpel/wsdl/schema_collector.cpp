#include "bpel/wsdl/schema_collector.hpp"

#include <algorithm>

#include "bpel/source/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::wsdl {
namespace {

// A copy has the same shape as its original, so the two can be walked side by side.
void copy_positions(const xml::Document& from, xml::NodeIndex original, xml::Document& to, xml::NodeIndex copy) {
  to.set_position(copy, from.position(original));
  auto a = from.first_child(original), b = to.first_child(copy);
  for (; a != xml::no_node && b != xml::no_node; a = from.next_sibling(a), b = to.next_sibling(b))
    copy_positions(from, a, to, b);
}

std::string attribute_text(const xml::Document& document, xml::NodeIndex element, std::string_view name) {
  return std::string(source::trimmed(document.attribute(element, name).value_or("")));
}

}  // namespace

void SchemaCollector::add_file(const std::string& file, xml::DocumentPtr document) {
  const auto root = document->document_element();
  add({file, std::move(document), root, false}, SchemaReach::direct, "");
}

void SchemaCollector::add_inline(const std::string& file, const xml::Document& wsdl, xml::NodeIndex schema) {
  auto document = std::make_shared<xml::Document>();
  const auto root = document->append_copy(xml::root_node, wsdl, schema);
  copy_positions(wsdl, schema, *document, root);
  add({file, std::move(document), root, true}, SchemaReach::direct, "");
}

void SchemaCollector::add(xml::SchemaSource source, SchemaReach reach, const std::string& including_namespace) {
  auto target = attribute_text(*source.document, source.schema, "targetNamespace");
  if (reach == SchemaReach::included && target.empty()) target = including_namespace;
  const auto [known, is_new] = known_.try_emplace({source.document, target}, schemas_.size());
  if (!is_new) {
    // A part of another schema is compiled with it, also when it is imported itself.
    auto& reached = schemas_[known->second].reach;
    reached = std::max(reached, reach);
    return;
  }
  schemas_.push_back({source, reach, target});
  follow(source, target);
}

void SchemaCollector::follow(const xml::SchemaSource& source, const std::string& target_namespace) {
  const auto& document = *source.document;
  for (auto child = document.first_child_element(source.schema); child != xml::no_node;
       child = document.next_sibling_element(child)) {
    if (document.namespace_uri(child) != ns::xsd) continue;
    const auto local = document.local_name(child);
    if (local == "import") follow_one(source, child, SchemaReach::imported, target_namespace);
    if (local == "include" || local == "redefine") follow_one(source, child, SchemaReach::included, target_namespace);
  }
}

void SchemaCollector::follow_one(const xml::SchemaSource& source, xml::NodeIndex reference, SchemaReach reach,
                                 const std::string& target_namespace) {
  const auto location = attribute_text(*source.document, reference, "schemaLocation");
  if (location.empty()) return;
  // Files that are absent, broken or no schema are told of when the schemas are compiled.
  const auto file = source::resolve(documents_.set(), source.file, location);
  const auto document = file ? documents_.peek(*file) : nullptr;
  if (!document) return;
  const auto root = document->document_element();
  if (document->qname(root) != QName{std::string(ns::xsd), "schema"}) return;
  add({*file, document, root, false}, reach, target_namespace);
}

}  // namespace echoflow::wsdl
