#include <algorithm>

#include "bpel/rules/cx_grammar.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/document.hpp"

namespace echoflow::rules {
using grammar::Name;

namespace {

/// Where the element may not stand, as a sentence; "" when it may.
std::string misplaced(const xml::Document& document, xml::NodeIndex node) {
  const Name name{document.namespace_uri(node), document.local_name(node)};
  const auto parent = document.parent(node);
  const Name around{document.namespace_uri(parent), document.local_name(parent)};
  const std::string tag = "<" + std::string(name.local) + ">";
  if (grammar::find(document, node) == nullptr)
    return tag + " of " + quoted(name.ns) + " is not supported; remove it, or correct its name.";
  bool allowed = false;
  if (around.ns == ns::bpel)
    allowed = grammar::may_stand_in_bpel(around.local, name);
  else if (const auto* element = grammar::find(document, parent))
    allowed = std::find(element->children.begin(), element->children.end(), name) != element->children.end();
  if (allowed) return {};
  return tag + " must not stand in <" + std::string(around.local) + ">; move it where it belongs, or remove it.";
}

/// What stands in an element of ours and is of no namespace that could be an extension.
bool is_stray(const xml::Document& document, xml::NodeIndex node) {
  const auto parent = document.parent(node);
  const auto* element = grammar::is_ours(document.namespace_uri(parent)) ? grammar::find(document, parent) : nullptr;
  if (element == nullptr || element->open || document.local_name(node) == "documentation") return false;
  const Name name{document.namespace_uri(node), document.local_name(node)};
  if (name.ns != ns::bpel && !name.ns.empty()) return false;
  return std::find(element->children.begin(), element->children.end(), name) == element->children.end();
}

}  // namespace

// Elements of the namespaces for customers and people: only those of docs/cx-language.md, and each in its place.
void check_cx00001(const RuleContext& context, Findings& findings) {
  const auto& process = context.loaded.process;
  if (!process.document) return;
  const auto& document = *process.document;
  grammar::for_each_element(document, document.document_element(), [&](xml::NodeIndex node) {
    const auto uri = document.namespace_uri(node);
    const auto where = source::location_of(document, node, process.file);
    if (grammar::is_ours(uri) && document.local_name(node) != "documentation") {
      if (auto what = misplaced(document, node); !what.empty()) findings.add(where, std::move(what));
    } else if (is_stray(document, node)) {
      findings.add(where, "<" + std::string(document.local_name(node)) + "> must not stand in <" +
                              std::string(document.local_name(document.parent(node))) +
                              ">; remove it, or correct its namespace.");
    }
  });
}

}  // namespace echoflow::rules
