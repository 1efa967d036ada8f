#pragma once
#include "bpel/parse/loaded_process.hpp"
#include "models/base/diagnostic.hpp"

/// The static analysis of WS-BPEL 2.0, Appendix B, and of the elements for customers and people.
namespace echoflow::rules {

/// Whose reading of the imports counts.
enum class Imports {
  own,       ///< WS-BPEL 2.0 §5.4: a process sees what it imports itself
  imported,  ///< Apache ODE's, for what a deploy.xml deploys: what imported documents import is seen, too; of two
             ///< definitions that say the same the first counts, and what the process does not use is not looked at
};

/// Checks a process against all rules and returns every finding, ordered by file, line, column and rule.
Diagnostics check_rules(const parse::LoadedProcess& loaded, Imports imports = Imports::own);

}  // namespace echoflow::rules
