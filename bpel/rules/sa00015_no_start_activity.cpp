#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00015 (§5.5): something must create the instances.
void check_sa00015(const RuleContext& context, Findings& findings) {
  if (!context.model.start_activities().empty()) return;
  findings.add(context.loaded.process.origin.where,
               "The process can never start, since no <receive> or <pick> has createInstance=\"yes\"; set it on the "
               "activity that begins the process.");
}

}  // namespace echoflow::rules
