#include "tools/echoflow/channels_file.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace echoflow::tool {

namespace {

/// Nested tables become names with dots; lists of texts become lines. False: something else stands there.
bool flatten(const toml::table& table, const std::string& prefix, std::map<std::string, std::string>& settings,
             std::string& wrong) {
  for (auto&& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    std::string& value = settings[name];
    if (auto* text = node.as_string()) {
      value = text->get();
    } else if (auto* number = node.as_integer()) {
      value = std::to_string(number->get());
    } else if (auto* boolean = node.as_boolean()) {
      value = boolean->get() ? "true" : "false";
    } else if (auto* list = node.as_array(); list && list->is_homogeneous(toml::node_type::string)) {
      for (auto&& item : *list) value += (value.empty() ? "" : "\n") + item.as_string()->get();
    } else if (auto* below = node.as_table()) {
      settings.erase(name);
      if (!flatten(*below, name + ".", settings, wrong)) return false;
    } else {
      wrong = name;
      return false;
    }
  }
  return true;
}

}  // namespace

Result<std::vector<channels::Config>> read_channels_file(const std::string& file) {
  auto parsed = toml::parse_file(file);
  if (!parsed) {
    const auto& error = parsed.error();
    return fail("The channels file '" + file + "', line " + std::to_string(error.source().begin.line) + ": " +
                std::string(error.description()) + ".");
  }
  std::vector<channels::Config> configs;
  for (auto&& [key, node] : parsed.table()) {
    const auto* tables = node.as_table();
    if (key.str() != "channels" || !tables)
      return fail("The channels file '" + file + "' may hold only tables [channels.NAME], not '" +
                  std::string(key.str()) + "'.");
    for (auto&& [name, table] : *tables) {
      channels::Config config{std::string(name.str()), "", {}};
      std::string wrong;
      if (!table.is_table() || !flatten(*table.as_table(), "", config.settings, wrong))
        return fail("In the channels file '" + file + "', '" + config.name + (wrong.empty() ? "" : "." + wrong) +
                    "' must be a text, a whole number, true, false, a list of texts, or a table.");
      config.network = config.settings["network"];
      config.settings.erase("network");
      configs.push_back(std::move(config));
    }
  }
  return configs;
}

}  // namespace echoflow::tool
