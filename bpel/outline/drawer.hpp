#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bpel/ast/ast.hpp"
#include "models/graph/process_graph.hpp"

/// Inside of outline(): one pass over the AST that fills a graph. Only bpel/outline includes this.
namespace echoflow::outline {

using graph::ContainerIndex;
using graph::FlowIndex;
using graph::NodeIndex;

/// What an activity became: where control enters it and where it leaves; no exit after what never goes on.
struct Piece {
  NodeIndex entry = graph::none;
  NodeIndex exit = graph::none;
};

/// A link of a flow: its ends as they are met.
struct LinkEnds {
  NodeIndex from = graph::none;
  NodeIndex to = graph::none;
  std::optional<graph::Expression> condition;
  std::string name;
  SourceLocation where;
};
using LinkTable = std::map<std::string, LinkEnds>;

class Drawer {
 public:
  explicit Drawer(const ast::Process& process) : process_(process) {}
  graph::ProcessGraph draw();

  Piece activity(const ast::ActivityPtr& activity, ContainerIndex in);

  // One for each kind of activity (basic.cpp, structured.cpp, people.cpp); a missing one does not link.
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) Piece draw_one(const ast::Type& activity, ContainerIndex in);
#include "models/program/activity_kinds.def"

 private:
  // --- making nodes (drawer.cpp) -------------------------------------------------------------------------------------
  graph::Node node_of(const ast::Element& element, std::string_view suffix, ContainerIndex in) const;
  graph::Node node_of(const ast::Activity& activity, std::string_view kind, ContainerIndex in) const;
  NodeIndex add(graph::Node node);
  NodeIndex add_gateway(graph::Node node, graph::GatewayKind kind, graph::GatewayDirection direction);
  NodeIndex add_task(const ast::Activity& activity, std::string_view kind, graph::ActivityKind task, ContainerIndex in);
  FlowIndex connect(NodeIndex from, NodeIndex to);
  FlowIndex connect(NodeIndex from, NodeIndex to, const std::optional<ast::Expression>& condition);
  ContainerIndex add_body(NodeIndex owner, const ast::Element& element);
  /// A start in front of a body, an end behind it; `start` is added when it has no id.
  void fill_body(ContainerIndex body, NodeIndex start, const ast::Element& element, const ast::ActivityPtr& activity);
  graph::Expression expression(const ast::Expression& source) const;
  void describe_message(graph::Node& node, const std::string& partner_link, const std::string& operation);
  void relate(graph::RelationKind kind, NodeIndex from, NodeIndex to, std::string type, const SourceLocation& where);
  void reads(NodeIndex activity, const std::string& variable, const SourceLocation& where);
  void writes(NodeIndex activity, const std::string& variable, const SourceLocation& where);

  // --- scopes (scopes.cpp) -------------------------------------------------------------------------------------------
  void declare(const ast::ScopeBody& body, ContainerIndex in);
  void handlers(const ast::ScopeBody& body, ContainerIndex in);
  void fault_handlers(const ast::FaultHandlers& handlers, ContainerIndex in);
  void handler(const ast::Element& element, std::string_view kind, graph::Event start, const ast::ActivityPtr& activity,
               ContainerIndex in);
  void on_event(const ast::OnEvent& event, ContainerIndex in);
  void on_alarm(const ast::OnAlarm& alarm, ContainerIndex in);
  Piece with_own_handlers(const ast::Invoke& invoke, ContainerIndex in);
  graph::Event timer(const std::optional<ast::Expression>& for_, const std::optional<ast::Expression>& until,
                     const std::optional<ast::Expression>& every) const;
  NodeIndex invoke_task(const ast::Invoke& invoke, ContainerIndex in);

  // --- links (links.cpp) ---------------------------------------------------------------------------------------------
  Piece with_links(const ast::Activity& activity, Piece piece, ContainerIndex in);
  LinkEnds* link(const std::string& name);
  void connect_links(const LinkTable& links);
  NodeIndex lifted(NodeIndex node, ContainerIndex to) const;
  ContainerIndex common(NodeIndex a, NodeIndex b) const;

  // --- people (people.cpp) -------------------------------------------------------------------------------------------
  void kpis();
  void people(NodeIndex task, const std::vector<ast::PeopleAssignment>& assignments);
  const ast::HumanTask* task_of(const ast::PeopleActivity& activity) const;

  const ast::Process& process_;
  graph::ProcessGraph graph_;
  const ast::Receive* start_ = nullptr;  // the receive that is the process's start event
  std::vector<LinkTable*> links_;        // innermost last
  const ast::Activity* child_of_flow_ = nullptr;
  std::vector<std::map<std::string, NodeIndex>> variables_;  // innermost last
  std::map<std::string, NodeIndex> activities_;              // by name, for KPIs
};

}  // namespace echoflow::outline
