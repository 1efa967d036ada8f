#include "models/messages/fault.hpp"

#include <algorithm>
#include <array>

namespace echoflow {

// WS-BPEL 2.0 Appendix A.
bool is_standard_fault(const QName& name) {
  static constexpr std::array<std::string_view, 20> locals = {"ambiguousReceive",
                                                              "completionConditionFailure",
                                                              "conflictingReceive",
                                                              "conflictingRequest",
                                                              "correlationViolation",
                                                              "invalidBranchCondition",
                                                              "invalidExpressionValue",
                                                              "invalidVariables",
                                                              "joinFailure",
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
  return name.ns == ns::bpel && std::find(locals.begin(), locals.end(), name.local) != locals.end();
}

}  // namespace echoflow
