#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bpel/ast/ast.hpp"
#include "bpel/compile/compile.hpp"
#include "bpel/xpath/compile.hpp"

/// Inside of the compiler: one pass over the AST that fills a Program. Only bpel/compile includes this.
namespace echoflow::compile {

using program::NodeId;

/// Names that are in reach at a place (WS-BPEL 2.0 §12.1: common lexical scoping). A chain from inner to outer.
struct Environment {
  const Environment* outer = nullptr;
  NodeId scope = program::none;  ///< the scope that owns the names declared here
  std::map<std::string, program::VariableId> variables;
  std::map<std::string, program::PartnerLinkId> partner_links;
  std::map<std::string, program::CorrelationSetId> correlation_sets;
  std::map<std::string, program::MessageExchangeId> message_exchanges;
  std::map<std::string, program::LinkId> links;
};

/// Where an activity stands, handed down by value.
struct Place {
  const Environment* names = nullptr;
  NodeId parent = program::none;
  NodeId scope = program::none;          ///< innermost enclosing scope
  NodeId handler_scope = program::none;  ///< the scope whose fault, compensation or termination handler we are in
  bool suppress_join_failure = false;
  bool exit_on_standard_fault = false;

  Place below(NodeId node) const {
    Place inner = *this;
    inner.parent = node;
    return inner;
  }
};

class Compiler {
 public:
  Compiler(const parse::LoadedProcess& source, const descriptor::Descriptor& settings, Diagnostics& findings);
  program::ProgramPtr compile();

  // --- nodes (nodes.cpp) -------------------------------------------------------------------------------------------
  NodeId reserve();
  /// Fills what every activity has: names, place, links, join condition.
  void describe(program::Node& node, NodeId id, const ast::Activity& activity, const Place& place);
  void put(NodeId id, std::unique_ptr<program::Node> node);
  NodeId activity(const ast::ActivityPtr& activity, const Place& place);

  // --- names (names.cpp); a name that is nowhere declared is reported and gives `none` -------------------------------
  program::VariableId variable(const std::string& name, const Place& place, const SourceLocation& where);
  program::PartnerLinkId partner_link(const std::string& name, const Place& place, const SourceLocation& where);
  program::CorrelationSetId correlation_set(const std::string& name, const Place& place, const SourceLocation& where);
  program::MessageExchangeId message_exchange(const std::string& name, const Place& place, const SourceLocation& where);
  program::LinkId link(const std::string& name, const Place& place, const SourceLocation& where);

  // --- types (types.cpp) -------------------------------------------------------------------------------------------
  program::MessageTypeId message_type(const QName& message, const SourceLocation& where);
  program::VariableId declare_message_variable(const std::string& name, const QName& message, Environment& names,
                                               const SourceLocation& where);
  program::VariableId declare_element_variable(const std::string& name, const QName& element, Environment& names);
  program::VariableId declare_typed_variable(const std::string& name, const QName& type, Environment& names);
  /// A variable of the type of one message part: what toVariable of a fromPart in onEvent implies.
  program::VariableId declare_part_variable(const std::string& name, const program::PartType& part, Environment& names);
  const program::MessageType& type_of(program::VariableId id) const;

  // --- expressions (expressions.cpp); null when absent or reported ---------------------------------------------------
  const program::Expression* expression(const std::optional<ast::Expression>& source, const Place& place);
  const program::Expression* expression(const ast::Expression& source, const Place& place);
  /// The expression of a to-spec: simple-typed variables are seen as nodes.
  const program::Expression* target(const ast::Expression& source, const Place& place);
  const program::Expression* query(const std::optional<ast::Expression>& source, const Place& place);
  /// A condition that sees the parts of one message and nothing else, as variables by their names.
  const program::Expression* message_condition(const ast::Expression& source, program::MessageTypeId type);
  const program::Expression* join_condition(const std::optional<ast::Expression>& source, const Place& place);
  program::Deadline deadline(const std::optional<ast::Expression>& for_, const std::optional<ast::Expression>& until,
                             const std::optional<ast::Expression>& repeat_every, const Place& place);

  // --- properties (properties.cpp) ---------------------------------------------------------------------------------
  Result<program::PropertyAlias> alias_for_message(const QName& property, program::MessageTypeId type);
  Result<program::PropertyAlias> alias_for_variable(const QName& property, program::VariableId variable);
  std::vector<program::Correlation> correlations(const std::vector<ast::Correlation>& sources,
                                                 program::MessageTypeId type, const Place& place);

  // --- tasks (activities/people_activity.cpp) ------------------------------------------------------------------------
  program::OperationRef task_operation(const program::PeopleActivity& node);

  // --- messages (messages.cpp) -------------------------------------------------------------------------------------
  program::OperationRef operation(program::PartnerLinkId link, const std::string& name, bool my_role,
                                  const SourceLocation& where);
  program::Inbound inbound(const ast::InboundMessage& source, const Place& place);
  std::vector<program::PartFromVariable> to_parts(const std::vector<ast::ToPart>& sources, program::MessageTypeId type,
                                                  const Place& place);
  std::vector<program::PartToVariable> from_parts(const std::vector<ast::FromPart>& sources,
                                                  program::MessageTypeId type, const Place& place);
  /// The variable of a message activity and whether it is an element variable (§10.4).
  std::pair<program::VariableId, bool> message_variable(const std::string& name, const Place& place,
                                                        const SourceLocation& where);
  void add_entry(NodeId node, std::uint32_t branch, bool creates_instance, const program::Inbound& inbound);

