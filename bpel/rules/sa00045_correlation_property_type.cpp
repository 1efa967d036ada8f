#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool is_simple(const RuleContext& context, const wsdl::Property& property) {
  if (property.type.empty()) return false;
  if (context.loaded.schemas == nullptr) return true;
  const auto info = context.loaded.schemas->type(property.type);
  // A type that is not defined is SA00010's to report.
  return !info || info->variety == xml::TypeVariety::simple || info->variety == xml::TypeVariety::unknown;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00045 (§9.1): the properties of a correlation set have simple types. An element is no type.
void check_sa00045(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr) continue;
    for (const auto& set : site.body->correlation_sets)
      for (const auto& name : set.properties) {
        const auto* property = context.loaded.definitions.property(name);
        if (property == nullptr || is_simple(context, *property)) continue;
        findings.add(set.origin.where, "The property " + quoted(name) + " of the correlation set " + quoted(set.name) +
                                           " has no XML Schema simple type; give it one, for example xsd:string.");
      }
  }
}

}  // namespace echoflow::rules
