#pragma once
#include <string>
#include <vector>

#include "models/analysis/analysis.hpp"
#include "models/analysis/view.hpp"

namespace echoflow::analysis {

/// Puts findings into words.
class Reporter {
 public:
  Reporter(const graph::ProcessGraph& graph, const Options& options, Analysis& out);

  struct Report {
    std::string_view rule;
    std::vector<NodeIndex> nodes;         ///< the first is the place
    std::vector<std::string> words = {};  ///< for {0}, {1} …; without them the names of the nodes
    std::vector<std::string> witness = {};
    bool certain = true;
  };
  void add(Report report);
  /// "'Check order'", or "the exclusive gateway g1" where there is no name.
  std::string name(NodeIndex node) const;
  std::string name(VertexIndex vertex, const View& view) const;
  std::string name_of_container(graph::ContainerIndex container) const;
  /// "'A', 'B' and 3 more".
  std::string list(const std::vector<NodeIndex>& nodes) const;
  std::string quoted(std::string_view text) const;
  bool german() const { return german_; }

 private:
  const graph::ProcessGraph& graph_;
  std::string language_;
  bool german_;
  Analysis& out_;
};

}  // namespace echoflow::analysis
