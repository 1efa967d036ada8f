#pragma once
#include <cstdint>
#include <string>

namespace echoflow {

/// A place in a deployed file. `file` is relative to the deployment's root; line and column count from 1, 0 = unknown.
struct SourceLocation {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const SourceLocation&, const SourceLocation&) = default;
};

}  // namespace echoflow
