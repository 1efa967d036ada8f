#include <algorithm>
#include <set>

#include "bpel/rules/cx_grammar.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/document.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules {
namespace {

bool declared(const ast::Process& process, std::string_view uri) {
  return std::any_of(process.extensions.begin(), process.extensions.end(),
                     [&](const ast::Extension& extension) { return extension.ns == uri; });
}

}  // namespace

// WS-BPEL 2.0 §14: the namespaces of the extensions that a process uses are declared in <extensions>. Those of
// WS-HumanTask come with WS-BPEL4People.
void check_cx00005(const RuleContext& context, Findings& findings) {
  const auto& process = context.loaded.process;
  if (!process.document) return;
  const auto& document = *process.document;
  std::set<std::string_view> reported;
  const auto use = [&](xml::NodeIndex node) {
    const auto uri = document.namespace_uri(node);
    if ((uri != ns::cx && uri != ns::b4p) || declared(process, uri) || !reported.insert(uri).second) return;
    findings.add(source::location_of(document, node, process.file),
                 "The namespace " + quoted(uri) + " is used but not declared; add <extension namespace=" + quoted(uri) +
                     " mustUnderstand=\"yes\"/> to <extensions>.");
  };
  const auto check = [&](xml::NodeIndex node) {
    use(node);
    for (auto a = document.first_attribute(node); a != xml::no_node; a = document.next_sibling(a)) use(a);
  };
  check(document.document_element());
  grammar::for_each_element(document, document.document_element(), check);
}

}  // namespace echoflow::rules
