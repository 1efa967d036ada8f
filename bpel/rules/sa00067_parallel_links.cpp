#include <map>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00067 (§11.6.1): at most one link leads from one activity to another.
void check_sa00067(const RuleContext& context, Findings& findings) {
  std::map<std::pair<std::size_t, std::size_t>, const ResolvedLink*> first;
  for (const auto& link : context.model.links())
    for (const auto& source : link.sources)
      for (const auto& target : link.targets) {
        const auto [entry, fresh] = first.emplace(std::pair{source.site->index, target.site->index}, &link);
        if (fresh || entry->second == &link) continue;
        findings.add(link.link->origin.where, "The links " + quoted(entry->second->link->name) + " and " +
                                                  quoted(link.link->name) +
                                                  " have the same source and target activity; " +
                                                  "keep one of them and combine their conditions.");
      }
}

}  // namespace echoflow::rules
