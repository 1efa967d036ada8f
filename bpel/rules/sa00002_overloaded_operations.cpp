#include <set>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/used_port_types.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00002 (§3): the operations of a portType must have different names.
void check_sa00002(const RuleContext& context, Findings& findings) {
  for (const auto& port_type : context.loaded.definitions.port_types) {
    if (context.imports.sees_all() && !is_used(context, port_type)) continue;
    std::set<std::string> names;
    for (const auto& operation : port_type.operations)
      if (!names.insert(operation.name).second)
        findings.add(operation.where, "The portType " + quoted(port_type.name) + " has more than one operation named " +
                                          quoted(operation.name) + "; give each operation a name of its own.");
  }
}

}  // namespace echoflow::rules
