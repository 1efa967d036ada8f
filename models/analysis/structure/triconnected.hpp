#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace echoflow::structure {

enum class ComponentKind : std::uint8_t { polygon, bond, triconnected };

struct Component {
  ComponentKind kind = ComponentKind::polygon;
  std::vector<std::uint32_t> edges;  ///< numbers below the count of the graph's edges are its own, others are virtual
};

/// The triconnected components of a graph. A virtual edge stands in exactly two components, which it holds together.
struct Components {
  std::vector<Component> components;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;  ///< of every edge, virtual ones included
};

/// The graph must be biconnected, have at least two vertices and as many edges, and no loops; edges may be parallel.
/// In time linear in its size, with stacks of its own.
Components triconnected_components(std::uint32_t vertices,
                                   const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges);

}  // namespace echoflow::structure
