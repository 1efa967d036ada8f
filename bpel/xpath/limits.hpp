#pragma once
#include <cstddef>
#include <cstdint>

namespace echoflow::xpath {

enum class Dialect : std::uint8_t { xpath1, xpath2 };

/// What one expression may cost. An evaluation that passes a limit fails with bpel:subLanguageExecutionFault and names
/// it.
struct Limits {
  std::size_t max_length = 64 * 1024;   ///< bytes of an expression ("xpath-length")
  std::size_t max_depth = 256;          ///< nesting ("xpath-depth")
  std::uint64_t max_steps = 5'000'000;  ///< nodes visited and operations done by one evaluation ("xpath-steps")
  std::size_t max_items = 1'000'000;    ///< items of one sequence ("xpath-items")
  std::size_t max_text = 16u << 20;     ///< bytes of one string ("xpath-text")
};

}  // namespace echoflow::xpath
