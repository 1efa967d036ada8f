#include "bpel/source/source_set.hpp"

#include <vector>

namespace echoflow::source {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Locations are URI references: "My%20Types.xsd" means the file "My Types.xsd".
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const int high = escape ? hex_digit(text[i + 1]) : -1;
    const int low = escape ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string_view folder_of(std::string_view file) {
  const auto slash = file.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : file.substr(0, slash);
}

std::string_view file_name_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Folder and location joined, "." and ".." resolved; nullopt when it would leave the deployment.
std::optional<std::string> joined(std::string_view folder, std::string_view location) {
  std::vector<std::string_view> steps;
  for (std::string_view rest : {folder, location}) {
    while (!rest.empty()) {
      const auto slash = rest.find('/');
      const auto step = rest.substr(0, slash);
      rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
      if (step.empty() || step == ".") continue;
      if (step != "..") {
        steps.push_back(step);
        continue;
      }
      if (steps.empty()) return std::nullopt;
      steps.pop_back();
    }
  }
  std::string path;
  for (const auto step : steps) {
    if (!path.empty()) path += '/';
    path += step;
  }
  return path;
}

// The only file of the set with this name, in whatever folder.
std::optional<std::string> only_file_named(const SourceSet& set, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& [path, bytes] : set.files) {
    if (file_name_of(path) != name) continue;
    if (found) return std::nullopt;
    found = path;
  }
  return found;
}

std::optional<std::string> resolve_exactly(const SourceSet& set, std::string_view from_file,
                                           std::string_view location) {
  const bool has_scheme = location.find("://") != std::string_view::npos;
  if (!has_scheme) {
    const auto folder = location.starts_with('/') ? std::string_view{} : folder_of(from_file);
    if (auto path = joined(folder, location); path && set.find(*path)) return path;
  }
  const auto name = file_name_of(location);
  return name.empty() ? std::nullopt : only_file_named(set, name);
}

}  // namespace

std::optional<std::string> resolve(const SourceSet& set, std::string_view from_file, std::string_view location) {
  location = location.substr(0, location.find('#'));
  if (auto path = resolve_exactly(set, from_file, location)) return path;
  const std::string decoded = percent_decoded(location);
  if (decoded == location) return std::nullopt;
  return resolve_exactly(set, from_file, decoded);
}

}  // namespace echoflow::source
