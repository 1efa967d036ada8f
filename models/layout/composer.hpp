#pragma once
// Inside models/layout only.
#include <map>

#include "models/layout/bands.hpp"
#include "models/layout/block.hpp"
#include "models/layout/structure_order.hpp"

namespace echoflow::layout {

inline constexpr double frame_head = 30;  ///< of a pool or lane, with its name
inline constexpr double lane_padding = 18;
inline constexpr double side_padding = 24;

/// What stands in one process or sub-process, and where it is in a network.
struct Content {
  StructureOrder order;
  Bands bands;
  std::vector<graph::NodeIndex> flow;   ///< in the layered placement
  std::vector<graph::NodeIndex> apart;  ///< what no flow leads to or from
  std::map<graph::NodeIndex, std::vector<Satellite>> satellites;
  std::vector<Cluster> clusters;                   ///< by item, from the first
  std::map<graph::NodeIndex, std::uint32_t> item;  ///< of the network
  std::vector<PlacedEdge> lines;                   ///< by link, from the first
  std::uint32_t first_item = 0;
  std::uint32_t first_link = 0;
  std::uint32_t first_band = 0;
};

/// Makes blocks of processes and sub-processes.
class Composer {
 public:
  Composer(const graph::ProcessGraph& graph, const Members& members, const std::string& language)
      : graph_(graph), members_(members), language_(language) {}

  /// The inside of a process or sub-process, without a frame.
  Block inside(graph::ContainerIndex container);

  // In steps, for several processes in one network:
  Content content_of(graph::ContainerIndex container) const;
  /// Adds the content's bands, items and links to the network.
  void add_to(layered::Network& network, Content& content);
  /// What stands apart gets a band of its own below.
  void add_apart(layered::Network& network, Content& content);
  /// Its symbols and lines, where the network has them.
  Block take(Content& content, const layered::Placed& placed) const;
  /// Its lanes; `right` is where they end.
  void add_lanes(const Content& content, const layered::Placed& placed, double right, Block& block) const;

 private:
  bool is_linked(graph::NodeIndex node) const;
  std::pair<graph::NodeIndex, std::size_t> host_of(graph::NodeIndex node) const;
  Cluster cluster(graph::NodeIndex node, Content& content);
  void add_item(graph::NodeIndex node, std::uint32_t band, layered::Network& network, Content& content);
  std::uint32_t band_of(graph::NodeIndex node, const Content& content) const;
  void least_heights(const Content& content, layered::Network& network) const;
  void add_links(graph::NodeIndex host, graph::NodeIndex from, const Exit* exit, Content& content,
                 layered::Network& network) const;
  void add_shelf(Content& content, Block& block);

  const graph::ProcessGraph& graph_;
  const Members& members_;
  const std::string& language_;
};

}  // namespace echoflow::layout
