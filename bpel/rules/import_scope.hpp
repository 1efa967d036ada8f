#pragma once
#include <set>
#include <string>

#include "bpel/parse/loaded_process.hpp"
#include "bpel/rules/check_rules.hpp"

namespace echoflow::rules {

/// What a process imports itself. WS-BPEL 2.0 §5.4: imports of imported documents are not taken over, but the schemas
/// that stand in the types of an imported WSDL are. A document counts as imported with its namespace; and what such an
/// inline schema imports counts too, since a WSDL's types commonly hold nothing but such imports.
class ImportScope {
 public:
  ImportScope(const parse::LoadedProcess& loaded, Imports reading);

  bool imports_wsdl_namespace(const std::string& ns) const { return sees_all() || wsdl_namespaces_.contains(ns); }
  bool imports_schema_namespace(const std::string& ns) const { return sees_all() || schema_namespaces_.contains(ns); }
  /// Whether a definition in this file of the deployment is imported, by the file itself or by its namespace.
  bool imports_definition(const std::string& file) const;

  bool has_element(const QName& name) const;
  bool has_type(const QName& name) const;

  /// Whether imports of imports count as the process's own (Imports::imported).
  bool sees_all() const { return reading_ == Imports::imported; }

 private:
  void add_inline_schemas(const std::string& wsdl_file);

  const parse::LoadedProcess& loaded_;
  Imports reading_;
  std::set<QName> elements_, types_;
  std::set<std::string> files_, wsdl_namespaces_, schema_namespaces_;
};

}  // namespace echoflow::rules
