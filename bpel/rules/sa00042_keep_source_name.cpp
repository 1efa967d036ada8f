#include "bpel/rules/copy_kinds.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00042 (§8.4.2): keepSrcElementName is for copies from element to element. Decided where the
// declarations or a literal say that one end is no element; what a path or a property selects is left to run time.
void check_sa00042(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    if (copy.copy == nullptr || copy.copy->keep_src_element_name == ast::YesNo::unset) continue;
    const auto from = kind_of(context, copy, *copy.from), to = kind_of(context, copy, *copy.to);
    const auto is_none = [](EndKind kind) { return kind == EndKind::not_element || kind == EndKind::message; };
    if (!is_none(from) && !is_none(to)) continue;
    findings.add(copy.copy->origin.where, std::string("The <copy> has keepSrcElementName, but its ") +
                                              (is_none(from) ? "<from>" : "<to>") +
                                              " is no XML element; remove the attribute.");
  }
}

}  // namespace echoflow::rules
