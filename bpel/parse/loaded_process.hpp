#pragma once
#include <memory>
#include <string>
#include <vector>

#include "bpel/ast/ast.hpp"
#include "bpel/source/source_set.hpp"
#include "bpel/wsdl/definitions.hpp"
#include "models/base/diagnostic.hpp"
#include "models/xml/schema.hpp"

namespace echoflow::parse {

/// What a deployed file is, by its document element.
enum class FileKind { missing, wsdl, schema, other };

/// What became of one <import> of the process; same index as ast::Process::imports.
struct ResolvedImport {
  std::string file;  ///< path in the deployment, "" when there is no location or nothing was found
  FileKind kind = FileKind::missing;
  std::string target_namespace;  ///< of the file's document element; "" when it has none
};

enum class SchemaComponent { element, type, attribute, group, attribute_group };

/// One global definition of a schema document, as written: doubles are kept (SA00014).
struct SchemaDefinition {
  SchemaComponent component = SchemaComponent::element;
  QName name;
  std::size_t source = 0;              ///< index into LoadedProcess::schema_sources
  xml::NodeIndex node = xml::no_node;  ///< the xsd:element, xsd:complexType … in that source's document
  bool redefinition = false;           ///< stands in an xsd:redefine
  SourceLocation where;
};

/// A process with all that it can see: what the rules look at and the compiler works from.
struct LoadedProcess {
  const source::SourceSet* sources = nullptr;  ///< must outlive this object
  ast::Process process;
  wsdl::Definitions definitions;
  std::vector<ResolvedImport> imports;
  /// Every schema document that is in reach, once: imported .xsd files, schemas inline in a WSDL, and what these
  /// include, import or redefine within the deployment.
  std::vector<xml::SchemaSource> schema_sources;
  std::vector<SchemaDefinition> schema_definitions;
  std::shared_ptr<const xml::SchemaSet> schemas;  ///< never null after load_process
};

/// Reads the process in `file` and everything that it imports. All findings are added to `findings` (rules "XML",
/// "BPEL", "WSDL", "XSD"); what could be read is in the result even then.
LoadedProcess load_process(const std::string& file, const source::SourceSet& sources, Diagnostics& findings);

}  // namespace echoflow::parse
