#include <algorithm>
#include <array>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

// WS-BPEL 2.0 Appendix A, without joinFailure: exitOnStandardFault leaves that one to be caught (§5.2).
constexpr std::array<std::string_view, 19> exiting_faults{"ambiguousReceive",
                                                          "completionConditionFailure",
                                                          "conflictingReceive",
                                                          "conflictingRequest",
                                                          "correlationViolation",
                                                          "invalidBranchCondition",
                                                          "invalidExpressionValue",
                                                          "invalidVariables",
                                                          "mismatchedAssignmentFailure",
                                                          "missingReply",
                                                          "missingRequest",
                                                          "scopeInitializationFailure",
                                                          "selectionFailure",
                                                          "subLanguageExecutionFault",
                                                          "uninitializedPartnerRole",
                                                          "uninitializedVariable",
                                                          "unsupportedReference",
                                                          "xsltInvalidSource",
                                                          "xsltStylesheetNotFound"};

bool is_exiting_fault(const QName& name) {
  return name.ns == ns::bpel &&
         std::find(exiting_faults.begin(), exiting_faults.end(), name.local) != exiting_faults.end();
}

// §5.2: a scope without the attribute takes it from the scope or process around it.
bool exits_on_standard_fault(const Site& scope) {
  for (const Site* site = &scope; site != nullptr; site = site->parent)
    if (site->body != nullptr && site->body->exit_on_standard_fault != ast::YesNo::unset)
      return site->body->exit_on_standard_fault == ast::YesNo::yes;
  return false;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00003 (§5.2): where exitOnStandardFault is "yes", no fault handler may name a standard
// fault.
void check_sa00003(const RuleContext& context, Findings& findings) {
  for (const auto& site : context.model.fault_handlers()) {
    if (!exits_on_standard_fault(*site.site)) continue;
    for (const auto& handler : site.handlers->catches)
      if (handler.fault_name && is_exiting_fault(*handler.fault_name))
        findings.add(handler.origin.where,
                     "The fault bpel:" + handler.fault_name->local + " is caught in " + tag(*site.site->element) +
                         ", where exitOnStandardFault=\"yes\" ends the process at once; remove the <catch>, or set " +
                         "exitOnStandardFault=\"no\" there.");
  }
}

}  // namespace echoflow::rules
