#include <set>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00069 (§11.6.1): the targets of one activity name different links.
void check_sa00069(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.activity == nullptr) continue;
    const auto& activity = *site.activity;
    if (!activity.targets) continue;
    std::set<std::string> names;
    for (const auto& target : activity.targets->targets)
      if (!names.insert(target.link_name).second)
        findings.add(target.origin.where, tag(activity) + " is target of the link " + quoted(target.link_name) +
                                              " twice; remove one <target>.");
  }
}

}  // namespace echoflow::rules
