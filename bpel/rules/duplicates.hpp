#pragma once
#include <set>
#include <string>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

/// Reports every declaration of a list whose name an earlier one of the list has: "The <what> "x" is declared twice in
/// …".
template <class List>
void report_duplicates(const List& declarations, const std::string& what, const ast::Element& owner,
                       Findings& findings) {
  std::set<std::string> names;
  for (const auto& declaration : declarations)
    if (!names.insert(declaration.name).second)
      findings.add(declaration.origin.where, "The " + what + " " + quoted(declaration.name) + " is declared twice in " +
                                                 tag(owner) + "; rename or remove one of them.");
}

}  // namespace echoflow::rules
