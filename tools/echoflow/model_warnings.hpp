#pragma once
#include <map>
#include <string>

#include "models/base/diagnostic.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::tool {

/// What the analysis of a model is certain of, as warnings of its deployment.
Diagnostics model_warnings(const graph::ProcessGraph& graph, const std::string& file);
/// The same of a BPEL process that has no errors: soundness and data flow.
Diagnostics process_warnings(const std::string& file, const std::map<std::string, std::string>& files);

}  // namespace echoflow::tool
