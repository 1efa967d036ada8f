#pragma once
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"
#include "models/layout/drawing.hpp"

/// Where everything of a process graph stands.
namespace echoflow::layout {

/// A text broken into lines, and the place it takes.
struct Label {
  std::vector<std::string> lines;
  double size = 11;  ///< font size
  Bounds bounds;
  bool cut = false;  ///< the text is longer than its place holds, even in the smallest font
};

struct PlacedNode {
  graph::NodeIndex node = graph::none;
  Bounds bounds;        ///< of the symbol
  bool inside = false;  ///< the label stands inside the symbol
  bool open = false;    ///< a sub-process whose inside is drawn
  Label label;
};

/// A participant's pool, or a process of a collaboration that no pool frames.
struct PlacedPool {
  std::size_t participant = graph::none;
  Bounds bounds;
  Label label;  ///< reads upwards in the pool's head, or level where the pool is a black box or stands upright
};

struct PlacedLane {
  graph::NodeIndex node = graph::none;
  Bounds bounds;
  Label label;
};

enum class EdgeKind : std::uint8_t { flow, message, relation };

struct PlacedEdge {
  EdgeKind kind = EdgeKind::flow;
  std::size_t index = 0;  ///< in the graph's flows, message flows or relations
  std::vector<Point> points;
  Label label;
};

/// Outer things first: pools, lanes, and sub-processes before what is in them.
struct Diagram {
  double width = 0;
  double height = 0;
  bool kept = false;  ///< the source's own layout
  std::vector<PlacedPool> pools;
  std::vector<PlacedLane> lanes;
  std::vector<PlacedNode> nodes;
  std::vector<PlacedEdge> edges;
};

enum class Placement : std::uint8_t {
  source_first,  ///< the source's layout where it has one, else our own
  source,        ///< the source's layout, completed, however little of it there is
  own,
};

struct LayoutOptions {
  std::string language = "en";
  Placement placement = Placement::source_first;
};

/// Deterministic; never fails: what the source places badly is put right.
Diagram lay_out(const graph::ProcessGraph& graph, const LayoutOptions& options = {});

}  // namespace echoflow::layout
