#include <set>

#include "bpel/rules/enclosed_scopes.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00092 (§12.4.3): the scopes right below one scope have different names. An invoke with
// inline handlers is a scope of the invoke's name (§10.3). The scopes in a fault, compensation or termination handler
// are below that handler.
void check_sa00092(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (!is_scope(site) && !is_fct_handler(site)) continue;
    std::set<std::string> names;
    for (const Site* scope : immediately_enclosed_scopes(site)) {
      const auto name = activity_name(*scope);
      if (!name.empty() && !names.insert(name).second)
        findings.add(scope->where(), "There is another scope named " + quoted(name) +
                                         " in the same enclosing scope; rename one of them.");
    }
  }
}

}  // namespace echoflow::rules
