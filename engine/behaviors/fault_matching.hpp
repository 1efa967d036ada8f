#pragma once
#include <optional>

#include "models/program/program.hpp"

namespace echoflow::engine::faults {

struct Handler {
  std::uint32_t index = 0;  ///< into Scope::catches; their number for catchAll
  program::NodeId body = program::none;
  program::VariableId variable = program::none;
  bool takes_element = false;  ///< the variable is the fault's element
};

/// WS-BPEL 2.0 §12.5: which handler of a scope takes a fault; nullopt: the default one.
std::optional<Handler> match_handler(const program::Program& program, const program::Scope& scope, const Fault& fault);

/// What the handler's variable holds.
Parts fault_variable_parts(const Handler& handler, const Fault& fault);

}  // namespace echoflow::engine::faults
