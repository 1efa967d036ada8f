#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00024 (§8.1): variable names are NCNames without a dot, also those that are declared
// implicitly (by onEvent, fromPart, forEach and catch).
void check_sa00024(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    for (const auto& variable : site.variables)
      if (!source::is_ncname(variable.name) || variable.name.find('.') != std::string::npos)
        findings.add(variable.where, "The name of the variable " + quoted(variable.name) +
                                         " must be a plain XML name without a dot and a colon; rename it.");
}

}  // namespace echoflow::rules
