#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/base/result.hpp"
#include "tools/echoflow/options.hpp"

namespace echoflow::tool {

/// What a command was called with: flags before environment before configuration file before presets.
class Settings {
 public:
  using Environment = std::function<const char*(const char*)>;

  /// The error is one sentence for the user (status 2).
  static Result<Settings> read(const Command& command, const std::vector<std::string>& words,
                               const Environment& environment);

  bool help() const { return help_; }
  const std::vector<std::string>& arguments() const { return arguments_; }
  /// A switch.
  bool on(std::string_view name) const { return get(name) == "true"; }
  /// An option's value; empty when neither given nor preset.
  std::string get(std::string_view name) const;
  /// True when it was given anywhere, so that it is not the preset.
  bool given(std::string_view name) const { return values_.contains(std::string(name)); }
  /// A whole number in the range, else the error.
  Result<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most) const;

 private:
  Result<void> read_words(const std::vector<std::string>& words);
  void read_environment(const Environment& environment);
  Result<void> read_file(const std::string& file);

  const Command* command_ = nullptr;
  bool help_ = false;
  std::vector<std::string> arguments_;
  std::map<std::string, std::string> values_;  ///< by "--name"
};

}  // namespace echoflow::tool
