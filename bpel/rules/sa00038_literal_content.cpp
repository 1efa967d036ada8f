#include "bpel/rules/rule.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00038 (§8.4): a literal is one element or one text. White space around an element, comments
// and processing instructions do not count; an empty literal is an empty text.
void check_sa00038(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    const auto* literal = std::get_if<ast::Literal>(&copy.from->variant);
    if (literal == nullptr) continue;
    const auto& document = *literal->origin.document;
    int elements = 0;
    bool text = false;
    for (auto child = document.first_child(literal->origin.element); child != xml::no_node;
         child = document.next_sibling(child)) {
      if (document.kind(child) == xml::NodeKind::element) ++elements;
      if (document.kind(child) == xml::NodeKind::text) text = text || !source::trimmed(document.value(child)).empty();
    }
    if (elements > 1 || (elements == 1 && text))
      findings.add(literal->origin.where, std::string("The <literal> has ") +
                                              (text ? "both text and an element" : "more than one element") +
                                              "; it must hold exactly one element, or text alone.");
  }
}

}  // namespace echoflow::rules
