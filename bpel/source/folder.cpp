#include "bpel/source/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

namespace echoflow::source {
namespace {

namespace fs = std::filesystem;

class FolderReader {
 public:
  FolderReader(fs::path root, const FolderLimits& limits) : root_(std::move(root)), limits_(limits) {}

  Result<SourceSet> read() {
    std::error_code error;
    canonical_root_ = fs::canonical(root_, error);
    if (error) return fail(root_.string() + " cannot be opened: " + error.message() + ".");
    if (!fs::is_directory(canonical_root_)) {
      add(canonical_root_, root_.filename().string());
    } else {
      walk(canonical_root_, "", 0);
    }
    if (!problem_.empty()) return fail(std::move(problem_));
    return std::move(out_);
  }

 private:
  static constexpr int max_depth = 32;

  // Entries by name, so that the first problem found is always the same.
  void walk(const fs::path& folder, const std::string& prefix, int depth) {
    if (depth > max_depth) return stop("archive-depth", max_depth, folder);
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error)) entries.push_back(*i);
    if (error) {
      problem_ = folder.string() + " cannot be read: " + error.message() + ".";
      return;
    }
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
      const auto name = entry.filename().string();
      if (name.starts_with('.')) continue;
      visit(entry, prefix + name, depth);
      if (!problem_.empty()) return;
    }
  }

  void visit(const fs::path& entry, const std::string& name, int depth) {
    std::error_code error;
    const auto target = fs::canonical(entry, error);
    if (error || !inside(target)) return;
    if (fs::is_directory(target, error)) {
      // A link to a folder could lead in a circle, and what lies there is read where it lies.
      if (!fs::is_symlink(entry, error)) walk(entry, name + "/", depth + 1);
    } else if (fs::is_regular_file(target, error)) {
      add(target, name);
    }
  }

  bool inside(const fs::path& target) const {
    return std::mismatch(canonical_root_.begin(), canonical_root_.end(), target.begin(), target.end()).first ==
           canonical_root_.end();
  }

  void add(const fs::path& file, const std::string& name) {
    if (out_.files.size() >= limits_.max_files) return stop("archive-files", limits_.max_files, file);
    std::ifstream stream(file, std::ios::binary);
    std::string bytes;
    char buffer[1 << 16];
    while (stream.read(buffer, sizeof buffer) || stream.gcount() > 0) {
      bytes.append(buffer, static_cast<std::size_t>(stream.gcount()));
      if (bytes.size() > limits_.max_file_bytes) return stop("file-bytes", limits_.max_file_bytes, file);
    }
    if (!stream.eof()) {
      problem_ = file.string() + " cannot be read.";
      return;
    }
    total_ += bytes.size();
    if (total_ > limits_.max_total_bytes) return stop("archive-bytes", limits_.max_total_bytes, file);
    out_.files.emplace(name, std::move(bytes));
  }

  void stop(const std::string& limit, std::size_t value, const fs::path& at) {
    problem_ = "The limit " + limit + " (" + std::to_string(value) + ") is passed at " + at.string() + ".";
  }

  fs::path root_;
  const FolderLimits& limits_;
  fs::path canonical_root_;
  SourceSet out_;
  std::size_t total_ = 0;
  std::string problem_;
};

}  // namespace

Result<SourceSet> read_folder(const std::string& path, const FolderLimits& limits) {
  auto folder = std::filesystem::path(path);
  if (!folder.has_filename() && folder.has_parent_path()) folder = folder.parent_path();  // "dir/" means "dir"
  return FolderReader(std::move(folder), limits).read();
}

}  // namespace echoflow::source
