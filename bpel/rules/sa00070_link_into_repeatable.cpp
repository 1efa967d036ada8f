#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

// The first construct between an end of a link and the flow that declares it, whose boundary no link may cross.
const Site* closed_construct(const LinkEnd& end, const Site& flow) {
  for (const Site* site = end.site->parent; site != nullptr && site != &flow; site = site->parent)
    if (is_repeatable(*site) || site->kind == SiteKind::compensation_handler) return site;
  return nullptr;
}

void check_end(const ResolvedLink& link, const LinkEnd& end, Findings& findings) {
  const Site* construct = closed_construct(end, *link.flow);
  if (construct == nullptr) return;
  findings.add(end.element->origin.where,
               "The link " + quoted(link.link->name) + " crosses the boundary of " + tag(*construct->element) +
                   ", which can run more than once or apart from the rest; declare the link in a " +
                   "<flow> inside of it.");
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00070 (§11.6.1): a link that is used inside a while, repeatUntil, forEach, event handler or
// compensation handler is declared inside of it.
void check_sa00070(const RuleContext& context, Findings& findings) {
  for (const auto& link : context.model.links()) {
    for (const auto& source : link.sources) check_end(link, source, findings);
    for (const auto& target : link.targets) check_end(link, target, findings);
  }
}

}  // namespace echoflow::rules
