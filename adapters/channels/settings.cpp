#include "adapters/channels/settings.hpp"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace echoflow::channels {

namespace {

std::string file_text(const std::string& path, bool& readable) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  readable = static_cast<bool>(file);
  if (readable) text << file.rdbuf();
  return text.str();
}

}  // namespace

void Settings::refuse(const std::string& name, const std::string& why) {
  if (problem_.empty()) problem_ = "The channel '" + config_.name + "': the setting '" + name + "' " + why + ".";
}

std::string Settings::text(const std::string& name, std::string preset) {
  known_.insert(name);
  auto it = config_.settings.find(name);
  return it == config_.settings.end() ? preset : it->second;
}

std::string Settings::required(const std::string& name) {
  auto value = text(name);
  if (value.empty()) refuse(name, "is missing; give it");
  return value;
}

std::string Settings::address(const std::string& name, std::string preset) {
  auto value = text(name, std::move(preset));
  while (value.ends_with('/')) value.pop_back();
  const bool fine = value.starts_with("http://") || value.starts_with("https://");
  if (!fine) refuse(name, "must be an http:// or https:// address");
  return value;
}

std::int64_t Settings::number(const std::string& name, std::int64_t preset, std::int64_t least, std::int64_t most) {
  const auto value = text(name);
  if (value.empty()) return preset;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc() && end == value.data() + value.size() && number >= least && number <= most) return number;
  refuse(name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return preset;
}

bool Settings::flag(const std::string& name, bool preset) {
  const auto value = text(name, preset ? "true" : "false");
  if (value != "true" && value != "false") refuse(name, "must be true or false");
  return value == "true";
}

std::string Settings::optional_secret(const std::string& name) {
  const auto reference = text(name);
  if (reference.empty()) return {};
  std::string value;
  if (reference.starts_with("env:")) {
    const char* found = std::getenv(reference.c_str() + 4);
    if (found) value = found;
  } else if (reference.starts_with("file:")) {
    bool readable = false;
    value = file_text(reference.substr(5), readable);
    if (!readable) refuse(name, "names a file that cannot be read");
    if (value.ends_with('\n')) value.pop_back();
    if (value.ends_with('\r')) value.pop_back();
  } else {
    refuse(name, "is a secret: give \"env:NAME\" or \"file:PATH\", not the secret itself");
    return {};
  }
  if (value.empty()) refuse(name, "refers to nothing or to an empty secret");
  return value;
}

std::string Settings::secret(const std::string& name) {
  auto value = optional_secret(name);
  if (value.empty()) refuse(name, "is missing; give \"env:NAME\" or \"file:PATH\"");
  return value;
}

std::map<std::string, std::string> Settings::table(const std::string& prefix) {
  std::map<std::string, std::string> found;
  for (const auto& [name, value] : config_.settings) {
    if (!name.starts_with(prefix + ".")) continue;
    known_.insert(name);
    found[name.substr(prefix.size() + 1)] = value;
  }
  return found;
}

std::string Settings::problem() {
  for (const auto& [name, value] : config_.settings)
    if (!known_.contains(name)) refuse(name, "is unknown for " + config_.network + "; see docs/channels.md");
  return problem_;
}

}  // namespace echoflow::channels
