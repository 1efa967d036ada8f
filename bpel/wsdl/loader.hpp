#pragma once
#include <set>
#include <string>

#include "bpel/source/document.hpp"
#include "bpel/wsdl/definitions.hpp"
#include "bpel/wsdl/schema_collector.hpp"

namespace echoflow::wsdl {

/// Reads WSDL files and all that they import, by location, within the deployment. Findings have rule "XML", "WSDL" or
/// "XSD"; a broken file contributes what could be read of it.
class Loader {
 public:
  explicit Loader(source::Documents& documents) : documents_(documents), schemas_(documents) {}

  /// A .wsdl or .xsd file, told by its document element; other files are left alone. Each file counts once.
  void add(const std::string& file);

  /// What was gathered, after the references between the WSDL definitions were checked.
  Definitions take_definitions();
  std::vector<CollectedSchema> take_schemas() { return schemas_.take(); }

 private:
  void add_wsdl(const std::string& file, const xml::DocumentPtr& document);
  void follow_imports(const File& file);
  void follow_import(const File& file, xml::NodeIndex import);
  void add_inline_schemas(const File& file);

  source::Documents& documents_;
  SchemaCollector schemas_;
  Definitions definitions_;
  std::set<std::string> seen_;
};

/// Reports references to messages, portTypes and bindings that are not there. A dangling reference that no process need
/// ever use is a warning.
void check_references(const Definitions& definitions, Diagnostics& findings);

}  // namespace echoflow::wsdl
