#include "tests/conformance/scenario.hpp"

#include <fstream>
#include <stdexcept>

namespace echoflow::scenario {
namespace {

/// The end of the element that begins at `start`: markup is balanced by counting tags.
std::size_t end_of_xml(const std::string& text, std::size_t start) {
  int depth = 0;
  std::size_t at = start;
  while (at < text.size()) {
    const std::size_t open = text.find('<', at);
    if (open == std::string::npos) break;
    const std::size_t close = text.find('>', open);
    if (close == std::string::npos) break;
    if (text[open + 1] == '/')
      --depth;
    else if (text[close - 1] != '/')
      ++depth;
    at = close + 1;
    if (depth == 0) return at;
  }
  return text.size();
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
    } else if (text[at] == '"') {
      const std::size_t end = text.find('"', at + 1);
      if (end == std::string::npos) throw std::runtime_error("a quote is not closed");
      words.push_back(text.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (text[at] == '<') {
      const std::size_t end = end_of_xml(text, at);
      words.push_back(text.substr(at, end - at));
      at = end;
    } else {
      const std::size_t end = text.find_first_of(" \t", at);
      words.push_back(text.substr(at, end - at));
      at = end == std::string::npos ? text.size() : end;
    }
  }
  return words;
}

}  // namespace

std::vector<Statement> read_scenario(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot open " + path);
  std::vector<Statement> statements;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (const std::size_t comment = line.find_first_not_of(" \t"); comment == std::string::npos || line[comment] == '#')
      continue;
    try {
      statements.push_back({number, split(line)});
    } catch (const std::exception& e) {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": " + e.what());
    }
  }
  return statements;
}

}  // namespace echoflow::scenario
