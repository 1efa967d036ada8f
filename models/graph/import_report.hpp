#pragma once
#include <string>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::graph {

enum class LossKind : std::uint8_t { kept, changed, left_out };

/// One line of a loss report: what became of an element of the source.
struct Loss {
  LossKind kind = LossKind::kept;
  std::string id;       ///< of the source's element; "" where it has none
  std::string element;  ///< its type in the source: "bpmn:dataStore", "OT_FUNC"
  std::string what;     ///< one plain English sentence; "" for what is kept as it is
  SourceLocation where;
};

/// What an importer gives: the graph, what became of every element, and what is wrong with the file. With an error
/// among the findings the graph is what could be read, for drawing, and must not be deployed.
struct Imported {
  ProcessGraph graph;
  std::vector<Loss> report;
  Diagnostics findings;
};

}  // namespace echoflow::graph
