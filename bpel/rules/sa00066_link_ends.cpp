#include <set>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

void check_ends(const ResolvedLink& link, const std::vector<LinkEnd>& ends, const std::string& what,
                Findings& findings) {
  std::set<std::size_t> activities;
  for (const auto& end : ends) activities.insert(end.site->index);
  if (activities.size() == 1) return;
  findings.add(link.link->origin.where, "The link " + quoted(link.link->name) + " has " +
                                            (activities.empty() ? "no" : "more than one") + " " + what +
                                            " activity; it must have exactly one in its <flow>.");
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00066 (§11.6.1): a link has one source and one target. The second of two links of the same
// name can have none, which SA00064 says already.
void check_sa00066(const RuleContext& context, Findings& findings) {
  std::set<std::pair<const Site*, std::string>> names;
  for (const auto& link : context.model.links()) {
    if (!names.emplace(link.flow, link.link->name).second) continue;
    check_ends(link, link.sources, "source", findings);
    check_ends(link, link.targets, "target", findings);
  }
}

}  // namespace echoflow::rules
