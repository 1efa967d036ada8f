#include "bpel/rules/site.hpp"

namespace echoflow::rules {

bool is_fault_handler(const Site& site) {
  return site.kind == SiteKind::catch_ || site.kind == SiteKind::catch_all;
}

bool is_fct_handler(const Site& site) {
  return is_fault_handler(site) || site.kind == SiteKind::compensation_handler ||
         site.kind == SiteKind::termination_handler;
}

bool is_event_handler(const Site& site) {
  return site.kind == SiteKind::on_event || site.kind == SiteKind::on_alarm;
}

bool is_handler(const Site& site) {
  return is_fct_handler(site) || is_event_handler(site);
}

bool has_inline_handlers(const ast::Invoke& invoke) {
  return !invoke.fault_handlers.empty() || invoke.compensation_handler != nullptr;
}

bool is_scope(const Site& site) {
  if (site.body != nullptr) return true;
  return site.is(ast::ActivityKind::invoke) && has_inline_handlers(static_cast<const ast::Invoke&>(*site.activity));
}

bool is_repeatable(const Site& site) {
  return site.is(ast::ActivityKind::while_) || site.is(ast::ActivityKind::repeat_until) ||
         site.is(ast::ActivityKind::for_each) || is_event_handler(site);
}

const Site* enclosing_scope(const Site& site) {
  return nearest_above(site, is_scope);
}

std::string tag(const ast::Element& element) {
  const auto& origin = element.origin;
  if (!origin.document || origin.element == xml::no_node) return "element";
  std::string out = "<" + std::string(origin.document->local_name(origin.element));
  if (const auto name = origin.document->attribute(origin.element, "name"))
    out += " name=\"" + std::string(*name) + "\"";
  return out + ">";
}

}  // namespace echoflow::rules
