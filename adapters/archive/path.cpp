#include "adapters/archive/path.hpp"


namespace echoflow::archive {

namespace {

constexpr std::size_t max_path_bytes = 512;

Failure<ArchiveError> bad_path(std::string_view name, std::string_view why) {
  std::string shown;
  for (char c : name.substr(0, 80)) shown += (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) ? '?' : c;
  if (!is_utf8(shown)) shown = "(unreadable)";
  return fail(ArchiveError{"File name '" + shown + "' " + std::string(why) + "; rename the file.", "archive-path"});
}

struct LeadByte {
  int continuation;
  unsigned smallest;
  unsigned bits;
};

LeadByte lead_of(unsigned char c) {
  if (c < 0x80) return {0, 0, c};
  if ((c & 0xe0) == 0xc0) return {1, 0x80, c & 0x1fu};
  if ((c & 0xf0) == 0xe0) return {2, 0x800, c & 0x0fu};
  if ((c & 0xf8) == 0xf0) return {3, 0x10000, c & 0x07u};
  return {-1, 0, 0};
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    auto [rest, smallest, code] = lead_of(static_cast<unsigned char>(bytes[i++]));
    if (rest < 0 || i + static_cast<std::size_t>(rest) > bytes.size()) return false;
    for (int k = 0; k < rest; ++k) {
      auto c = static_cast<unsigned char>(bytes[i++]);
      if ((c & 0xc0) != 0x80) return false;
      code = (code << 6) | (c & 0x3fu);
    }
    if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

Result<std::string, ArchiveError> safe_path(std::string_view name) {
  if (name.empty()) return bad_path(name, "is empty");
  if (name.size() > max_path_bytes) return bad_path(name, "is longer than 512 bytes");
  if (!is_utf8(name)) return bad_path(name, "is not UTF-8");
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
