#include "bpel/rules/cx_grammar.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/document.hpp"

namespace echoflow::rules {
// The attributes that docs/cx-language.md calls required.
void check_cx00003(const RuleContext& context, Findings& findings) {
  const auto& process = context.loaded.process;
  if (!process.document) return;
  const auto& document = *process.document;
  grammar::for_each_element(document, document.document_element(), [&](xml::NodeIndex node) {
    const auto* element = grammar::is_ours(document.namespace_uri(node)) ? grammar::find(document, node) : nullptr;
    if (element == nullptr) return;
    for (const auto& attribute : element->attributes)
      if (attribute.required && !document.attribute(node, attribute.name, attribute.ns))
        findings.add(source::location_of(document, node, process.file), "<" + std::string(document.local_name(node)) +
                                                                            "> lacks the attribute " +
                                                                            std::string(attribute.name) + "; add it.");
  });
}

}  // namespace echoflow::rules
