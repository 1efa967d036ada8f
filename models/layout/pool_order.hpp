#pragma once
// Inside models/layout only.
#include <functional>
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"

namespace echoflow::layout {

/// The participant that holds a node or is meant by the id; the number of participants when there is none.
std::size_t pool_of(const graph::ProcessGraph& graph, const std::string& id);

/// The participants from top to bottom, so that message flows pass over few pools; as the source has them where that
/// is as good.
std::vector<std::size_t> order_of_pools(const graph::ProcessGraph& graph);

/// The order of `count` things of least cost: all orders are tried while there are few, else neighbours are exchanged.
/// The order 0, 1, 2 … where none is better.
std::vector<std::size_t> cheapest_order(std::size_t count,
                                        const std::function<double(const std::vector<std::size_t>&)>& cost);

}  // namespace echoflow::layout
