#pragma once
#include <string>

#include "tools/echoflow/options.hpp"

namespace echoflow::tool {

std::string overview();
std::string help_text(const Command& command);
/// A manual page: echoflow(1), or echoflow-COMMAND(1).
std::string man_page(const Command* command);
/// A bash completion script for all commands.
std::string bash_completion();

}  // namespace echoflow::tool
