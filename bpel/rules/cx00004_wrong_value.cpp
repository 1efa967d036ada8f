#include "bpel/rules/cx_grammar.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/document.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {
// Values of attributes of the elements for customers and people.
void check_cx00004(const RuleContext& context, Findings& findings) {
  const auto& process = context.loaded.process;
  if (!process.document) return;
  const auto& document = *process.document;
  grammar::for_each_element(document, document.document_element(), [&](xml::NodeIndex node) {
    const auto* element = grammar::is_ours(document.namespace_uri(node)) ? grammar::find(document, node) : nullptr;
    if (element == nullptr) return;
    for (const auto& attribute : element->attributes) {
      const auto found = document.find_attribute(node, attribute.ns, attribute.name);
      if (found == xml::no_node) continue;
      const auto value = source::trimmed(document.value(found));
      if (const auto remedy = grammar::wrong_value(attribute, value))
        findings.add(source::location_of(document, found, process.file),
                     "The attribute " + std::string(attribute.name) + " of <" + std::string(document.local_name(node)) +
                         "> is " + quoted(value) + "; " + *remedy + ".");
    }
  });
}

}  // namespace echoflow::rules
