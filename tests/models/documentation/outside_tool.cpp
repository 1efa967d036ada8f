#include "tests/models/documentation/outside_tool.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace echoflow::documentation {

Folder::Folder() {
  static int count = 0;
  path_ = std::filesystem::temp_directory_path() /
          ("echoflow-documents-" + std::to_string(getpid()) + "-" + std::to_string(++count));
  std::filesystem::create_directories(path_);
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(path(name), std::ios::binary) << bytes;
  return path(name);
}

std::string Folder::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(path(name), std::ios::binary).rdbuf();
  return text.str();
}

bool has_tool(const std::string& name) {
  std::string command = "command -v ";
  command += name;
  command += " >/dev/null 2>&1";
  return std::system(command.c_str()) == 0;
}

Outcome run_tool(const std::string& command) {
  Outcome outcome;
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return {-1, "the command could not be started"};
  std::array<char, 4096> piece;
  while (std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe)) outcome.output.append(piece.data(), size);
  outcome.status = pclose(pipe);
  return outcome;
}

}  // namespace echoflow::documentation
