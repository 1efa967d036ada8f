#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bpel/source/document.hpp"
#include "models/xml/schema.hpp"

namespace echoflow::wsdl {

/// How a schema document came into reach.
enum class SchemaReach {
  direct,    ///< imported by the process or a WSDL, or inline in a WSDL
  imported,  ///< by xsd:import
  included,  ///< by xsd:include or xsd:redefine: a part of the schema that names it
};

struct CollectedSchema {
  xml::SchemaSource source;
  SchemaReach reach = SchemaReach::direct;
  /// Its targetNamespace; for an included schema without one, that of the schema that includes it.
  std::string target_namespace;
};

/// Gathers schema documents and those that they include, import or redefine within the deployment, each once.
class SchemaCollector {
 public:
  explicit SchemaCollector(source::Documents& documents) : documents_(documents) {}

  void add_file(const std::string& file, xml::DocumentPtr document);
  /// A schema inside a WSDL: becomes a document of its own that keeps its positions.
  void add_inline(const std::string& file, const xml::Document& wsdl, xml::NodeIndex schema);

  std::vector<CollectedSchema> take() { return std::move(schemas_); }

 private:
  void add(xml::SchemaSource source, SchemaReach reach, const std::string& including_namespace);
  void follow(const xml::SchemaSource& source, const std::string& target_namespace);
  void follow_one(const xml::SchemaSource& source, xml::NodeIndex reference, SchemaReach reach,
                  const std::string& target_namespace);

  source::Documents& documents_;
  std::vector<CollectedSchema> schemas_;
  std::map<std::pair<xml::DocumentPtr, std::string>, std::size_t> known_;  // by document and target namespace
};

}  // namespace echoflow::wsdl
