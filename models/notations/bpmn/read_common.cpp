#include <algorithm>

#include "models/base/namespaces.hpp"
#include "models/notations/bpmn/namespaces.hpp"
#include "models/notations/bpmn/reading.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::bpmn {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

/// The name that an attribute of the graph has: BPMN's own words plain, others with their namespace.
std::string attribute_name(const Reading& r, xml::NodeIndex n) {
  const auto name = r.document().qname(n);
  return is_bpmn_namespace(name.ns) ? name.local : name.clark();
}

void read_documentation(Reading& r, xml::NodeIndex n, graph::Names& to) {
  const std::string text = read_text(r, n);
  take(r, n, "id");
  const std::string format = take(r, n, "textFormat");
  if (!format.empty() && format != "text/plain")
    r.ledger.changed(n, "Its text is kept without its format " + format + ".");
  const auto before = to.all().find(r.language);
  to.set(r.language, before == to.all().end() ? text : before->second + "\n" + text);
}

/// `xml:lang` of the element, in lower case.
std::string language_of(Reading& r, xml::NodeIndex n) {
  const auto found = r.document().find_attribute(n, ns::xml, "lang");
  if (found == xml::no_node) return {};
  r.ledger.took(found);
  return lower(r.document().value(found));
}

void read_extension(Reading& r, xml::NodeIndex n, Common& to) {
  const bool translation =
      r.document().local_name(n) == "translation" && is_translation_namespace(r.document().namespace_uri(n));
  const std::string language = translation ? language_of(r, n) : std::string();
  if (!language.empty() && !to.name.all().contains(language)) {
    to.name.set(language, r.source.text(n));
    r.ledger.kept_below(n);
    return;
  }
  keep_as_text(r, n, to.attributes);
}

void read_extensions(Reading& r, xml::NodeIndex n, Common& to) {
  r.ledger.kept(n);
  const auto& document = r.document();
  for (auto c = document.first_child_element(n); c != xml::no_node; c = document.next_sibling_element(c))
    read_extension(r, c, to);
}

void keep_other_attributes(Reading& r, xml::NodeIndex n, std::vector<graph::Attribute>& to) {
  const auto& document = r.document();
  for (auto a = document.first_attribute(n); a != xml::no_node; a = document.next_sibling(a)) {
    if (r.ledger.is_taken(a) || document.namespace_uri(a) == ns::xsi || document.qname(a).clark() == "id") continue;
    r.ledger.took(a);
    to.push_back({attribute_name(r, a), std::string(document.value(a)), {}});
  }
}

void keep_other_children(Reading& r, xml::NodeIndex n, Common& to) {
  const auto& document = r.document();
  for (auto c = document.first_child_element(n); c != xml::no_node; c = document.next_sibling_element(c)) {
    if (r.ledger.has_entry(c)) continue;
    if (r.source.is(c, "documentation")) {
      read_documentation(r, c, to.documentation);
    } else if (r.source.is(c, "extensionElements")) {
      read_extensions(r, c, to);
    } else {
      keep_as_text(r, c, to.attributes);
    }
  }
}

}  // namespace

void keep_as_text(Reading& r, xml::NodeIndex element, std::vector<graph::Attribute>& attributes) {
  const auto& document = r.document();
  const bool plain =
      document.first_child_element(element) == xml::no_node && document.first_attribute(element) == xml::no_node;
  std::string value = plain ? r.source.text(element) : xml::to_string(document, element);
  attributes.push_back({attribute_name(r, element), std::move(value), {}});
  r.ledger.kept_below(element);
}

Common read_common(Reading& r, xml::NodeIndex n) {
  Common common;
  r.ledger.kept(n);
  const std::string name = take(r, n, "name");
  if (!name.empty()) common.name.set(r.language, name);
  keep_other_attributes(r, n, common.attributes);
  keep_other_children(r, n, common);
  return common;
}

Common read_common_without_documentation(Reading& r, xml::NodeIndex n) {
  Common common = read_common(r, n);
  for (const auto& [language, text] : common.documentation.all())
    common.attributes.push_back({"documentation", text, language});
  return common;
}

}  // namespace echoflow::bpmn
