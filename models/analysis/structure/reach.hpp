#pragma once
#include <cstdint>
#include <vector>

namespace echoflow::structure {

/// By vertex: those that an edge leads to.
using Neighbours = std::vector<std::vector<std::uint32_t>>;

/// Marks what can be reached from there, itself included; what is marked already is not gone through again.
void reach(const Neighbours& next, std::uint32_t from, std::vector<bool>& marked);

/// The fewest vertices from which everything that is not marked can be reached; marks it.
std::vector<std::uint32_t> first_unreached(const Neighbours& next, std::vector<bool>& marked);

}  // namespace echoflow::structure
