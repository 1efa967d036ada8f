#pragma once
#include <string>
#include <vector>

namespace echoflow::scenario {

/// One statement of a .scenario file: its words, quoted ones without their quotes. XML from '<' to the end of its
/// markup is one word.
struct Statement {
  int line = 0;
  std::vector<std::string> words;
};

/// Reads a .scenario file; throws std::runtime_error with file and line when it cannot.
std::vector<Statement> read_scenario(const std::string& path);

}  // namespace echoflow::scenario
