#pragma once
#include <vector>

#include "models/program/program.hpp"

/// What activities read and write, for isolation.
namespace echoflow::engine {

enum class AccessKind : std::uint8_t { variable, partner_link, correlation_set };
struct Access {
  AccessKind kind;
  std::uint32_t id;
  bool writes;
};

/// Every access of a node and all below it, all handlers included.
std::vector<Access> accesses_below(const program::Program& program, program::NodeId node);

}  // namespace echoflow::engine
