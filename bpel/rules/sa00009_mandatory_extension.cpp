#include "bpel/rules/rule.hpp"
#include "bpel/rules/understood.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00009 (§5.3, §14): an extension that is declared with mustUnderstand="yes" must be
// implemented.
void check_sa00009(const RuleContext& context, Findings& findings) {
  for (const auto& extension : context.loaded.process.extensions)
    if (extension.must_understand == ast::YesNo::yes && !understood_extension(extension.ns))
      findings.add(extension.origin.where, "The extension " + quoted(extension.ns) +
                                               " must be understood, but is not supported here; set " +
                                               "mustUnderstand=\"no\" if the process can do without it, or remove it.");
}

}  // namespace echoflow::rules
