#include <algorithm>

#include "bpel/rules/cx_grammar.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/document.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules {
using grammar::Name;

namespace {

bool known(const grammar::Element& element, const Name& name) {
  return std::any_of(element.attributes.begin(), element.attributes.end(), [&](const grammar::Attribute& attribute) {
    return attribute.ns == name.ns && attribute.name == name.local;
  });
}

}  // namespace

// Attributes of the elements for customers and people, and those that elements of WS-BPEL may carry for them.
void check_cx00002(const RuleContext& context, Findings& findings) {
  const auto& process = context.loaded.process;
  if (!process.document) return;
  const auto& document = *process.document;
  const auto check = [&](xml::NodeIndex node) {
    const auto* element = grammar::is_ours(document.namespace_uri(node)) ? grammar::find(document, node) : nullptr;
    const bool is_bpel = document.namespace_uri(node) == ns::bpel;
    for (auto a = document.first_attribute(node); a != xml::no_node; a = document.next_sibling(a)) {
      const Name name{document.namespace_uri(a), document.local_name(a)};
      if (name == Name{ns::cx, "elementId"}) continue;  // any activity may say from which element of a model it comes
      const bool wrong = element != nullptr ? (name.ns.empty() || grammar::is_ours(name.ns)) && !known(*element, name)
                                            : is_bpel && grammar::is_ours(name.ns) &&
                                                  !grammar::may_carry(document.local_name(node), name);
      if (wrong)
        findings.add(source::location_of(document, a, process.file),
                     "The attribute " + std::string(name.local) + " is not one of <" +
                         std::string(document.local_name(node)) + ">; remove it, or correct its name.");
    }
  };
  check(document.document_element());
  grammar::for_each_element(document, document.document_element(), check);
}

}  // namespace echoflow::rules
