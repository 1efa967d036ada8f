#pragma once
// Inside models/layout only.
#include "models/layout/diagram.hpp"

namespace echoflow::layout {

/// Our own layout: left to right, the structure tree's order, lanes and pools as rows, sub-processes nested.
Diagram own_layout(const graph::ProcessGraph& graph, const std::string& language);

/// The source's layout, with what is missing or broken put right.
Diagram kept_layout(const graph::ProcessGraph& graph, const std::string& language);

/// The source's layout covers enough of the model to be worth keeping.
bool has_layout(const graph::ProcessGraph& graph);

}  // namespace echoflow::layout
