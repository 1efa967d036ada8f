#include "bpel/wsdl/loader.hpp"

#include "bpel/source/text.hpp"
#include "bpel/wsdl/reader.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::wsdl {

void Loader::add(const std::string& file) {
  if (!seen_.insert(file).second) return;
  const auto document = documents_.get(file);
  if (!document) return;
  const auto root = document->qname(document->document_element());
  if (root == QName{std::string(ns::wsdl), "definitions"}) {
    add_wsdl(file, document);
  } else if (root == QName{std::string(ns::xsd), "schema"}) {
    schemas_.add_file(file, document);
  }
}

void Loader::add_wsdl(const std::string& path, const xml::DocumentPtr& document) {
  const auto root = document->document_element();
  File file{path, std::string(source::trimmed(document->attribute(root, "targetNamespace").value_or(""))), document,
            source::location_of(*document, root, path)};
  definitions_.files.push_back(file);
  Reader(file, definitions_, documents_.findings()).read();
  add_inline_schemas(file);
  follow_imports(file);
}

void Loader::add_inline_schemas(const File& file) {
  const auto& document = *file.document;
  const auto root = document.document_element();
  for (auto types = document.first_child_element(root); types != xml::no_node;
       types = document.next_sibling_element(types)) {
    if (document.namespace_uri(types) != ns::wsdl || document.local_name(types) != "types") continue;
    for (auto schema = document.first_child_element(types); schema != xml::no_node;
         schema = document.next_sibling_element(schema))
      if (document.namespace_uri(schema) == ns::xsd && document.local_name(schema) == "schema")
        schemas_.add_inline(file.path, document, schema);
  }
}

void Loader::follow_imports(const File& file) {
  const auto& document = *file.document;
  const auto root = document.document_element();
  for (auto child = document.first_child_element(root); child != xml::no_node;
       child = document.next_sibling_element(child))
    if (document.namespace_uri(child) == ns::wsdl && document.local_name(child) == "import") follow_import(file, child);
}

// WSDL 1.1 §2.1.1 Document Naming and Linking
void Loader::follow_import(const File& file, xml::NodeIndex import) {
  const auto location = source::trimmed(file.document->attribute(import, "location").value_or(""));
  const auto where = source::location_of(*file.document, import, file.path);
  const auto report = [&](Severity severity, std::string message) {
    documents_.findings().push_back({"WSDL", severity, std::move(message), where});
  };
  if (location.empty()) {
    report(Severity::warning, "This import has no location and brings nothing in; add the file's location.");
    return;
  }
  const auto found = source::resolve(documents_.set(), file.path, location);
  if (!found && source::is_remote(location)) {
    report(Severity::warning, "\"" + std::string(location) +
                                  "\" is not in the deployment, and nothing is fetched from the network; add a copy.");
  } else if (!found) {
    report(Severity::error,
           "\"" + std::string(location) + "\" is not in the deployment; add it or correct the location.");
  } else {
    add(*found);
  }
}

Definitions Loader::take_definitions() {
  check_references(definitions_, documents_.findings());
  return std::move(definitions_);
}

}  // namespace echoflow::wsdl
