#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/base/qname.hpp"
#include "models/base/source_location.hpp"
#include "models/xml/tree.hpp"

/// WSDL 1.1 with the WS-BPEL extensions (partner link types, properties, property aliases).
namespace echoflow::wsdl {

struct Part {
  std::string name;
  QName element;  ///< exactly one of element, type is set in a valid WSDL
  QName type;
  SourceLocation where;
};

struct Message {
  QName name;
  std::vector<Part> parts;
  SourceLocation where;
  const Part* part(const std::string& part_name) const;
};

enum class OperationKind { one_way, request_response, solicit_response, notification };

struct OperationMessage {
  std::string name;
  QName message;
  SourceLocation where;
};

struct Operation {
  std::string name;
  OperationKind kind = OperationKind::one_way;
  std::optional<OperationMessage> input;
  std::optional<OperationMessage> output;
  std::vector<OperationMessage> faults;  ///< OperationMessage::name is the fault's name
  SourceLocation where;
};

struct PortType {
  QName name;
  std::vector<Operation> operations;  ///< in document order, overloads kept for SA00002
  SourceLocation where;
  const Operation* operation(const std::string& operation_name) const;
};

struct Role {
  std::string name;
  QName port_type;
  SourceLocation where;
};

struct PartnerLinkType {
  QName name;
  std::vector<Role> roles;
  SourceLocation where;
  const Role* role(const std::string& role_name) const;
};

/// vprop:property (WS-BPEL 2.0 §7.2).
struct Property {
  QName name;
  QName type;
  QName element;
  SourceLocation where;
};

struct Query {
  std::string language;  ///< empty: the process's default
  std::string text;
  xml::DocumentPtr document;              ///< for the namespaces in scope …
  xml::NodeIndex element = xml::no_node;  ///< … of this element
  SourceLocation where;
};

/// vprop:propertyAlias (WS-BPEL 2.0 §7.3).
struct PropertyAlias {
  QName property;
  QName message_type;  ///< with `part`; or
  std::string part;
  QName type;  ///< one of these alone
  QName element;
  std::optional<Query> query;
  SourceLocation where;
};

enum class SoapVersion { none, soap11, soap12 };
enum class SoapStyle { document, rpc };

struct BindingOperation {
  std::string name;
  std::string soap_action;
  SoapStyle style = SoapStyle::document;
  bool literal = true;
  std::string rpc_namespace;             ///< soap:body/@namespace of the input
  std::vector<std::string> input_parts;  ///< soap:body/@parts; empty: all that are not header parts
  std::vector<std::string> output_parts;
  struct Header {
    QName message;
    std::string part;
  };
  std::vector<Header> input_headers;
  std::vector<Header> output_headers;
};

struct Binding {
  QName name;
  QName port_type;
  SoapVersion soap = SoapVersion::none;
  SoapStyle style = SoapStyle::document;
  std::vector<BindingOperation> operations;
  SourceLocation where;
  const BindingOperation* operation(const std::string& operation_name) const;
};

struct Port {
  std::string name;
  QName binding;
  std::string address;
  SourceLocation where;
};

struct Service {
  QName name;
  std::vector<Port> ports;
  SourceLocation where;
};

/// One parsed .wsdl file.
struct File {
  std::string path;
  std::string target_namespace;
  xml::DocumentPtr document;
  SourceLocation where;
};

/// All the WSDL definitions that a process can see: its imports and theirs, followed within the deployment. A name that
/// is defined twice keeps its first definition here and both in the vectors, for the rules.
struct Definitions {
  std::vector<File> files;
  std::vector<Message> messages;
  std::vector<PortType> port_types;
  std::vector<PartnerLinkType> partner_link_types;
  std::vector<Property> properties;
  std::vector<PropertyAlias> aliases;
  std::vector<Binding> bindings;
  std::vector<Service> services;

  const Message* message(const QName& name) const;
  const PortType* port_type(const QName& name) const;
  const PartnerLinkType* partner_link_type(const QName& name) const;
  const Property* property(const QName& name) const;
  const Binding* binding_of(const QName& port_type) const;  ///< the first SOAP binding of a portType
  /// The first soap:address of a port whose binding is of this portType.
  std::optional<std::string> address_of(const QName& port_type) const;
};

}  // namespace echoflow::wsdl