  // --- copies (copies.cpp) -----------------------------------------------------------------------------------------
  program::Copy copy(const ast::Copy& source, const Place& place);
  program::FromSpec from(const ast::From& source, const Place& place);
  program::ToSpec to(const ast::To& source, const Place& place);

  // --- scopes (scopes.cpp) -----------------------------------------------------------------------------------------
  /// Declarations, handlers and body of a scope whose node is `id`; `names` already holds what is declared implicitly.
  void scope_body(program::Scope& scope, NodeId id, const ast::ScopeBody& body, Environment& names, Place inner);
  template <class Prepare, class Finish>
  NodeId scope_with(const ast::Scope& source, const Place& place, Prepare prepare, Finish finish);
  void declare_default_exchange(program::Scope& scope, Environment& names);
  void fault_handlers(program::Scope& scope, const ast::FaultHandlers& source, const Environment& names,
                      const Place& inner);

  void error(const std::string& rule, const SourceLocation& where, std::string message);
  void own(std::unique_ptr<const program::Expression> expression);

  const parse::LoadedProcess& source;
  const descriptor::Descriptor& settings;
  program::Program& program() { return *program_; }
  /// The node under construction or done.
  program::Node* node(NodeId id) { return nodes_[id].get(); }
  std::size_t node_count() const { return nodes_.size(); }

 private:
  xpath::StaticContext static_context(const ast::Origin& origin, const std::string& language, xpath::Purpose purpose,
                                      const Place& place);
  const program::Expression* compile_text(const ast::Expression& source, const std::string& language,
                                          xpath::Purpose purpose, const Place& place);
  const program::Expression* compile_in(const ast::Expression& source, const xpath::StaticContext& context);
  program::MessageTypeId add_message_type(program::MessageType type);
  program::PropertyAlias compile_alias(const wsdl::PropertyAlias& alias, std::uint32_t part);
  program::PartType part_type(const std::string& name, const QName& element, const QName& type) const;
  program::VariableId declare(const std::string& name, program::VariableDecl declaration, Environment& names);
  void event_handlers(program::Scope& scope, const ast::EventHandlers& source, const Environment& names,
                      const Place& inner);
  program::OnEvent on_event(const ast::OnEvent& event, const Place& place);
  void configure_partner(program::PartnerLinkDecl& declaration);
  void declare_partner_links(program::Scope& scope, const ast::ScopeBody& body, Environment& names);
  void declare_all(program::Scope& scope, const ast::ScopeBody& body, Environment& names, const Place& inner);
  void declare_partner_link(program::Scope& scope, const ast::PartnerLink& source, Environment& names);
  void wire_operations();

  Diagnostics& findings_;
  descriptor::Settings process_settings_;
  std::shared_ptr<program::Program> program_;
  std::vector<std::unique_ptr<program::Node>> nodes_;
  std::map<QName, program::MessageTypeId> message_type_ids_;
  program::PartnerLinkId tasks_link_ = program::none;
  std::map<std::pair<const wsdl::PropertyAlias*, std::uint32_t>, program::PropertyAlias> aliases_;
  struct PendingEntry {
    NodeId node;
    std::uint32_t branch;
    bool creates_instance;
    const program::Inbound* inbound;
  };
  std::vector<PendingEntry> entries_;
};

/// One function per activity, in activities/<name>.cpp; a missing one does not link.
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  NodeId compile_activity(Compiler& compiler, const ast::Type& source, const Place& place);
#include "models/program/activity_kinds.def"

/// Compiles a scope: `prepare(environment, scope, place inside it)` declares implicit names before the scope's own are
/// initialised, `finish(place inside it)` runs when all its names are known.
template <class Prepare, class Finish>
NodeId Compiler::scope_with(const ast::Scope& source, const Place& place, Prepare prepare, Finish finish) {
  const NodeId id = reserve();
  auto scope = std::make_unique<program::Scope>();
  describe(*scope, id, source, place);
  scope->isolated = source.isolated == ast::YesNo::yes;
  Environment names{place.names, id};
  Place inner = place.below(id);
  inner.names = &names;
  inner.scope = id;
  inner.suppress_join_failure = scope->suppress_join_failure;
  if (source.body.exit_on_standard_fault != ast::YesNo::unset)
    inner.exit_on_standard_fault = source.body.exit_on_standard_fault == ast::YesNo::yes;
  scope->exit_on_standard_fault = inner.exit_on_standard_fault;
  program::Scope& kept = *scope;
  put(id, std::move(scope));
  declare_partner_links(kept, source.body, names);
  prepare(names, kept, inner);
  scope_body(kept, id, source.body, names, inner);
  Place handler = inner;
  handler.handler_scope = id;
  if (source.compensation_handler) kept.compensation_handler = activity(source.compensation_handler->activity, handler);
  if (source.termination_handler) kept.termination_handler = activity(source.termination_handler->activity, handler);
  finish(inner);
  return id;
}

}  // namespace echoflow::compile
