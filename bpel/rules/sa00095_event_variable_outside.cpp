#include "bpel/rules/variable_mentions.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00095 (§12.7.1): the variables of an onEvent belong to its associated scope alone, and
// cannot be meant anywhere else.
void check_sa00095(const RuleContext& context, Findings& findings) {
  for_each_mention(context, [&](const VariableMention& mention) {
    if (mention.variable == nullptr && is_event_variable(context.model, mention.name))
      findings.add(mention.where,
                   "The variable " + quoted(mention.name) +
                       " exists only in the scope of the <onEvent> that declares it; declare a variable in a " +
                       "scope around both and copy the value.");
  });
}

}  // namespace echoflow::rules
