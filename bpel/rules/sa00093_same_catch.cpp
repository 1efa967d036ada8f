#include <set>
#include <tuple>

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00093 (§12.5): no two catches of one scope are for the same fault, by name and type of its
// data.
void check_sa00093(const RuleContext& context, Findings& findings) {
  for (const auto& site : context.model.fault_handlers()) {
    std::set<std::tuple<QName, QName, QName>> seen;
    for (const auto& handler : site.handlers->catches) {
      const std::tuple key{handler.fault_name.value_or(QName{}), handler.fault_message_type.value_or(QName{}),
                           handler.fault_element.value_or(QName{})};
      if (!seen.insert(key).second)
        findings.add(
            handler.origin.where,
            "An earlier <catch> is for the same fault name and type, so that this one can never run; remove one of "
            "them or change what it catches.");
    }
  }
}

}  // namespace echoflow::rules
