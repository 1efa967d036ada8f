#include <map>
#include <tuple>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00022 (§7.3): one alias for each property and messageType, type or element.
void check_sa00022(const RuleContext& context, Findings& findings) {
  std::map<std::tuple<QName, char, QName>, SourceLocation> first;
  for (const auto& alias : context.loaded.definitions.aliases)
    for (const auto& [kind, name] : {std::pair{'m', alias.message_type}, {'t', alias.type}, {'e', alias.element}}) {
      if (name.empty()) continue;
      const auto [entry, fresh] = first.emplace(std::tuple{alias.property, kind, name}, alias.where);
      if (!fresh)
        findings.add(alias.where, "The property " + quoted(alias.property) + " has a second alias for " + quoted(name) +
                                      ", after the one in " + entry->second.file + ", line " +
                                      std::to_string(entry->second.line) + "; remove one of them.");
    }
}

}  // namespace echoflow::rules
