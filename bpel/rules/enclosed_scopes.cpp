#include "bpel/rules/enclosed_scopes.hpp"

namespace echoflow::rules {
namespace {

void collect(const Site& site, bool with_plain_invokes, std::vector<const Site*>& out) {
  for (const Site* child : site.children) {
    if (is_fct_handler(*child)) continue;
    if (is_scope(*child) || (with_plain_invokes && child->is(ast::ActivityKind::invoke))) out.push_back(child);
    // The scope of an <onEvent> or <onAlarm> stands in the handler, and so right below the scope with the handler.
    else
      collect(*child, with_plain_invokes, out);
  }
}

}  // namespace

std::vector<const Site*> immediately_enclosed_scopes(const Site& site) {
  std::vector<const Site*> out;
  collect(site, false, out);
  return out;
}

std::string activity_name(const Site& site) {
  return site.activity != nullptr ? site.activity->name : "";
}

// WS-BPEL 2.0 §12.4.3.1: the scopes of the scope whose fault, compensation or termination handler this is.
std::vector<const Site*> compensation_targets(const Site& compensate_scope) {
  std::vector<const Site*> out;
  const Site* handler = nearest_above(compensate_scope, is_fct_handler);
  if (handler != nullptr) collect(*handler->parent, true, out);
  return out;
}

}  // namespace echoflow::rules
