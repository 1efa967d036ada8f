#pragma once
#include <cstddef>

#include "models/layout/diagram.hpp"

namespace echoflow::layout {

/// How readable a diagram is: counts of what hinders the reader.
struct Measures {
  std::size_t nodes = 0;
  std::size_t edges = 0;
  std::size_t missing_edges = 0;   ///< flows whose ends are drawn and which are not
  std::size_t crossings = 0;       ///< of sequence and message flows
  std::size_t bends = 0;           ///< of sequence and message flows
  std::size_t node_overlaps = 0;   ///< symbols that cover each other
  std::size_t through_nodes = 0;   ///< pairs of a line and a symbol through which it runs
  std::size_t loose_ends = 0;      ///< line ends that are not on their symbol's border
  std::size_t clipped_labels = 0;  ///< cut, or beyond their symbol
  std::size_t covered_labels = 0;  ///< over a symbol or another label
  std::size_t lines_on_lines = 0;  ///< pairs of lines that share a stretch of 12 points or more, not at a common end
};

Measures measure(const graph::ProcessGraph& graph, const Diagram& diagram);

}  // namespace echoflow::layout
