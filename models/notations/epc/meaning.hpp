#pragma once
#include <optional>
#include <vector>

#include "models/graph/import_report.hpp"
#include "models/notations/epc/rules.hpp"

namespace echoflow::epc {

/// Of each node: the condition that an event carries.
using Conditions = std::vector<std::optional<graph::Expression>>;

/// What a chain says by how its parts are connected: which events start and end it, what people do, which way
/// gateways go, what a decision is called and who makes it.
void give_meaning(graph::ProcessGraph& graph, const Kinds& kinds, const Conditions& conditions,
                  std::vector<graph::Loss>& report);

}  // namespace echoflow::epc
