#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bpel/ast/element.hpp"
#include "bpel/ast/human_task.hpp"
#include "bpel/ast/kpi.hpp"
#include "models/program/activity_kind.hpp"

/// The abstract syntax of WS-BPEL 2.0, close to the source: what was written, where, nothing resolved but QNames.
/// Attributes that were absent are empty strings or nullopt. Wrong values are reported by the parser (rule "BPEL") and
/// by the rules; the AST holds what was there as far as it could be read.
namespace echoflow::ast {

using program::ActivityKind;

// --- links -----------------------------------------------------------------------------------------------------------
struct Link : Element {
  std::string name;
};
struct Source : Element {
  std::string link_name;
  std::optional<Expression> transition_condition;
};
struct Targets : Element {
  std::optional<Expression> join_condition;
  struct Target : Element {
    std::string link_name;
  };
  std::vector<Target> targets;
};

// --- activities ------------------------------------------------------------------------------------------------------
struct Activity : Element {
  explicit Activity(ActivityKind k) : kind(k) {}
  virtual ~Activity() = default;
  ActivityKind kind;
  std::string name;
  YesNo suppress_join_failure = YesNo::unset;
  std::vector<Source> sources;
  std::optional<Targets> targets;
};
using ActivityPtr = std::unique_ptr<Activity>;

struct Import : Element {
  std::optional<std::string> ns, location;
  std::string import_type;
};
struct Extension : Element {
  std::string ns;
  YesNo must_understand = YesNo::unset;
};

struct PartnerLink : Element {
  std::string name;
  QName type;
  std::string my_role, partner_role;
  YesNo initialize_partner_role = YesNo::unset;
};
struct CorrelationSet : Element {
  std::string name;
  std::vector<QName> properties;
};
struct MessageExchange : Element {
  std::string name;
};

/// The six from-variants and the to-variants of WS-BPEL 2.0 §8.4. `text_of_variant` tells which attributes were
/// present.
struct PartReference {
  std::string variable, part;
  std::optional<Expression> query;
};  // variable [part] [query]
struct PropertyReference {
  std::string variable;
  QName property;
};
struct PartnerLinkReference {
  std::string partner_link;
  std::string endpoint_reference;
};  // "myRole"|"partnerRole"|"" in <to>
struct Literal {
  Origin origin;
};                    ///< the <literal> element; its child nodes are the value
struct NoVariant {};  ///< empty <from/> or <to/>: extension or error
struct From : Element {
  std::variant<NoVariant, PartReference, PropertyReference, PartnerLinkReference, Literal, Expression> variant;
};
struct To : Element {
  std::variant<NoVariant, PartReference, PropertyReference, PartnerLinkReference, Expression> variant;
};

struct Variable : Element {
  std::string name;
  std::optional<QName> message_type, type, element;
  std::optional<From> from;
};

struct Correlation : Element {
  std::string set;
  std::string initiate;  ///< "yes", "join", "no"; "" when unset (= no)
  std::string pattern;   ///< on invoke: "request", "response", "request-response"; "" when unset
};
struct FromPart : Element {
  std::string part, to_variable;
};
struct ToPart : Element {
  std::string part, from_variable;
};

/// cx:when and cx:channels of a receive, onMessage or onEvent.
struct InboundFilter {
  std::optional<Expression> when;       ///< its origin is the activity's element, its place the attribute's
  std::optional<std::string> channels;  ///< as written
  SourceLocation channels_where;
};

/// Common to receive, onMessage, onEvent.
struct InboundMessage : Element {
  InboundFilter filter;
  std::string partner_link, operation, message_exchange, variable;
  std::optional<QName> port_type;
  std::vector<Correlation> correlations;
  bool has_correlations = false;
  std::vector<FromPart> from_parts;
  bool has_from_parts = false;
};

struct Catch : Element {
  std::optional<QName> fault_name;
  std::string fault_variable;
  std::optional<QName> fault_message_type, fault_element;
  ActivityPtr activity;
};
struct CatchAll : Element {
  ActivityPtr activity;
};
struct FaultHandlers : Element {
  std::vector<Catch> catches;
  std::unique_ptr<CatchAll> catch_all;
  bool empty() const { return catches.empty() && !catch_all; }
};
struct Handler : Element {
  ActivityPtr activity;
};  ///< compensationHandler, terminationHandler

struct OnMessage : InboundMessage {
  ActivityPtr activity;
};
struct OnAlarm : Element {
  std::optional<Expression> for_, until, repeat_every;  ///< repeat_every only in event handlers
  ActivityPtr activity;
};
struct OnEvent : InboundMessage {
  std::optional<QName> message_type, element;  ///< type of `variable`
  ActivityPtr activity;                        ///< must be a scope
};
struct EventHandlers : Element {
  std::vector<OnEvent> on_events;
  std::vector<OnAlarm> on_alarms;
};

/// What process and scope share.
struct ScopeBody {
  std::vector<PartnerLink> partner_links;
  std::vector<MessageExchange> message_exchanges;
  std::vector<Variable> variables;
  std::vector<CorrelationSet> correlation_sets;
  std::optional<FaultHandlers> fault_handlers;
  std::optional<EventHandlers> event_handlers;
  YesNo exit_on_standard_fault = YesNo::unset;
  ActivityPtr activity;
};

struct Empty : Activity {
  Empty() : Activity(ActivityKind::empty) {}
};
struct Exit : Activity {
  Exit() : Activity(ActivityKind::exit) {}
};
struct Rethrow : Activity {
  Rethrow() : Activity(ActivityKind::rethrow) {}
};
struct Compensate : Activity {
  Compensate() : Activity(ActivityKind::compensate) {}
};
struct CompensateScope : Activity {
  CompensateScope() : Activity(ActivityKind::compensate_scope) {}
  std::string target;
};
struct Throw : Activity {
  Throw() : Activity(ActivityKind::throw_) {}
  QName fault_name;
  std::string fault_variable;
};
struct Wait : Activity {
  Wait() : Activity(ActivityKind::wait) {}
  std::optional<Expression> for_, until;
};
struct Validate : Activity {
  Validate() : Activity(ActivityKind::validate) {}
  std::vector<std::string> variables;
};

struct Receive : Activity {
  Receive() : Activity(ActivityKind::receive) {}
  InboundMessage message;
  YesNo create_instance = YesNo::unset;
};
struct Reply : Activity {
  Reply() : Activity(ActivityKind::reply) {}
  std::string partner_link, operation, message_exchange, variable;
  std::optional<QName> port_type, fault_name;
  std::vector<Correlation> correlations;
  std::vector<ToPart> to_parts;
  bool has_to_parts = false;
};
/// Inline catch/catchAll/compensationHandler make the compiler wrap the invoke in a scope (§10.3).
struct Invoke : Activity {
  Invoke() : Activity(ActivityKind::invoke) {}
  std::string partner_link, operation, input_variable, output_variable;
  std::optional<QName> port_type;
  std::vector<Correlation> correlations;
  std::vector<ToPart> to_parts;
  std::vector<FromPart> from_parts;
  bool has_to_parts = false, has_from_parts = false;
  FaultHandlers fault_handlers;
  std::unique_ptr<Handler> compensation_handler;
};

struct Copy : Element {
  From from;
  To to;
  YesNo keep_src_element_name = YesNo::unset, ignore_missing_from_data = YesNo::unset;
};
struct Assign : Activity {
  Assign() : Activity(ActivityKind::assign) {}
  YesNo validate = YesNo::unset;
  using Operation =
      std::variant<Copy, ExtensionElement>;  ///< copy or extensionAssignOperation (its child, or itself if empty)
  std::vector<Operation> operations;
};

struct Sequence : Activity {
  Sequence() : Activity(ActivityKind::sequence) {}
  std::vector<ActivityPtr> activities;
};
struct If : Activity {
  If() : Activity(ActivityKind::if_) {}
  struct Branch : Element {
    std::optional<Expression> condition;
    ActivityPtr activity;
  };                             ///< no condition: else
  std::vector<Branch> branches;  ///< if, elseif…, then else when present
};
struct While : Activity {
  While() : Activity(ActivityKind::while_) {}
  std::optional<Expression> condition;
  ActivityPtr activity;
};
struct RepeatUntil : Activity {
  RepeatUntil() : Activity(ActivityKind::repeat_until) {}
  std::optional<Expression> condition;
  ActivityPtr activity;
};
struct ForEach : Activity {
  ForEach() : Activity(ActivityKind::for_each) {}
  std::string counter_name;
  YesNo parallel = YesNo::unset;
  std::optional<Expression> start, final;
  struct Branches : Expression {
    YesNo successful_branches_only = YesNo::unset;
  };
  std::optional<Branches> branches;  ///< completionCondition/branches
  bool has_completion_condition = false;
  ActivityPtr activity;  ///< must be a scope
};
struct Pick : Activity {
  Pick() : Activity(ActivityKind::pick) {}
  YesNo create_instance = YesNo::unset;
  std::vector<OnMessage> on_messages;
  std::vector<OnAlarm> on_alarms;
};
struct Flow : Activity {
  Flow() : Activity(ActivityKind::flow) {}
  std::vector<Link> links;
  std::vector<ActivityPtr> activities;
};
struct Scope : Activity {
  Scope() : Activity(ActivityKind::scope) {}
  ScopeBody body;
  YesNo isolated = YesNo::unset;
  std::unique_ptr<Handler> compensation_handler, termination_handler;
};
/// <extensionActivity>: `content` is the foreign element, empty name when there is none.
struct ExtensionActivity : Activity {
  ExtensionActivity() : Activity(ActivityKind::extension_activity) {}
  QName content_name;
  Origin content;
};

/// <b4p:peopleActivity> of an <extensionActivity>: `origin` is its own.
struct PeopleActivity : Activity {
  PeopleActivity() : Activity(ActivityKind::people_activity) {}
  std::string input_variable, output_variable;
  YesNo skipable = YesNo::unset;
  std::vector<HumanTask> tasks;           ///< inline <htd:task> and <htd:notification>: there must be one, or …
  std::vector<TaskReference> references;  ///< … one <b4p:localTask> or <b4p:localNotification>
  std::vector<ToPart> to_parts;
  std::vector<FromPart> from_parts;
  bool has_to_parts = false, has_from_parts = false;
};
/// <cx:measure> of an <extensionActivity>: `origin` is its own.
struct Measure : Activity {
  Measure() : Activity(ActivityKind::measure) {}
  std::string kpi;
  std::optional<Expression> value, group;
};

struct Process : Element {
  std::string name, target_namespace, query_language, expression_language;
  YesNo suppress_join_failure = YesNo::unset;
  std::vector<Extension> extensions;
  std::vector<Import> imports;
  std::vector<HumanTask> tasks;  ///< of <b4p:humanInteractions>
  std::vector<Kpi> kpis;
  ScopeBody body;
  std::string file;
  xml::DocumentPtr document;
};

}  // namespace echoflow::ast
