#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The one table of commands and options: the parser, --help, the man pages and the completion are made from it.
namespace echoflow::tool {

struct Option {
  std::string_view name;      ///< "--listen"
  std::string_view argument;  ///< "HOST:PORT"; empty for a switch
  std::string_view preset;    ///< what counts without it; empty: nothing
  std::string_view help;
  bool setting = true;  ///< may also come from the environment and the configuration file
};

struct Command {
  std::string_view name;
  std::string_view arguments;  ///< "FILE|DIR|ZIP..."; empty: takes none
  std::string_view summary;    ///< one line
  std::string_view description;
  std::vector<Option> options;
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);
/// Commands that later versions have; named so that asking for them gets a clear answer.
bool is_later_command(std::string_view name);

/// "--max-connections" → "ECHOFLOW_MAX_CONNECTIONS".
std::string environment_name(const Option& option);
/// "--max-connections" → "max-connections".
std::string_view setting_name(const Option& option);

}  // namespace echoflow::tool
