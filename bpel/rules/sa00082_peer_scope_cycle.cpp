#include "bpel/rules/enclosed_scopes.hpp"
#include "bpel/rules/rule.hpp"

namespace echoflow::rules {
namespace {

// depends[a][b]: something in scope a can only begin after something in scope b has ended (§12.5.2).
using Dependencies = std::vector<std::vector<bool>>;

bool any_begins_in(const ControlOrder::After& after, const Model& model, const Site& scope) {
  for (std::size_t index = scope.index; index <= scope.last; ++index)
    if (after.begins(model.sites()[index])) return true;
  return false;
}

Dependencies dependencies(const RuleContext& context, const std::vector<const Site*>& peers) {
  Dependencies out(peers.size(), std::vector<bool>(peers.size()));
  for (std::size_t b = 0; b < peers.size(); ++b) {
    const auto after = context.order.after_any_end_in(*peers[b]);
    for (std::size_t a = 0; a < peers.size(); ++a)
      if (a != b) out[a][b] = any_begins_in(after, context.model, *peers[a]);
  }
  // The relation is transitive.
  for (std::size_t via = 0; via < peers.size(); ++via)
    for (std::size_t a = 0; a < peers.size(); ++a)
      for (std::size_t b = 0; b < peers.size(); ++b)
        if (out[a][via] && out[via][b]) out[a][b] = true;
  return out;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00082 (§12.5.2): no two peer scopes depend on each other, or the order in which they are to
// be compensated would be undefined. The scopes in a fault, compensation or termination handler are peers of one
// another. Without links no such circle is possible.
void check_sa00082(const RuleContext& context, Findings& findings) {
  if (context.model.links().empty()) return;
  for (const Site& site : context.model.sites()) {
    if (!is_scope(site) && !is_fct_handler(site)) continue;
    const auto peers = immediately_enclosed_scopes(site);
    const auto depends = dependencies(context, peers);
    for (std::size_t a = 0; a < peers.size(); ++a)
      for (std::size_t b = a + 1; b < peers.size(); ++b)
        if (depends[a][b] && depends[b][a])
          findings.add(peers[b]->where(),
                       tag(*peers[b]->element) + " and " + tag(*peers[a]->element) + " in line " +
                           std::to_string(peers[a]->where().line) +
                           " wait for each other by links in both directions; remove the links of one "
                           "direction.");
  }
}

}  // namespace echoflow::rules
