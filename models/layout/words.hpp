#pragma once
// Inside models/layout only.
#include <string>
#include <string_view>

#include "models/graph/process_graph.hpp"

/// What things are called, in German or English (for all other languages).
namespace echoflow::layout::words {

std::string type_name(const graph::Node& node, std::string_view language);

enum class Word : std::uint8_t {
  diagram,
  pool,
  sequence_flow,
  message_flow,
  association,
  overview,
  page,
  runs,
  running,
  faults
};
std::string_view word(Word word, std::string_view language);

}  // namespace echoflow::layout::words
