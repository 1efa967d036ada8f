#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

/// What a designer deploys.
namespace echoflow::source {

/// The files of a deployment by their path inside it ("folder/x.bpel"; '/' between folders, never "..", never
/// absolute). Ordered, so that everything derived from it is deterministic.
struct SourceSet {
  std::map<std::string, std::string> files;

  const std::string* find(const std::string& path) const {
    auto it = files.find(path);
    return it == files.end() ? nullptr : &it->second;
  }
};

/// Resolves `location` (an import's) relative to the file that names it: "a/b.bpel" + "../c.wsdl" → "c.wsdl". A leading
/// "./" or file name only works too. When nothing is there and the archive holds exactly one file whose path ends with
/// the location's file name, that one is meant (archives are often flattened). nullopt when absent or outside the set.
std::optional<std::string> resolve(const SourceSet& set, std::string_view from_file, std::string_view location);

}  // namespace echoflow::source
