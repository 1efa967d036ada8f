#include "tools/echoflow/config_file.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace echoflow::tool {

Result<std::map<std::string, std::string>> read_config_file(const std::string& file) {
  auto parsed = toml::parse_file(file);
  if (!parsed) {
    const auto& error = parsed.error();
    std::string line = error.source().begin.line ? ", line " + std::to_string(error.source().begin.line) : "";
    return fail("The configuration file '" + file + "'" + line + ": " + std::string(error.description()) + ".");
  }
  std::map<std::string, std::string> values;
  for (auto&& [key, node] : parsed.table()) {
    const std::string name(key.str());
    if (auto* text = node.as_string())
      values[name] = text->get();
    else if (auto* number = node.as_integer())
      values[name] = std::to_string(number->get());
    else if (auto* boolean = node.as_boolean())
      values[name] = boolean->get() ? "true" : "false";
    else
      return fail("The setting '" + name + "' in '" + file + "' must be a text, a whole number, true or false.");
  }
  return values;
}

}  // namespace echoflow::tool
