#include "bpel/rules/copy_kinds.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00043 (§8.4.3): a whole variable of a WSDL message type can only be copied from or to
// another. That the two are of different message types raises bpel:mismatchedAssignmentFailure at run time, which a
// process may catch, and is not refused here.
void check_sa00043(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    if (copy.copy == nullptr) continue;
    const auto from = kind_of(context, copy, *copy.from), to = kind_of(context, copy, *copy.to);
    if (from == EndKind::unknown || to == EndKind::unknown) continue;
    if ((from == EndKind::message) == (to == EndKind::message)) continue;
    findings.add(copy.copy->origin.where,
                 std::string("The <copy> is ") + (from == EndKind::message ? "from" : "to") +
                     " a whole WSDL message, but its other end is none; name the part that is meant.");
  }
}

}  // namespace echoflow::rules
