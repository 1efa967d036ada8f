#pragma once
// Inside models/layout only.
#include <vector>

#include "models/layout/layered.hpp"
#include "models/layout/members.hpp"
#include "models/layout/own_layout.hpp"
#include "models/layout/symbols.hpp"

namespace echoflow::layout {

/// A part of a diagram with its own origin.
struct Block {
  double width = 0;
  double height = 0;
  std::vector<PlacedLane> lanes;
  std::vector<PlacedNode> nodes;
  std::vector<PlacedEdge> edges;

  void shift(double dx, double dy);
  /// Takes all of another block, moved.
  void take(Block&& other, double dx, double dy);
};

void shift(Label& label, double dx, double dy);

/// Where the line of a boundary event begins and turns, from its host's item's corner.
struct Exit {
  graph::NodeIndex event = graph::none;
  double x = 0;
  double start_y = 0;
  double turn_y = 0;
};

/// A node with what hangs on it: its label, boundary events, data, notes, roles; for the layered placement one box.
struct Cluster {
  Block block;
  layered::Item item;
  std::vector<Exit> exits;
};

struct Satellite {
  graph::NodeIndex node = graph::none;
  std::size_t relation = graph::none;  ///< the line to the host
};

/// `inside` is what an open sub-process shows, nullptr for all other nodes.
Cluster cluster_of(const graph::ProcessGraph& graph, const Members& members, graph::NodeIndex node, Block* inside,
                   const std::vector<Satellite>& satellites, const std::string& language);

/// Lines between pools and between what stands apart, around everything, and the frames of groups.
void lead_other_lines(const graph::ProcessGraph& graph, const Members& members, const std::string& language,
                      Diagram& diagram);

}  // namespace echoflow::layout
