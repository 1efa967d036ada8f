#include "bpel/source/process_file.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "bpel/source/document.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::source {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view referring[] = {"import", "include", "redefine"};
constexpr std::string_view location_attributes[] = {"location", "schemaLocation"};
constexpr std::string_view beside[] = {"deploy.xml", "echoflow.json"};
constexpr std::string_view stylesheets[] = {".xsl", ".xslt"};

template <std::size_t N>
bool one_of(const std::string_view (&values)[N], std::string_view value) {
  return std::find(std::begin(values), std::end(values), value) != std::end(values);
}

void collect_locations(const xml::Document& document, xml::NodeIndex parent, std::vector<std::string>& out) {
  for (auto child = document.first_child_element(parent); child != xml::no_node;
       child = document.next_sibling_element(child)) {
    if (one_of(referring, document.local_name(child)))
      for (const auto attribute : location_attributes)
        if (const auto value = document.attribute(child, attribute)) out.emplace_back(trimmed(*value));
    collect_locations(document, child, out);
  }
}

class ProcessFileReader {
 public:
  explicit ProcessFileReader(const FolderLimits& limits) : limits_(limits) {}

  Result<ProcessFile> read(const std::string& path) {
    const auto start = fs::absolute(path).lexically_normal();
    if (!add(start)) return fail(std::move(problem_));
    follow(start);
    add_neighbours(start.parent_path());
    if (!problem_.empty()) return fail(std::move(problem_));
    return relative_to_common_folder(start);
  }

 private:
  // False when the file could not be read; `problem_` says why.
  bool add(const fs::path& file) {
    if (bytes_.contains(file)) return true;
    if (bytes_.size() >= limits_.max_files) {
      problem_ =
          "The limit archive-files (" + std::to_string(limits_.max_files) + ") is passed at " + file.string() + ".";
      return false;
    }
    auto read = read_folder(file.string(), limits_);
    if (!read) {
      problem_ = std::move(read.error().message);
      return false;
    }
    bytes_[file] = std::move(read->files.begin()->second);
    return true;
  }

  void follow(const fs::path& file) {
    SourceSet alone;
    alone.files[file.filename().string()] = bytes_[file];
    Diagnostics unread;  // broken files are found when the process is parsed
    const auto document = read_document(alone, file.filename().string(), unread);
    if (!document) return;
    std::vector<std::string> locations;
    collect_locations(*document, xml::root_node, locations);
    for (const auto& location : locations) {
      const auto target = (file.parent_path() / location).lexically_normal();
      std::error_code error;
      if (is_remote(location) || bytes_.contains(target) || !fs::is_regular_file(target, error)) continue;
      if (!add(target)) return;
      follow(target);
    }
  }

  void add_neighbours(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> wanted;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) {
      const auto file = i->path();
      if (one_of(beside, file.filename().string()) || one_of(stylesheets, file.extension().string()))
        if (fs::is_regular_file(file, error)) wanted.push_back(file);
    }
    std::sort(wanted.begin(), wanted.end());
    for (const auto& file : wanted)
      if (problem_.empty()) add(file);
  }

  ProcessFile relative_to_common_folder(const fs::path& start) {
    auto folder = start.parent_path();
    for (const auto& [file, bytes] : bytes_) {
      const auto& other = file;
      while (std::mismatch(folder.begin(), folder.end(), other.begin(), other.end()).first != folder.end())
        folder = folder.parent_path();
    }
    ProcessFile out;
    out.folder = folder.string();
    out.file = start.lexically_relative(folder).generic_string();
    for (auto& [file, bytes] : bytes_)
      out.sources.files[file.lexically_relative(folder).generic_string()] = std::move(bytes);
    return out;
  }

  const FolderLimits& limits_;
  std::map<fs::path, std::string> bytes_;
  std::string problem_;
};

}  // namespace

Result<ProcessFile> read_process_file(const std::string& path, const FolderLimits& limits) {
  return ProcessFileReader(limits).read(path);
}

}  // namespace echoflow::source
