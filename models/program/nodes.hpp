#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/qname.hpp"
#include "models/base/source_location.hpp"
#include "models/cx/task_definition.hpp"
#include "models/program/activity_kind.hpp"
#include "models/program/expression.hpp"
#include "models/program/ids.hpp"
#include "models/program/types.hpp"
#include "models/xml/tree.hpp"

/// The compiled activities. Everything is resolved: names became ids, expressions are compiled, inline handlers of
/// invoke became scopes. Expression pointers are owned by the Program; null means absent.
namespace echoflow::program {

struct Node {
  explicit Node(ActivityKind k) : kind(k) {}
  virtual ~Node() = default;
  ActivityKind kind;
  NodeId id = none;
  NodeId parent = none;    ///< the enclosing activity (a scope for its handlers' bodies); none for the process
  NodeId scope = none;     ///< the innermost scope that encloses the node and in which its names are looked up
  std::string name;        ///< as written, may be empty
  std::string element_id;  ///< the path in the BPEL source, or the id in the model it came from
  SourceLocation where;
  bool suppress_join_failure = false;          ///< inherited value resolved
  const Expression* join_condition = nullptr;  ///< null: at least one incoming link is true
  std::vector<LinkId> incoming;
  std::vector<LinkId> outgoing;  ///< in source order
};

/// Where a property is found in a message type (WS-BPEL 2.0 §7.3).
struct PropertyAlias {
  QName property;
  std::uint32_t part = none;
  const Expression* query = nullptr;  ///< null: the part itself; context node: the part's document element
};

enum class Initiate : std::uint8_t { no, yes, join };
struct Correlation {
  CorrelationSetId set = none;
  Initiate initiate = Initiate::no;
  std::vector<PropertyAlias> properties;  ///< in the set's order, for the message at hand
};

/// An operation of a partner link.
struct OperationRef {
  PartnerLinkId partner_link = none;
  QName port_type;
  std::string operation;
  MessageTypeId input = none;
  MessageTypeId output = none;  ///< none: one-way
  struct FaultType {
    std::string name;
    MessageTypeId type;
  };
  std::vector<FaultType> faults;
  bool one_way() const { return output == none; }
};

/// Where a received message goes: a whole variable, or fromParts.
struct PartToVariable {
  std::uint32_t part;
  VariableId variable;
};
struct PartFromVariable {
  std::uint32_t part;
  VariableId variable;
};

/// cx:when and cx:channels: which messages of a built-in listener's operation an inbound activity takes.
struct InboundFilter {
  const Expression* when = nullptr;   ///< sees the message only: its parts as the variables `filtered_message`
  std::vector<std::string> channels;  ///< names of channels or networks, ascending; empty: all
  std::string digest;                 ///< of both, as written: tells filters apart in correlation keys
};
/// The variable by which InboundFilter::when reads the message's parts.
inline constexpr VariableId filtered_message = none - 1;

struct Inbound {
  OperationRef operation;
  std::optional<InboundFilter> filter;
  VariableId variable = none;  ///< the message (or single-element) variable; none with from_parts or an empty message
  bool variable_is_element = false;  ///< §10.4: an element variable receives the message's only part
  std::vector<PartToVariable> from_parts;
  std::vector<Correlation> correlations;
  MessageExchangeId message_exchange =
      none;  ///< always set: the default exchange of the process/onEvent scope if unnamed
};

struct Empty : Node {
  Empty() : Node(ActivityKind::empty) {}
};
struct Exit : Node {
  Exit() : Node(ActivityKind::exit) {}
};
struct Rethrow : Node {
  Rethrow() : Node(ActivityKind::rethrow) {}
};
struct Compensate : Node {
  Compensate() : Node(ActivityKind::compensate) {}
  NodeId scope_of_handler = none;
};  ///< the scope whose FCT-handler contains it
struct CompensateScope : Node {
  CompensateScope() : Node(ActivityKind::compensate_scope) {}
  NodeId target = none;
  NodeId scope_of_handler = none;
};
struct Throw : Node {
  Throw() : Node(ActivityKind::throw_) {}
  QName fault_name;
  VariableId fault_variable = none;
};
/// Deadline by duration or point in time: exactly one is set.
struct Deadline {
  const Expression* for_ = nullptr;
  const Expression* until = nullptr;
  const Expression* repeat_every = nullptr;
};
struct Wait : Node {
  Wait() : Node(ActivityKind::wait) {}
  Deadline deadline;
};
struct Validate : Node {
  Validate() : Node(ActivityKind::validate) {}
  std::vector<VariableId> variables;
};

struct Receive : Node {
  Receive() : Node(ActivityKind::receive) {}
  Inbound inbound;
  bool create_instance = false;
};
struct Reply : Node {
  Reply() : Node(ActivityKind::reply) {}
  OperationRef operation;
  VariableId variable = none;
  bool variable_is_element = false;
  std::vector<PartFromVariable> to_parts;
  QName fault_name;                   ///< empty: a normal reply
  MessageTypeId message_type = none;  ///< what is sent: the output's or the fault's type
  std::vector<Correlation> correlations;
  MessageExchangeId message_exchange = none;
};
struct Invoke : Node {
  Invoke() : Node(ActivityKind::invoke) {}
  OperationRef operation;
  VariableId input_variable = none, output_variable = none;
  bool input_is_element = false, output_is_element = false;
  std::vector<PartFromVariable> to_parts;
  std::vector<PartToVariable> from_parts;
  std::vector<Correlation> request_correlations, response_correlations;
};

struct FromVariable {
  VariableId variable = none;
  std::uint32_t part = none;
  const Expression* query = nullptr;
};  ///< part none: the whole (message) variable
struct FromProperty {
  VariableId variable = none;
  PropertyAlias alias;
};
struct FromPartnerLink {
  PartnerLinkId partner_link = none;
  bool my_role = false;
};
struct FromLiteral {
  xml::DocumentPtr value;
};  ///< a fragment: the children of its document node
struct FromExpression {
  const Expression* expression = nullptr;
};
using FromSpec = std::variant<FromVariable, FromProperty, FromPartnerLink, FromLiteral, FromExpression>;
struct ToVariable {
  VariableId variable = none;
  std::uint32_t part = none;
  const Expression* query = nullptr;
};
struct ToProperty {
  VariableId variable = none;
  PropertyAlias alias;
};
struct ToPartnerLink {
  PartnerLinkId partner_link = none;
};
struct ToExpression {
  const Expression* expression = nullptr;
};  ///< must select one node of a variable
using ToSpec = std::variant<ToVariable, ToProperty, ToPartnerLink, ToExpression>;
struct Copy {
  FromSpec from;
  ToSpec to;
  bool keep_src_element_name = false;
  bool ignore_missing_from_data = false;
  SourceLocation where;
};
/// An extensionAssignOperation that is not understood and may be ignored is left out by the compiler.
struct Assign : Node {
  Assign() : Node(ActivityKind::assign) {}
  bool validate = false;
  std::vector<Copy> copies;
};

/// The activity; the name Sequence is taken by the values of XPath.
struct SequenceNode : Node {
  SequenceNode() : Node(ActivityKind::sequence) {}
  std::vector<NodeId> activities;
};
struct If : Node {
  If() : Node(ActivityKind::if_) {}
  struct Branch {
    const Expression* condition;
    NodeId activity;
  };
  std::vector<Branch> branches;
};  ///< null condition: else
struct While : Node {
  While() : Node(ActivityKind::while_) {}
  const Expression* condition = nullptr;
  NodeId activity = none;
};
struct RepeatUntil : Node {
  RepeatUntil() : Node(ActivityKind::repeat_until) {}
  const Expression* condition = nullptr;
  NodeId activity = none;
};
struct ForEach : Node {
  ForEach() : Node(ActivityKind::for_each) {}
  bool parallel = false;
  const Expression* start = nullptr;
  const Expression* final = nullptr;
  const Expression* branches = nullptr;  ///< completion condition, or null
  bool successful_branches_only = false;
  NodeId activity = none;  ///< a Scope that declares `counter`
  VariableId counter = none;
};
struct Pick : Node {
  Pick() : Node(ActivityKind::pick) {}
  bool create_instance = false;
  struct OnMessage {
    Inbound inbound;
    NodeId activity;
    std::string element_id;
    SourceLocation where;
  };
  struct OnAlarm {
    Deadline deadline;
    NodeId activity;
    std::string element_id;
    SourceLocation where;
  };
  std::vector<OnMessage> on_messages;
  std::vector<OnAlarm> on_alarms;
};
struct Flow : Node {
  Flow() : Node(ActivityKind::flow) {}
  std::vector<NodeId> activities;
  std::vector<LinkId> links;
};  ///< links declared here

struct Catch {
  QName fault_name;                   ///< empty: any name
  VariableId fault_variable = none;   ///< declared implicitly, owned by the scope
  MessageTypeId message_type = none;  ///< faultMessageType, or
  QName element;                      ///< faultElement; both unset: only faults without data match when no variable
  NodeId activity = none;
  SourceLocation where;
};
struct OnEvent {
  Inbound inbound;
  NodeId scope = none;
  std::string element_id;
  SourceLocation where;
};  ///< the associated scope declares variable, message exchange and correlation sets
struct OnAlarm {
  Deadline deadline;
  NodeId activity = none;
  std::string element_id;
  SourceLocation where;
};
/// A scope; node 0 of every program is the process itself as a Scope.
struct Scope : Node {
  Scope() : Node(ActivityKind::scope) {}
  bool is_process = false;
  bool is_implicit = false;  ///< made by the compiler around an invoke with inline handlers
  bool isolated = false;
  bool exit_on_standard_fault = false;  ///< inherited value resolved
  std::vector<VariableId> variables;    ///< implicit ones included
  std::vector<PartnerLinkId> partner_links;
  std::vector<CorrelationSetId> correlation_sets;
  std::vector<MessageExchangeId> message_exchanges;
  struct Initializer {
    VariableId variable;
    Copy copy;
  };
  std::vector<Initializer> initializers;  ///< inline variable initialisation, in order (§8.1)
  NodeId activity = none;
  bool has_fault_handlers = false;  ///< false: the default handler of §12.5.1
  std::vector<Catch> catches;
  NodeId catch_all = none;             ///< body, or none
  NodeId compensation_handler = none;  ///< body, or none: the default of §12.5.1
  NodeId termination_handler = none;
  std::vector<OnEvent> on_events;
  std::vector<OnAlarm> on_alarms;
};
struct ExtensionActivity : Node {
  ExtensionActivity() : Node(ActivityKind::extension_activity) {}
  QName content_name;
};  ///< not understood: behaves as empty (§10.9)

/// <b4p:peopleActivity> (WS-BPEL4People 1.1 §5): a call of the partner that keeps the tasks. The message's first part
/// is a cx::TaskRequest, the others are the parts of the input variable.
struct PeopleActivity : Node {
  PeopleActivity() : Node(ActivityKind::people_activity) {}
  OperationRef operation;  ///< of the implicit partner link to the tasks; one-way for a notification
  cx::TaskDefinition task;
  VariableId input_variable = none, output_variable = none;
  std::vector<PartFromVariable> to_parts;  ///< `part`: place among the input data
  std::vector<PartToVariable> from_parts;
  MessageTypeId input = none, output = none;  ///< types of the input and output data; none: no data
  bool skipable = false;
};
/// <cx:measure>: gives a value to a KPI.
struct Measure : Node {
  Measure() : Node(ActivityKind::measure) {}
  std::string kpi;
  const Expression* value = nullptr;
  const Expression* group = nullptr;  ///< null: no group
};

}  // namespace echoflow::program
