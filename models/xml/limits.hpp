#pragma once
#include <cstddef>

namespace echoflow::xml {

/// What a reader of outside bytes accepts; each violation names its limit.
struct Limits {
  std::size_t max_bytes = 16u << 20;
  std::size_t max_depth = 256;
  std::size_t max_attributes = 256;
  std::size_t max_nodes = 2'000'000;
};

}  // namespace echoflow::xml
