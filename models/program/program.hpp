#pragma once
#include <memory>
#include <string>
#include <vector>

#include "models/cx/kpi_definition.hpp"
#include "models/program/nodes.hpp"
#include "models/program/wire.hpp"
#include "models/xml/schema.hpp"

namespace echoflow::program {

struct VariableDecl {
  std::string name;
  MessageTypeId type = none;  ///< into Program::message_types
  bool is_message = false;
  QName element;   ///< for element variables
  QName xsd_type;  ///< for XSD-typed variables
  NodeId scope = none;
};
struct PartnerLinkDecl {
  std::string name;
  QName type;
  std::string my_role, partner_role;
  QName my_port_type, partner_port_type;
  bool initialize_partner_role = false;
  std::string partner_address;  ///< from descriptor or WSDL; "" when only an assignment can give one
  PartnerSettings settings;
  std::string my_wsdl_file;  ///< the deployment's WSDL file that defines my_port_type; "" without my_role
  NodeId scope = none;
};
struct CorrelationSetDecl {
  std::string name;
  std::vector<QName> properties;
  NodeId scope = none;
};
struct MessageExchangeDecl {
  std::string name;
  NodeId scope = none;
};  ///< name "": a default exchange
struct LinkDecl {
  std::string name;
  NodeId flow = none, source = none, target = none;
  const Expression* transition_condition = nullptr;  ///< null: true
};

/// One way in: an inbound activity (receive, onMessage, onEvent) seen from outside, for the router.
struct Entry {
  NodeId node = none;        ///< the receive, pick or scope (for onEvent)
  std::uint32_t branch = 0;  ///< index of the onMessage/onEvent
  bool creates_instance = false;
  const Inbound* inbound = nullptr;
};

/// An executable process, compiled. Immutable, shared by all its instances.
class Program {
 public:
  QName name;  ///< {targetNamespace}name
  std::string source_file;
  bool in_memory = false;
  std::string query_language, expression_language;

  std::vector<std::unique_ptr<const Node>> nodes;
  std::vector<std::unique_ptr<const Expression>> expressions;
  std::vector<MessageType> message_types;
  std::vector<VariableDecl> variables;
  std::vector<PartnerLinkDecl> partner_links;
  std::vector<CorrelationSetDecl> correlation_sets;
  std::vector<MessageExchangeDecl> message_exchanges;
  std::vector<LinkDecl> links;
  std::vector<Entry> entries;           ///< in document order
  std::vector<WireOperation> wire;      ///< of every portType that a partner link uses, my roles and partners'
  std::vector<cx::KpiDefinition> kpis;  ///< in document order
  std::shared_ptr<const xml::SchemaSet> schemas;

  const Node& node(NodeId id) const { return *nodes[id]; }
  /// The node as its own type; the caller knows the kind.
  template <class T>
  const T& as(NodeId id) const {
    return static_cast<const T&>(*nodes[id]);
  }
  const Scope& process() const { return as<Scope>(0); }
  /// The operation that an invoke or a people activity calls.
  const OperationRef& called_operation(NodeId id) const {
    return node(id).kind == ActivityKind::people_activity ? as<PeopleActivity>(id).operation : as<Invoke>(id).operation;
  }
  /// The wire form of an operation, or null.
  const WireOperation* wire_operation(const QName& port_type, const std::string& operation) const {
    for (const auto& w : wire)
      if (w.port_type == port_type && w.operation == operation) return &w;
    return nullptr;
  }
};

using ProgramPtr = std::shared_ptr<const Program>;

}  // namespace echoflow::program
