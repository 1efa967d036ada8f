#pragma once
// Inside models/layout only.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/layout/members.hpp"

namespace echoflow::layout {

/// The lanes of a process as rows: a lane without lanes in it is one, and one with lanes that holds nodes itself.
struct Bands {
  std::vector<graph::NodeIndex> lanes;  ///< all, outer ones first
  std::map<graph::NodeIndex, std::size_t> depth;
  std::map<graph::NodeIndex, std::pair<std::uint32_t, std::uint32_t>> range;  ///< of bands, the second not included
  std::map<std::string, std::uint32_t, std::less<>> band;                     ///< by lane id
  std::uint32_t count = 0;
  std::size_t deepest = 0;
};

/// Of the lanes among the nodes of one container, in an order in which few flows pass over lanes.
Bands bands_of(const graph::ProcessGraph& graph, const Members& members, const std::vector<graph::NodeIndex>& nodes);

}  // namespace echoflow::layout
