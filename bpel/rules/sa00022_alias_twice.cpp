#include <map>
#include <tuple>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/same_definition.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00022 (§7.3): one alias for each property and messageType, type or element.
void check_sa00022(const RuleContext& context, Findings& findings) {
  std::map<std::tuple<QName, char, QName>, const wsdl::PropertyAlias*> first;
  for (const auto& alias : context.loaded.definitions.aliases)
    for (const auto& [kind, name] : {std::pair{'m', alias.message_type}, {'t', alias.type}, {'e', alias.element}}) {
      if (name.empty()) continue;
      const auto [entry, fresh] = first.emplace(std::tuple{alias.property, kind, name}, &alias);
      if (fresh || (context.imports.sees_all() && say_the_same(alias, *entry->second))) continue;
      findings.add(alias.where, "The property " + quoted(alias.property) + " has a second alias for " + quoted(name) +
                                    ", after the one in " + entry->second->where.file + ", line " +
                                    std::to_string(entry->second->where.line) + "; remove one of them.");
    }
}

}  // namespace echoflow::rules
