#pragma once
#include "bpel/rules/model.hpp"

namespace echoflow::rules {

/// Fills a Model: walks the process once for the sites and what stands in them, then resolves links and messages.
class ModelBuilder {
 public:
  ModelBuilder(Model& model, const parse::LoadedProcess& loaded) : model_(model), loaded_(loaded) {}
  void build();

  // One overload for every kind of activity; called by visit_activity.
  void read(const ast::Assign& assign, Site& site);
  void read(const ast::Compensate&, Site&) {}
  void read(const ast::CompensateScope&, Site&) {}
  void read(const ast::Empty&, Site&) {}
  void read(const ast::Exit&, Site&) {}
  void read(const ast::ExtensionActivity&, Site&) {}
  void read(const ast::Flow& flow, Site& site);
  void read(const ast::ForEach& for_each, Site& site);
  void read(const ast::If& choice, Site& site);
  void read(const ast::Invoke& invoke, Site& site);
  void read(const ast::Measure& measure, Site& site);
  void read(const ast::PeopleActivity& activity, Site& site);
  void read(const ast::Pick& pick, Site& site);
  void read(const ast::Receive& receive, Site& site);
  void read(const ast::RepeatUntil& loop, Site& site);
  void read(const ast::Reply& reply, Site& site);
  void read(const ast::Rethrow&, Site&) {}
  void read(const ast::Scope& scope, Site& site);
  void read(const ast::Sequence& sequence, Site& site);
  void read(const ast::Throw& activity, Site& site);
  void read(const ast::Validate& validate, Site& site);
  void read(const ast::Wait& wait, Site& site);
  void read(const ast::While& loop, Site& site);

 private:
  Site& add_site(SiteKind kind, Site* parent, const ast::Element& element);
  Site* child(const ast::ActivityPtr& activity, Site& parent);
  Site& handler(SiteKind kind, Site& parent, const ast::Element& element, const ast::ActivityPtr& activity);
  void read_body(const ast::ScopeBody& body, Site& site);
  void read_fault_handlers(const ast::FaultHandlers& handlers, Site& site, bool is_inline);
  void read_event_handlers(const ast::EventHandlers& handlers, Site& site);
  void read_on_event(const ast::OnEvent& event, Site& site);
  void read_links(const ast::Activity& activity, Site& site);
  void read_copy(const ast::Copy* copy, const ast::From& from, const ast::To* to, const Site& site);
  void expression(const std::optional<ast::Expression>& expression, ExpressionUse use, const Site& site);
  void expression(const ast::Expression& expression, ExpressionUse use, const Site& site);
  void variable_reference(const std::string& name, const Site& site, const ast::Element& element);
  MessageActivity inbound(MessageActivityKind kind, const ast::InboundMessage& message, const Site& site,
                          const ast::Element& element);
  void add(MessageActivity activity);

  void link_end(const std::string& name, const Site& site, const ast::Element& element, bool is_source);
  void resolve_links();
  void resolve(MessageActivity& activity) const;
  void type_event_variables();

  struct PendingEnd {
    std::string name;
    LinkEnd end;
    bool is_source;
  };
  Model& model_;
  const parse::LoadedProcess& loaded_;
  std::vector<PendingEnd> pending_ends_;
};

}  // namespace echoflow::rules
