#include "bpel/rules/rule.hpp"
#include "bpel/rules/variable_mentions.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

class Checker {
 public:
  Checker(const RuleContext& context, Findings& findings)
      : context_(context), definitions_(context.loaded.definitions), scope_(context.imports), findings_(findings) {}

  void check() {
    for (const Site& site : context_.model.sites()) check_site(site);
    for (const auto& activity : context_.model.message_activities()) check_activity(activity);
    for (const auto& copy : context_.model.copies()) check_copy(copy);
    for_each_mention(context_, [&](const VariableMention& mention) { check_mention(mention); });
    check_property_calls();
  }

 private:
  void check_site(const Site& site) {
    if (site.body != nullptr) {
      for (const auto& link : site.body->partner_links) check_partner_link(link);
      for (const auto& set : site.body->correlation_sets)
        for (const auto& property : set.properties) check_property(property, set.origin.where);
    }
    // What the part of a message says of an implicit variable is checked with that message.
    for (const auto& variable : site.variables) {
      if (variable.origin == VariableOrigin::for_each_counter) continue;
      const std::string what = "The variable " + quoted(variable.name);
      if (variable.message_type) check_message_type(*variable.message_type, variable.where, what);
      if (variable.type) check_type(*variable.type, variable.where, what);
      if (variable.element) check_element(*variable.element, variable.where, what);
    }
    if (site.kind == SiteKind::catch_) check_catch(static_cast<const ast::Catch&>(*site.element));
  }

  // A type without a fault variable declares nothing (SA00081), but is used all the same.
  void check_catch(const ast::Catch& handler) {
    if (!handler.fault_variable.empty()) return;
    if (handler.fault_message_type)
      check_message_type(*handler.fault_message_type, handler.origin.where, "The <catch>");
    if (handler.fault_element) check_element(*handler.fault_element, handler.origin.where, "The <catch>");
  }

  void check_partner_link(const ast::PartnerLink& link) {
    const auto* type = definitions_.partner_link_type(link.type);
    const std::string what = "The partner link " + quoted(link.name);
    if (type == nullptr)
      return add(link.origin.where,
                 what + " is of the partnerLinkType " + quoted(link.type) + ", which is not defined");
    check_imported(link.type, link.origin.where, what, "partnerLinkType");
    for (const auto& name : {link.my_role, link.partner_role}) {
      if (name.empty()) continue;
      const auto* role = type->role(name);
      if (role == nullptr)
        add(link.origin.where, what + " has the role " + quoted(name) + ", which its partnerLinkType " +
                                   quoted(link.type) + " does not have");
      else if (definitions_.port_type(role->port_type) == nullptr)
        add(link.origin.where, what + " needs the portType " + quoted(role->port_type) + ", which is not defined");
    }
  }

  void check_activity(const MessageActivity& activity) {
    const std::string what = tag(*activity.element);
    if (activity.link == nullptr) {
      add(activity.where(), what + " uses the partner link " + quoted(activity.partner_link) +
                                ", which is not declared in any scope around it");
    } else if (activity.resolved_port_type != nullptr && activity.resolved_operation == nullptr) {
      add(activity.where(), what + " uses the operation " + quoted(activity.operation) + ", which the portType " +
                                quoted(activity.resolved_port_type->name) + " does not have");
    } else if (activity.role == nullptr) {
      check_role(activity, what);
    }
    if (activity.port_type) {
      if (definitions_.port_type(*activity.port_type) == nullptr)
        add(activity.where(), what + " uses the portType " + quoted(*activity.port_type) + ", which is not defined");
      else
        check_imported(*activity.port_type, activity.where(), what, "portType");
    }
    if (activity.incoming && activity.incoming->message != nullptr) check_parts(*activity.incoming->message);
    if (activity.outgoing && activity.outgoing->message != nullptr) check_parts(*activity.outgoing->message);
    for (const auto& correlation : *activity.correlations)
      if (context_.model.correlation_set(*activity.site, correlation.set) == nullptr)
        add(correlation.origin.where, what + " uses the correlation set " + quoted(correlation.set) +
                                          ", which is not declared in any scope around it");
  }

  void check_role(const MessageActivity& activity, const std::string& what) {
    const bool is_invoke = activity.kind == MessageActivityKind::invoke;
    if (!(is_invoke ? activity.link->partner_role : activity.link->my_role).empty()) return;
    add(activity.where(), what + " finds no operation " + quoted(activity.operation) + ", since the partner link " +
                              quoted(activity.partner_link) + " has no " + (is_invoke ? "partnerRole" : "myRole"));
  }

  void check_parts(const wsdl::Message& message) {
    for (const auto& part : message.parts) {
      const std::string what = "The part " + quoted(part.name) + " of the message " + quoted(message.name);
      if (!part.element.empty() && !scope_.has_element(part.element))
        add(part.where, what + " is of the element " + quoted(part.element) + ", which is not defined");
      if (!part.type.empty() && !scope_.has_type(part.type))
        add(part.where, what + " is of the type " + quoted(part.type) + ", which is not defined");
    }
  }

