#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace echoflow::bpmn {

/// A model that breaks a rule, and the line where that is to be found.
struct Broken {
  std::string_view rule;
  std::uint32_t line;
  std::string model;
};

std::vector<Broken> broken_models();
std::vector<std::string> sound_models();
/// Puts a document element around root elements; they begin in line 1.
std::string definitions(std::string_view content);

}  // namespace echoflow::bpmn
