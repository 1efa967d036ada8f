#pragma once
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "bpel/parse/loaded_process.hpp"
#include "bpel/rules/site.hpp"

/// What the static analysis rules look at: the process' lexical structure with its names resolved, computed once.
namespace echoflow::rules {

enum class MessageActivityKind { receive, on_message, on_event, reply, invoke };

/// A message that comes in: what it is, and where its data goes.
struct Incoming {
  std::string variable;
  const std::vector<ast::FromPart>* parts = nullptr;
  bool has_parts = false;
  const wsdl::Message* message = nullptr;  ///< null when it is not known, or nothing comes in
};
/// A message that goes out, and where its data comes from.
struct Outgoing {
  std::string variable;
  const std::vector<ast::ToPart>* parts = nullptr;
  bool has_parts = false;
  const wsdl::Message* message = nullptr;
};

/// A receive, onMessage, onEvent, reply or invoke with what its attributes resolve to (null where they do not).
struct MessageActivity {
  MessageActivityKind kind = MessageActivityKind::receive;
  const Site* site = nullptr;  ///< names resolve from here: for an <onEvent> its associated scope
  const ast::Element* element = nullptr;
  std::string partner_link, operation, message_exchange;
  std::optional<QName> port_type;
  const std::vector<ast::Correlation>* correlations = nullptr;
  bool creates_instance = false;
  std::optional<QName> fault_name;
  std::optional<Incoming> incoming;
  std::optional<Outgoing> outgoing;

  const ast::PartnerLink* link = nullptr;
  const wsdl::Role* role = nullptr;
  const wsdl::PortType* resolved_port_type = nullptr;
  const wsdl::Operation* resolved_operation = nullptr;

  bool is_inbound() const { return kind != MessageActivityKind::reply && kind != MessageActivityKind::invoke; }
  const SourceLocation& where() const { return element->origin.where; }
};

struct LinkEnd {
  const Site* site = nullptr;
  const ast::Element* element = nullptr;  ///< the <source> or <target>
};
/// A link with the activities that name it.
struct ResolvedLink {
  const ast::Link* link = nullptr;
  const Site* flow = nullptr;
  std::vector<LinkEnd> sources, targets;
};
struct UnresolvedLink {
  LinkEnd end;
  std::string name;
};

enum class ExpressionUse { condition, from, to, query, join_condition, transition_condition, time, counter, branches };
/// An expression or query, and from where its variables resolve.
struct UsedExpression {
  const ast::Expression* expression = nullptr;
  ExpressionUse use = ExpressionUse::condition;
  const Site* site = nullptr;
};

/// A mention of a variable by an attribute.
struct VariableReference {
  std::string name;
  const Site* site = nullptr;
  const ast::Element* element = nullptr;
};

/// A <copy> of an assign, or the <from> of a variable (then `to` is null).
struct CopySite {
  const Site* site = nullptr;
  const ast::Copy* copy = nullptr;
  const ast::From* from = nullptr;
  const ast::To* to = nullptr;
};

/// A <faultHandlers>, or the inline handlers of an invoke (then `element` is null).
struct HandlersSite {
  const Site* site = nullptr;  ///< the scope that they belong to
  const ast::FaultHandlers* handlers = nullptr;
  bool is_inline = false;
};

class Model {
 public:
  explicit Model(const parse::LoadedProcess& loaded);
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  const Site& process_site() const { return sites_.front(); }
  /// Every site in preorder; a site's index is its place here.
  const std::deque<Site>& sites() const { return sites_; }
  const std::vector<MessageActivity>& message_activities() const { return message_activities_; }
  const std::vector<ResolvedLink>& links() const { return links_; }
  const std::vector<UnresolvedLink>& unresolved_links() const { return unresolved_links_; }
  const std::vector<UsedExpression>& expressions() const { return expressions_; }
  const std::vector<VariableReference>& variable_references() const { return variable_references_; }
  const std::vector<CopySite>& copies() const { return copies_; }
  const std::vector<HandlersSite>& fault_handlers() const { return fault_handlers_; }
  /// The sites of <receive> and <pick> with createInstance="yes", in document order.
  const std::vector<const Site*>& start_activities() const { return start_activities_; }

  /// Lexical resolution, the innermost declaration first; null when nothing of that name is in scope.
  const Variable* variable(const Site& from, const std::string& name) const;
  const ast::PartnerLink* partner_link(const Site& from, const std::string& name) const;
  const ast::CorrelationSet* correlation_set(const Site& from, const std::string& name) const;
  /// The declaration of a message exchange; for "" the site whose implicit default exchange is meant (§10.4.1). Compare
  /// the pointers; null when the name is not declared.
  const void* message_exchange(const Site& from, const std::string& name) const;

 private:
  friend class ModelBuilder;
  std::deque<Site> sites_;
  std::vector<MessageActivity> message_activities_;
  std::vector<ResolvedLink> links_;
  std::vector<UnresolvedLink> unresolved_links_;
  std::vector<UsedExpression> expressions_;
  std::vector<VariableReference> variable_references_;
  std::vector<CopySite> copies_;
  std::vector<HandlersSite> fault_handlers_;
  std::vector<const Site*> start_activities_;
};

}  // namespace echoflow::rules
