#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool is_one_way_handler(const Site& site) {
  return is_fault_handler(site) || site.kind == SiteKind::termination_handler;
}

// The fault or termination handlers between one end of a link and its flow that the other end does not stand in.
template <class Visit>
void for_each_crossed(const LinkEnd& end, const LinkEnd& other, const Site& flow, Visit visit) {
  for (const Site* site = end.site; site != nullptr && site != &flow; site = site->parent)
    if (is_one_way_handler(*site) && !site->contains(*other.site)) visit(*site);
}

void check(const ResolvedLink& link, const LinkEnd& source, const LinkEnd& target, Findings& findings) {
  for_each_crossed(target, source, *link.flow, [&](const Site& handler) {
    findings.add(target.element->origin.where, "The link " + quoted(link.link->name) + " leads into " +
                                                   tag(*handler.element) +
                                                   " from outside; links may only lead out of a fault or termination "
                                                   "handler, so move its source into the handler or remove it.");
  });
  for_each_crossed(source, target, *link.flow, [&](const Site& handler) {
    if (!handler.parent->contains(*target.site)) return;
    findings.add(source.element->origin.where, "The link " + quoted(link.link->name) + " leads out of " +
                                                   tag(*handler.element) +
                                                   " to an activity of the same scope; its target " +
                                                   "must be outside of " + tag(*handler.parent->element) + ".");
  });
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00071 (§11.6.1): a link that crosses the boundary of a catch, catchAll or termination
// handler leads out of it, and to a target outside of the handler's scope.
void check_sa00071(const RuleContext& context, Findings& findings) {
  for (const auto& link : context.model.links())
    for (const auto& source : link.sources)
      for (const auto& target : link.targets) check(link, source, target, findings);
}

}  // namespace echoflow::rules
