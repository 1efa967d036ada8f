#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/wsdl/definitions.hpp"
#include "models/base/diagnostic.hpp"

namespace echoflow::wsdl {

/// One WSDL file on its way into the definitions. Findings have rule "WSDL".
class Reader {
 public:
  Reader(const File& file, Definitions& out, Diagnostics& findings) : file_(file), out_(out), findings_(findings) {}

  /// Reads all children of <definitions> but imports and types.
  void read();

 private:
  // What stands in WSDL's own namespace …
  void read_message(xml::NodeIndex node);
  Part read_part(xml::NodeIndex node);
  void read_port_type(xml::NodeIndex node);
  Operation read_operation(xml::NodeIndex node);
  OperationMessage read_operation_message(xml::NodeIndex node);
  void read_binding(xml::NodeIndex node);
  BindingOperation read_binding_operation(xml::NodeIndex node, const Binding& binding);
  void read_soap_body(xml::NodeIndex message, BindingOperation& out, std::vector<std::string>& parts);
  std::vector<BindingOperation::Header> read_soap_headers(xml::NodeIndex message);
  void read_service(xml::NodeIndex node);
  // … and in that of WS-BPEL's extensions.
  void read_partner_link_type(xml::NodeIndex node);
  Role read_role(xml::NodeIndex node);
  void read_property(xml::NodeIndex node);
  void read_property_alias(xml::NodeIndex node);
  Query read_query(xml::NodeIndex node);

  const xml::Document& document() const { return *file_.document; }
  SourceLocation where(xml::NodeIndex node) const;
  std::vector<xml::NodeIndex> children(xml::NodeIndex parent, std::string_view ns, std::string_view local) const;
  bool is(xml::NodeIndex node, std::string_view ns, std::string_view local) const;
  std::string tag(xml::NodeIndex node) const;
  std::string text(xml::NodeIndex node, std::string_view attribute) const;
  std::string required_text(xml::NodeIndex node, std::string_view attribute);
  /// @name in the file's target namespace.
  QName defined_name(xml::NodeIndex node) { return {file_.target_namespace, required_text(node, "name")}; }
  QName qname(xml::NodeIndex node, std::string_view attribute);
  QName required_qname(xml::NodeIndex node, std::string_view attribute);
  void report(xml::NodeIndex node, std::string message, Severity severity = Severity::error);

  const File& file_;
  Definitions& out_;
  Diagnostics& findings_;
};

}  // namespace echoflow::wsdl
