#include "tests/conformance/sources.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace echoflow::scenario {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

std::vector<std::string> words_of(const std::string& value, std::size_t parts) {
  if (parts == 1) return {value};
  std::vector<std::string> words;
  std::istringstream in(value);
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

source::SourceSet scenario_sources(const std::vector<std::string>& files) {
  source::SourceSet sources;
  const auto add = [&](const std::filesystem::path& path) {
    sources.files[path.filename().string()] = read_file(path);
  };
  for (const auto& file : files) add(file);
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(files.at(0)).parent_path().parent_path() / "shared"))
    if (entry.is_regular_file()) add(entry.path());
  return sources;
}

}  // namespace echoflow::scenario
