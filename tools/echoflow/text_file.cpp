#include "tools/echoflow/text_file.hpp"

#include <filesystem>
#include <fstream>

namespace echoflow::tool {

Result<std::string> read_text_file(const std::string& file, std::size_t most) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return fail("'" + file + "' is a folder.");
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail("'" + file + "' cannot be read.");
  std::string content;
  char block[1 << 16];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    content.append(block, static_cast<std::size_t>(in.gcount()));
    if (content.size() > most)
      return fail("'" + file + "' is larger than " + std::to_string(most >> 20) + " MiB, the most that is read.");
  }
  return content;
}

Result<void> write_text_file(const std::string& file, const std::string& content) {
  const std::string beside = file + ".new";
  std::ofstream out(beside, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(beside, file, error);
  if (!out || error) {
    std::filesystem::remove(beside, error);
    return fail("'" + file + "' cannot be written.");
  }
  return {};
}

}  // namespace echoflow::tool
