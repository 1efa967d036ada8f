#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "adapters/channels/registry.hpp"

namespace echoflow::channels {

/// Reads a channel's settings; the first mistake is kept, and a setting that nobody asked for is one.
class Settings {
 public:
  explicit Settings(const Config& config) : config_(config) {}

  std::string text(const std::string& name, std::string preset = "");
  std::string required(const std::string& name);
  /// An http(s) address without '/' at its end.
  std::string address(const std::string& name, std::string preset);
  std::int64_t number(const std::string& name, std::int64_t preset, std::int64_t least, std::int64_t most);
  bool flag(const std::string& name, bool preset);
  /// What "env:NAME" or "file:PATH" refers to (a file's last line break is cut off). A literal secret is refused.
  std::string secret(const std::string& name);
  std::string optional_secret(const std::string& name);
  /// All settings "prefix.…", without the prefix.
  std::map<std::string, std::string> table(const std::string& prefix);
  void refuse(const std::string& name, const std::string& why);

  /// The first mistake, or empty.
  std::string problem();

 private:
  const Config& config_;
  std::set<std::string> known_;
  std::string problem_;
};

}  // namespace echoflow::channels
