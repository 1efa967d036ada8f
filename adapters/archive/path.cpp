#include "adapters/archive/path.hpp"

#include "models/base/utf8.hpp"

namespace echoflow::archive {

namespace {

constexpr std::size_t max_path_bytes = 512;

Failure<ArchiveError> bad_path(std::string_view name, std::string_view why) {
  std::string shown;
  for (char c : name.substr(0, 80)) shown += (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) ? '?' : c;
  if (!is_valid_utf8(shown)) shown = "(unreadable)";
  return fail(ArchiveError{"File name '" + shown + "' " + std::string(why) + "; rename the file.", "archive-path"});
}

}  // namespace

Result<std::string, ArchiveError> safe_path(std::string_view name) {
  if (name.empty()) return bad_path(name, "is empty");
  if (name.size() > max_path_bytes) return bad_path(name, "is longer than 512 bytes");
  if (!is_valid_utf8(name)) return bad_path(name, "is not UTF-8");
  if (name.front() == '/' || name.front() == '\\') return bad_path(name, "is absolute");
  if (name.size() > 1 && name[1] == ':') return bad_path(name, "begins with a drive letter");
  std::string path;
  std::size_t begin = 0;
  while (begin <= name.size()) {
    std::size_t end = name.find_first_of("/\\", begin);
    if (end == std::string_view::npos) end = name.size();
    std::string_view step = name.substr(begin, end - begin);
    begin = end + 1;
    if (step.empty() || step == ".") continue;
    if (step == "..") return bad_path(name, "leaves the archive with '..'");
    for (char c : step)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return bad_path(name, "holds a control character");
    if (!path.empty()) path += '/';
    path += step;
  }
  if (path.empty()) return bad_path(name, "names no file");
  return path;
}

}  // namespace echoflow::archive
