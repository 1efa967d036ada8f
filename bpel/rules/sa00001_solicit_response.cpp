#include "bpel/rules/rule.hpp"
#include "bpel/rules/used_port_types.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00001 (§3): solicit-response and notification operations are refused. Checked for every
// portType that the process can see, also through imports of imports, since a portType is taken as a whole.
void check_sa00001(const RuleContext& context, Findings& findings) {
  for (const auto& port_type : context.loaded.definitions.port_types) {
    if (context.imports.sees_all() && !is_used(context, port_type)) continue;
    for (const auto& operation : port_type.operations) {
      const bool solicit = operation.kind == wsdl::OperationKind::solicit_response;
      if (!solicit && operation.kind != wsdl::OperationKind::notification) continue;
      findings.add(operation.where, "The operation " + quoted(operation.name) + " of the portType " +
                                        quoted(port_type.name) + " is a " +
                                        (solicit ? "solicit-response" : "notification") +
                                        " operation, which WS-BPEL does not allow; make it a one-way or " +
                                        "request-response operation that begins with its <input>, or remove it.");
    }
  }
}

}  // namespace echoflow::rules
