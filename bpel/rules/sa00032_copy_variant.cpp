#include <algorithm>
#include <array>
#include <set>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

// What a from or to is written with: its attributes by name, and "<query>", "<literal>" and "text" for its content.
std::set<std::string> ingredients(const ast::Element& element) {
  constexpr std::array<std::string_view, 6> attributes{
      "variable", "part", "property", "partnerLink", "endpointReference", "expressionLanguage"};
  const auto& document = *element.origin.document;
  const auto node = element.origin.element;
  std::set<std::string> out;
  for (const auto name : attributes)
    if (document.attribute(node, name)) out.emplace(name);
  std::string text;
  for (auto child = document.first_child(node); child != xml::no_node; child = document.next_sibling(child)) {
    if (document.kind(child) == xml::NodeKind::text) text += document.value(child);
    if (document.kind(child) != xml::NodeKind::element || document.namespace_uri(child) != ns::bpel) continue;
    if (document.local_name(child) == "query" || document.local_name(child) == "literal")
      out.insert("<" + std::string(document.local_name(child)) + ">");
  }
  if (!source::trimmed(text).empty()) out.insert("text");
  return out;
}

struct Variant {
  std::set<std::string> needed, allowed;
};

// WS-BPEL 2.0 §8.4, in its order. The empty variant is there for extensions.
const std::array<Variant, 6> from_variants{{{{"variable"}, {"part", "<query>"}},
                                            {{"partnerLink", "endpointReference"}, {}},
                                            {{"variable", "property"}, {}},
                                            {{"text"}, {"expressionLanguage"}},
                                            {{"<literal>"}, {}},
                                            {{}, {}}}};
const std::array<Variant, 5> to_variants{{{{"variable"}, {"part", "<query>"}},
                                          {{"partnerLink"}, {}},
                                          {{"variable", "property"}, {}},
                                          {{"text"}, {"expressionLanguage"}},
                                          {{}, {}}}};

template <std::size_t N>
bool is_one_of(const std::array<Variant, N>& variants, const std::set<std::string>& found) {
  return std::any_of(variants.begin(), variants.end(), [&](const Variant& variant) {
    const bool complete = std::includes(found.begin(), found.end(), variant.needed.begin(), variant.needed.end());
    return complete && std::all_of(found.begin(), found.end(), [&](const std::string& name) {
             return variant.needed.contains(name) || variant.allowed.contains(name);
           });
  });
}

std::string listed(const std::set<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

template <std::size_t N>
void check(const ast::Element& element, const std::array<Variant, N>& variants, const std::string& choice,
           Findings& findings) {
  const auto found = ingredients(element);
  if (is_one_of(variants, found)) return;
  findings.add(element.origin.where, tag(element) + " is written with " + listed(found) +
                                         ", which is none of its variants; write it as one of these: " + choice + ".");
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00032 (§8.4): every from and to is one of the variants of the specification. The initial
// value of a variable is such a from, too.
void check_sa00032(const RuleContext& context, Findings& findings) {
  const std::string common = "variable with part or <query>, variable with property, ";
  for (const auto& copy : context.model.copies()) {
    check(
        *copy.from, from_variants,
        common + "partnerLink with endpointReference, an expression with expressionLanguage or without, or a <literal>",
        findings);
    if (copy.to != nullptr)
      check(*copy.to, to_variants, common + "partnerLink alone, or an expression with expressionLanguage or without",
            findings);
  }
}

}  // namespace echoflow::rules
