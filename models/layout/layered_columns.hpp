#pragma once
// Inside models/layout only.
#include <vector>

#include "models/layout/layered_state.hpp"

namespace echoflow::layout::layered {

struct Adjacency {
  explicit Adjacency(const Network& network);
  std::vector<std::vector<std::uint32_t>> out;  ///< links by item
  std::vector<std::vector<std::uint32_t>> in;
};

/// The column of each item; every link that is not `back` leads to the right. Ends of lines across stand in one column
/// where that makes the whole little wider.
std::vector<std::uint32_t> columns_of(const Network& network, const Adjacency& around, const std::vector<bool>& back);

}  // namespace echoflow::layout::layered
