#include "tools/echoflow/settings.hpp"

#include <algorithm>
#include <charconv>

#include "tools/echoflow/config_file.hpp"

namespace echoflow::tool {

namespace {

const Option* find_option(const Command& command, std::string_view name) {
  auto it = std::find_if(command.options.begin(), command.options.end(),
                         [&](const auto& option) { return option.name == name; });
  return it == command.options.end() ? nullptr : &*it;
}

std::string see_help(const Command& command) {
  return " See echoflow " + std::string(command.name) + " --help.";
}

}  // namespace

Result<Settings> Settings::read(const Command& command, const std::vector<std::string>& words,
                                const Environment& environment) {
  Settings settings;
  settings.command_ = &command;
  if (auto read = settings.read_words(words); !read) return fail(read.error());
  settings.read_environment(environment);
  if (auto file = settings.get("--config"); !file.empty())
    if (auto read = settings.read_file(file); !read) return fail(read.error());
  return settings;
}

Result<void> Settings::read_words(const std::vector<std::string>& words) {
  static const std::string output = "--output";
  bool only_arguments = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i] == "-o" ? output : words[i];
    if (only_arguments || word.size() < 2 || word[0] != '-') {
      arguments_.push_back(word);
    } else if (word == "--") {
      only_arguments = true;
    } else if (word == "--help" || word == "-h") {
      help_ = true;
    } else {
      auto equals = word.find('=');
      const Option* option = find_option(*command_, word.substr(0, equals));
      if (!option)
        return fail("echoflow " + std::string(command_->name) + " has no option " + word.substr(0, equals) + "." +
                    see_help(*command_));
      if (option->argument.empty()) {
        if (equals != std::string::npos)
          return fail(std::string(option->name) + " takes no value." + see_help(*command_));
        values_[std::string(option->name)] = "true";
      } else if (equals != std::string::npos) {
        values_[std::string(option->name)] = word.substr(equals + 1);
      } else if (i + 1 < words.size()) {
        values_[std::string(option->name)] = words[++i];
      } else {
        return fail(std::string(option->name) + " needs a value: " + std::string(option->argument) + "." +
                    see_help(*command_));
      }
    }
  }
  if (!arguments_.empty() && command_->arguments.empty())
    return fail("echoflow " + std::string(command_->name) + " takes no arguments, but got '" + arguments_.front() +
                "'." + see_help(*command_));
  return {};
}

void Settings::read_environment(const Environment& environment) {
  for (const auto& option : command_->options) {
    if (!option.setting) continue;
    const char* value = environment(environment_name(option).c_str());
    if (!value || !*value) continue;
    std::string text = value;
    if (option.argument.empty()) text = text == "1" || text == "true" || text == "yes" ? "true" : "false";
    values_.try_emplace(std::string(option.name), text);
  }
}

Result<void> Settings::read_file(const std::string& file) {
  auto values = read_config_file(file);
  if (!values) return fail(values.error());
  for (const auto& [name, value] : *values) {
    const Option* option = find_option(*command_, "--" + name);
    if (!option || !option->setting || name == "config")
      return fail("The configuration file '" + file + "' has an unknown setting '" + name + "'." + see_help(*command_));
    bool is_switch_value = value == "true" || value == "false";
    if (option->argument.empty() && !is_switch_value)
      return fail("The setting '" + name + "' in '" + file + "' must be true or false.");
    values_.try_emplace(std::string(option->name), value);
  }
  return {};
}

std::string Settings::get(std::string_view name) const {
  if (auto it = values_.find(std::string(name)); it != values_.end()) return it->second;
  const Option* option = find_option(*command_, name);
  return option ? std::string(option->preset) : std::string();
}

Result<std::int64_t> Settings::number(std::string_view name, std::int64_t least, std::int64_t most) const {
  const std::string text = get(name);
  std::int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= least && value <= most) return value;
  return fail(std::string(name) + " must be a whole number from " + std::to_string(least) + " to " +
              std::to_string(most) + ", not '" + text + "'.");
}

}  // namespace echoflow::tool
