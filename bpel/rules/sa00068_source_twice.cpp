#include <set>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00068 (§11.6.1): the sources of one activity name different links.
void check_sa00068(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.activity == nullptr) continue;
    const auto& activity = *site.activity;
    std::set<std::string> names;
    for (const auto& source : activity.sources)
      if (!names.insert(source.link_name).second)
        findings.add(source.origin.where, tag(activity) + " is source of the link " + quoted(source.link_name) +
                                              " twice; remove one <source>.");
  }
}

}  // namespace echoflow::rules
