#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

std::optional<QName> substitution_head(const parse::LoadedProcess& loaded, const QName& element) {
  for (const auto& definition : loaded.schema_definitions) {
    if (definition.component != parse::SchemaComponent::element || definition.name != element) continue;
    const auto& document = *loaded.schema_sources[definition.source].document;
    const auto head = document.attribute(definition.node, "substitutionGroup");
    return head ? document.resolve_qname(definition.node, *head) : std::nullopt;
  }
  return std::nullopt;
}

bool may_stand_for(const parse::LoadedProcess& loaded, QName element, const QName& declared) {
  // A chain that is longer than there are definitions goes round in circles.
  for (std::size_t i = 0; i <= loaded.schema_definitions.size(); ++i) {
    if (element == declared) return true;
    const auto head = substitution_head(loaded, element);
    if (!head) return false;
    element = *head;
  }
  return false;
}

std::optional<QName> declared_element(const RuleContext& context, const CopySite& copy) {
  const auto* reference = std::get_if<ast::PartReference>(&copy.to->variant);
  if (reference == nullptr || reference->query) return std::nullopt;
  const auto* variable = context.model.variable(*copy.site, reference->variable);
  if (variable == nullptr) return std::nullopt;
  if (variable->element) return variable->element;
  const auto* message = variable->message_type ? context.loaded.definitions.message(*variable->message_type) : nullptr;
  const auto* part = message != nullptr ? message->part(reference->part) : nullptr;
  return part != nullptr && !part->element.empty() ? std::optional(part->element) : std::nullopt;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00094 (§8.4.2): with keepSrcElementName="yes" the source must be able to stand for the
// element that is declared for the target. Decided for literals, whose name is certain; what a variable holds is known
// at run time (bpel:mismatchedAssignmentFailure).
void check_sa00094(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    if (copy.copy == nullptr || copy.copy->keep_src_element_name != ast::YesNo::yes) continue;
    const auto* literal = std::get_if<ast::Literal>(&copy.from->variant);
    if (literal == nullptr) continue;
    const auto& document = *literal->origin.document;
    const auto node = document.first_child_element(literal->origin.element);
    const auto declared = declared_element(context, copy);
    if (node == xml::no_node || !declared || may_stand_for(context.loaded, document.qname(node), *declared)) continue;
    findings.add(copy.copy->origin.where,
                 "The <copy> keeps the name " + quoted(document.qname(node)) +
                     " of its source, which does not belong to the substitutionGroup of the target's " + "element " +
                     quoted(*declared) + "; remove keepSrcElementName or correct the literal.");
  }
}

}  // namespace echoflow::rules