  void check_copy(const CopySite& copy) {
    check_end(*copy.site, *copy.from, copy.from->variant);
    if (copy.to != nullptr) check_end(*copy.site, *copy.to, copy.to->variant);
  }

  template <class Variant>
  void check_end(const Site& site, const ast::Element& element, const Variant& variant) {
    const auto& where = element.origin.where;
    if (const auto* link = std::get_if<ast::PartnerLinkReference>(&variant)) {
      if (context_.model.partner_link(site, link->partner_link) == nullptr)
        add(where, tag(element) + " uses the partner link " + quoted(link->partner_link) +
                       ", which is not declared in any scope around it");
    } else if (const auto* property = std::get_if<ast::PropertyReference>(&variant)) {
      check_property(property->property, where);
    } else if (const auto* reference = std::get_if<ast::PartReference>(&variant)) {
      if (const auto* variable = context_.model.variable(site, reference->variable))
        check_part(*variable, reference->part, where);
    }
  }

  void check_part(const Variable& variable, const std::string& part, const SourceLocation& where) {
    if (part.empty() || !variable.message_type) return;
    const auto* message = definitions_.message(*variable.message_type);
    if (message != nullptr && message->part(part) == nullptr)
      add(where, "The message " + quoted(message->name) + " of the variable " + quoted(variable.name) +
                     " has no part " + quoted(part));
  }

  void check_mention(const VariableMention& mention) {
    if (mention.variable != nullptr) return check_part(*mention.variable, mention.part, mention.where);
    if (is_event_variable(context_.model, mention.name)) return;  // SA00095
    add(mention.where, "The variable " + quoted(mention.name) + " is not declared in any scope around its use");
  }

  void check_property_calls() {
    const auto& expressions = context_.model.expressions();
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      const auto* facts = context_.expressions.of(i);
      if (facts == nullptr) continue;
      for (const auto& call : facts->calls) {
        if (!is_bpel_call(call, "getVariableProperty") || call.arguments.size() != 2 || !call.arguments[1].literal)
          continue;
        if (const auto name = qname_at(*expressions[i].expression, *call.arguments[1].literal))
          check_property(*name, expressions[i].expression->origin.where);
      }
    }
  }

  void check_property(const QName& name, const SourceLocation& where) {
    const auto* property = definitions_.property(name);
    const std::string what = "The property " + quoted(name);
    if (property == nullptr) return add(where, what + " is not defined");
    check_imported(name, where, "The process", "property");
    if (!property->type.empty() && !scope_.has_type(property->type))
      add(property->where, what + " is of the type " + quoted(property->type) + ", which is not defined");
    if (!property->element.empty() && !scope_.has_element(property->element))
      add(property->where, what + " is of the element " + quoted(property->element) + ", which is not defined");
  }

  void check_message_type(const QName& name, const SourceLocation& where, const std::string& what) {
    if (definitions_.message(name) == nullptr)
      return add(where, what + " is of the messageType " + quoted(name) + ", which is not defined");
    check_imported(name, where, what, "messageType");
  }

  void check_element(const QName& name, const SourceLocation& where, const std::string& what) {
    if (!scope_.has_element(name))
      return add(where, what + " is of the element " + quoted(name) + ", which is not defined");
    check_schema_imported(name, where, what, "element");
  }

  void check_type(const QName& name, const SourceLocation& where, const std::string& what) {
    if (!scope_.has_type(name)) return add(where, what + " is of the type " + quoted(name) + ", which is not defined");
    check_schema_imported(name, where, what, "type");
  }

  void check_imported(const QName& name, const SourceLocation& where, const std::string& what,
                      const std::string& kind) {
    if (!scope_.imports_wsdl_namespace(name.ns)) add_not_imported(name, where, what, kind);
  }
  void check_schema_imported(const QName& name, const SourceLocation& where, const std::string& what,
                             const std::string& kind) {
    if (!scope_.imports_schema_namespace(name.ns)) add_not_imported(name, where, what, kind);
  }
  void add_not_imported(const QName& name, const SourceLocation& where, const std::string& what,
                        const std::string& kind) {
    findings_.add(where, what + " uses the " + kind + " " + quoted(name) +
                             ", which only an imported document imports; add an <import> of its own for it.");
  }

  void add(const SourceLocation& where, const std::string& what) {
    findings_.add(where, what + "; correct the name, or declare or import what it means.");
  }

  const RuleContext& context_;
  const wsdl::Definitions& definitions_;
  const ImportScope& scope_;
  Findings& findings_;
};

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00010 (§5.4): everything that the process names must be defined, and what is defined in
// WSDL or XML Schema must be imported by the process itself. Names of partner links, variables, correlation sets,
// roles, operations and parts that mean nothing are reported here too, as Appendix B has no other rule for them.
void check_sa00010(const RuleContext& context, Findings& findings) {
  Checker(context, findings).check();
}

}  // namespace echoflow::rules
