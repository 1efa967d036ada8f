#pragma once
#include "bpel/parse/loaded_process.hpp"
#include "models/base/diagnostic.hpp"

/// The static analysis of WS-BPEL 2.0, Appendix B.
namespace echoflow::rules {

/// Checks a process against all rules and returns every finding, ordered by file, line, column and rule.
Diagnostics check_rules(const parse::LoadedProcess& loaded);

}  // namespace echoflow::rules
