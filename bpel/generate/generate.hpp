#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/graph/import_report.hpp"
#include "models/graph/process_graph.hpp"

/// A process graph as standard WS-BPEL 2.0: docs/translation.md says how each pattern is written.
namespace echoflow::generate {

/// A deployment made from a model. With an error among the findings nothing must be deployed: each error has the rule
/// "MODEL", and names the elements that stand in the way, with the line of the first.
struct Generated {
  std::map<std::string, std::string> files;  ///< path → content: .bpel, .wsdl, .xsd, echoflow.json if it needs one
  std::vector<graph::Loss> report;           ///< what was changed or left out; what is kept is not listed
  Diagnostics findings;
  /// Name of a BPEL activity, scope or variable → id of the element it was made from.
  std::map<std::string, std::string> sources;
};

/// One process for each executable process of the graph (all, when none says that it is executable), named after it.
Generated generate(const graph::ProcessGraph& graph);

}  // namespace echoflow::generate
