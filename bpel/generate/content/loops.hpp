#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"

namespace echoflow::generate {

/// Of what a multi-instance activity has one instance each, and what comes out: as BPMN says it, or the extensions of
/// tools that have the same.
struct Collections {
  std::string input_data;                   ///< id of data
  std::optional<graph::Expression> input;   ///< or an expression that gives the collection
  std::string input_item;                   ///< name of the variable that holds one item
  std::string output_data;                  ///< id of data
  std::string output_name;                  ///< or the name of a variable
  std::string output_item;                  ///< name of the variable that an instance gives
  std::optional<graph::Expression> output;  ///< or an expression of it
  bool empty() const { return input_data.empty() && !input; }
};

Collections collections_of(const graph::ProcessGraph& graph, graph::NodeIndex node);

}  // namespace echoflow::generate
