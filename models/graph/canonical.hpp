#pragma once
#include <string>
#include <string_view>

#include "models/graph/process_graph.hpp"

namespace echoflow::graph {

/// What a graph says, in lines that do not depend on ids, order, places or the notation's own words: two graphs that
/// say the same give the same text. Names are taken in `language`. What a notation needs and another does not say is
/// passed over: states between steps (they name the flow behind a decision), gateways with one way in and
/// out, lines between things that say no more than that they belong together. A lane
/// is a role that executes what lies in it.
std::string canonical(const ProcessGraph& graph, std::string_view language);

}  // namespace echoflow::graph
