#pragma once
#include <boost/graph/adjacency_list.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/graph/nodes.hpp"

/// One graph for every notation: analysis, layout, translation and documentation work on it alone.
namespace echoflow::graph {

enum class Notation : std::uint8_t { bpel, bpmn, aml, epml };

/// What holds nodes: a process (of a pool, perhaps), or the inside of a sub-process.
struct Container {
  std::string id;  ///< of the process, or of the sub-process
  Names name;
  Names documentation;
  ContainerIndex parent = none;  ///< none: a process
  NodeIndex owner = none;        ///< the sub-process's node
  bool executable = true;
  bool closed = false;
  std::vector<Attribute> attributes;
  SourceLocation where;
};

/// A participant of a collaboration; without a process it is a black box.
struct Participant {
  std::string id;
  Names name;
  Names documentation;
  ContainerIndex process = none;
  int minimum = 0;  ///< multiplicity
  int maximum = 1;
  std::optional<Bounds> bounds;
  bool horizontal = true;
  std::vector<Attribute> attributes;
  SourceLocation where;
};

/// From a node or a participant to a node or a participant, by their ids.
struct MessageFlow {
  std::string id;
  Names name;
  std::string from;
  std::string to;
  std::string message;  ///< id in definitions
  std::vector<Point> waypoints;
  std::optional<Bounds> label;
  std::vector<Attribute> attributes;
  SourceLocation where;
};

/// How things that do not flow belong to what does. RACI: executes R, decides A, contributes S, consulted C, informed
/// I.
enum class RelationKind : std::uint8_t {
  executes,
  decides,
  contributes,
  consulted,
  informed,  // role → activity
  reads,
  writes,       // activity → data
  supports,     // system → activity
  measured_by,  // activity or container's node → KPI
  occurs_at,    // risk → activity
  annotates,    // note → anything
  compensates,  // boundary event → activity that undoes
  belongs_to,   // role → organisation, anything → group
  other,
};

struct Relation {
  RelationKind kind = RelationKind::other;
  std::string id;
  std::string type;  ///< the source's own word for it (CT_EXEC_1, dataInputAssociation …)
  NodeIndex from = none;
  NodeIndex to = none;
  FlowIndex to_flow = none;  ///< where an association ends on a flow
  /// reads, writes: what the data is called inside, how it is transformed, and what is assigned.
  std::string inner_name;
  std::vector<std::pair<Expression, Expression>> assignments;  ///< from, to
  std::optional<Expression> transformation;
  std::vector<Point> waypoints;
  std::vector<Attribute> attributes;
  SourceLocation where;
};

enum class DefinitionKind : std::uint8_t {
  item,
  message,
  error,
  escalation,
  signal,
  interface,
  operation,
  event,
  resource,
  global_task,
  other,
};

/// A root element that others refer to by id.
struct Definition {
  DefinitionKind kind = DefinitionKind::other;
  std::string id;
  Names name;
  std::string code;       ///< errorCode, escalationCode
  std::string structure;  ///< structureRef, in its expanded form "{ns}local" where it is a QName
  std::string item;       ///< itemRef, structureRef of messages, errors, escalations, signals
  bool collection = false;
  std::string in_message;  ///< operations
  std::string out_message;
  std::vector<std::string> errors;
  std::string owner;  ///< an operation's interface
  std::string implementation;
  std::optional<EventDefinition> event;  ///< DefinitionKind::event
  std::optional<Activity> task;          ///< DefinitionKind::global_task
  std::vector<Attribute> attributes;
  SourceLocation where;
};

/// Control flow with its nodes. Vertex and edge descriptors are not used outside: NodeIndex is the vertex, FlowIndex
/// the edge's index. Nodes that do not flow (data, roles, KPIs …) are vertices without edges.
class ProcessGraph {
 public:
  using Flows = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                      boost::property<boost::edge_index_t, FlowIndex>>;

  Notation notation = Notation::bpmn;
  std::string id;
  Names name;
  std::string file;
  std::string target_namespace;
  std::string expression_language;  ///< URI or short name of the source's default
  std::string type_language;
  std::string exporter;  ///< the tool that wrote it, with its version
  std::vector<Container> containers;
  std::vector<Participant> participants;
  std::vector<MessageFlow> message_flows;
  std::vector<Relation> relations;
  std::map<std::string, Definition> definitions;
  std::vector<Attribute> attributes;

  /// The id must be new; returns its index.
  NodeIndex add_node(Node node);
  FlowIndex add_flow(NodeIndex from, NodeIndex to, Flow flow);

  std::size_t node_count() const { return nodes_.size(); }
  std::size_t flow_count() const { return flow_data_.size(); }
  Node& node(NodeIndex n) { return nodes_[n]; }
  const Node& node(NodeIndex n) const { return nodes_[n]; }
  Flow& flow(FlowIndex f) { return flow_data_[f]; }
  const Flow& flow(FlowIndex f) const { return flow_data_[f]; }
  NodeIndex source(FlowIndex f) const { return ends_[f].first; }
  NodeIndex target(FlowIndex f) const { return ends_[f].second; }
  /// In the order in which they were added.
  const std::vector<FlowIndex>& outgoing(NodeIndex n) const { return outgoing_[n]; }
  const std::vector<FlowIndex>& incoming(NodeIndex n) const { return incoming_[n]; }
  /// `none` when there is no such node.
  NodeIndex find(std::string_view id) const;
  ContainerIndex find_container(std::string_view id) const;
  /// Nodes of one container, in the source's order.
  std::vector<NodeIndex> nodes_of(ContainerIndex container) const;
  /// The boundary events of an activity.
  std::vector<NodeIndex> boundary_of(NodeIndex activity) const;

  /// For Boost's algorithms. Edges carry boost::edge_index = FlowIndex.
  const Flows& flows() const { return flows_; }

 private:
  Flows flows_;
  std::vector<Node> nodes_;
  std::vector<Flow> flow_data_;
  std::vector<std::pair<NodeIndex, NodeIndex>> ends_;
  std::vector<std::vector<FlowIndex>> outgoing_;
  std::vector<std::vector<FlowIndex>> incoming_;
  std::map<std::string, NodeIndex, std::less<>> by_id_;
};

}  // namespace echoflow::graph
