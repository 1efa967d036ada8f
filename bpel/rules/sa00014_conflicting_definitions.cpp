#include <map>
#include <set>
#include <tuple>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/same_definition.hpp"
#include "bpel/rules/words.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

std::string component_name(parse::SchemaComponent component) {
  switch (component) {
    case parse::SchemaComponent::element:
      return "element";
    case parse::SchemaComponent::type:
      return "type";
    case parse::SchemaComponent::attribute:
      return "attribute";
    case parse::SchemaComponent::group:
      return "group";
    case parse::SchemaComponent::attribute_group:
      return "attributeGroup";
  }
  return {};
}

// The schema documents that can be reached without going through an xsd:redefine: what is redefined by one document is
// in conflict with it only if it can be seen as it was, too.
class PlainReach {
 public:
  explicit PlainReach(const parse::LoadedProcess& loaded) : loaded_(loaded) {
    std::set<std::string> roots;
    for (const auto& import : loaded.imports) roots.insert(import.file);
    for (const auto& file : loaded.definitions.files) roots.insert(file.path);
    for (std::size_t i = 0; i < loaded.schema_sources.size(); ++i)
      if (roots.contains(loaded.schema_sources[i].file)) follow(i);
  }
  bool contains(std::size_t source) const { return seen_.contains(source); }

 private:
  void follow(std::size_t index) {
    if (!seen_.insert(index).second) return;
    const auto& source = loaded_.schema_sources[index];
    const auto& document = *source.document;
    for (auto child = document.first_child_element(source.schema); child != xml::no_node;
         child = document.next_sibling_element(child)) {
      const auto local = document.local_name(child);
      const auto location = document.attribute(child, "schemaLocation");
      if (document.namespace_uri(child) != ns::xsd || (local != "include" && local != "import") || !location) continue;
      const auto file = source::resolve(*loaded_.sources, source.file, *location);
      for (std::size_t i = 0; file && i < loaded_.schema_sources.size(); ++i)
        if (loaded_.schema_sources[i].file == *file) follow(i);
    }
  }
  const parse::LoadedProcess& loaded_;
  std::set<std::size_t> seen_;
};

void check_schemas(const parse::LoadedProcess& loaded, Findings& findings) {
  const PlainReach reach(loaded);
  std::map<std::tuple<parse::SchemaComponent, QName>, const parse::SchemaDefinition*> first;
  // An original that is seen only through its redefinition is not there for the process.
  std::set<std::tuple<parse::SchemaComponent, QName>> redefined;
  for (const auto& definition : loaded.schema_definitions)
    if (definition.redefinition) redefined.insert({definition.component, definition.name});
  for (const auto& definition : loaded.schema_definitions) {
    const std::tuple key{definition.component, definition.name};
    if (redefined.contains(key) && !definition.redefinition && !reach.contains(definition.source)) continue;
    const auto [entry, fresh] = first.emplace(key, &definition);
    if (fresh) continue;
    findings.add(definition.where, "The " + component_name(definition.component) + " " + quoted(definition.name) +
                                       " is defined here and in " + entry->second->where.file + ", line " +
                                       std::to_string(entry->second->where.line) +
                                       "; keep one of the definitions, or give them different names.");
  }
}

template <class Definition>
void check_wsdl(const std::vector<Definition>& list, const std::string& kind, bool may_repeat, Findings& findings) {
  std::map<QName, const Definition*> first;
  for (const auto& definition : list) {
    const auto [entry, fresh] = first.emplace(definition.name, &definition);
    if (fresh || (may_repeat && say_the_same(definition, *entry->second))) continue;
    const auto& other = entry->second->where;
    findings.add(definition.where, "The " + kind + " " + quoted(definition.name) + " is defined here and in " +
                                       other.file + ", line " + std::to_string(other.line) +
                                       "; keep one of the definitions, or give them different names.");
  }
}

// Within one file a second alias is SA00022's alone.
void check_aliases(const std::vector<wsdl::PropertyAlias>& aliases, bool may_repeat, Findings& findings) {
  std::map<std::tuple<QName, QName, QName, QName>, const wsdl::PropertyAlias*> first;
  for (const auto& alias : aliases) {
    const auto [entry, fresh] =
        first.emplace(std::tuple{alias.property, alias.message_type, alias.type, alias.element}, &alias);
    if (fresh || entry->second->where.file == alias.where.file) continue;
    if (may_repeat && say_the_same(alias, *entry->second)) continue;
    findings.add(alias.where, "The alias of the property " + quoted(alias.property) + " is defined here and in " +
                                  entry->second->where.file + ", line " + std::to_string(entry->second->where.line) +
                                  "; keep one of the definitions.");
  }
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00014 (§5.4): no two documents in reach may define the same component. Two definitions that
// happen to say the same count as well, used or not: which of them is meant must not depend on the order of imports.
void check_sa00014(const RuleContext& context, Findings& findings) {
  const bool may_repeat = context.imports.sees_all();
  // Schema definitions that say something else are found when the schemas are compiled.
  if (!may_repeat) check_schemas(context.loaded, findings);
  const auto& definitions = context.loaded.definitions;
  check_wsdl(definitions.messages, "message", may_repeat, findings);
  check_wsdl(definitions.port_types, "portType", may_repeat, findings);
  check_wsdl(definitions.partner_link_types, "partnerLinkType", may_repeat, findings);
  check_wsdl(definitions.properties, "property", may_repeat, findings);
  check_aliases(definitions.aliases, may_repeat, findings);
}

}  // namespace echoflow::rules
