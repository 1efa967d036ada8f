#include "bpel/rules/import_scope.hpp"

#include <algorithm>

#include "models/base/namespaces.hpp"

namespace echoflow::rules {

ImportScope::ImportScope(const parse::LoadedProcess& loaded, Imports reading) : loaded_(loaded), reading_(reading) {
  schema_namespaces_ = {std::string(ns::xsd), std::string(ns::serviceref)};
  const auto& imports = loaded.process.imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const auto& resolved = loaded.imports[i];
    if (imports[i].ns) wsdl_namespaces_.insert(*imports[i].ns);
    if (!resolved.file.empty()) {
      wsdl_namespaces_.insert(resolved.target_namespace);
      files_.insert(resolved.file);
    }
    if (resolved.kind == parse::FileKind::wsdl) add_inline_schemas(resolved.file);
  }
  schema_namespaces_.insert(wsdl_namespaces_.begin(), wsdl_namespaces_.end());
  for (const auto& definition : loaded.schema_definitions) {
    if (definition.component == parse::SchemaComponent::element) elements_.insert(definition.name);
    if (definition.component == parse::SchemaComponent::type) types_.insert(definition.name);
  }
}

void ImportScope::add_inline_schemas(const std::string& wsdl_file) {
  for (const auto& source : loaded_.schema_sources) {
    if (source.file != wsdl_file) continue;
    const auto& document = *source.document;
    schema_namespaces_.insert(std::string(document.attribute(source.schema, "targetNamespace").value_or("")));
    for (auto child = document.first_child_element(source.schema); child != xml::no_node;
         child = document.next_sibling_element(child))
      if (document.namespace_uri(child) == ns::xsd && document.local_name(child) == "import")
        schema_namespaces_.insert(std::string(document.attribute(child, "namespace").value_or("")));
  }
}

bool ImportScope::imports_definition(const std::string& file) const {
  if (sees_all() || files_.contains(file)) return true;
  const auto& files = loaded_.definitions.files;
  const auto found = std::find_if(files.begin(), files.end(), [&](const wsdl::File& f) { return f.path == file; });
  return found != files.end() && wsdl_namespaces_.contains(found->target_namespace);
}

bool ImportScope::has_element(const QName& name) const {
  if (name.ns == ns::serviceref && name.local == "service-ref") return true;
  return elements_.contains(name);
}

bool ImportScope::has_type(const QName& name) const {
  if (types_.contains(name)) return true;
  return name.ns == ns::xsd && loaded_.schemas != nullptr && loaded_.schemas->has_type(name);
}

}  // namespace echoflow::rules
