#pragma once
// Inside models/layout only.
#include "models/layout/composer.hpp"

namespace echoflow::layout {

inline constexpr double diagram_margin = 20;
inline constexpr double black_box_height = 60;

/// Pools below each other in common columns, so that the ends of message flows stand over each other.
Diagram common_columns(const graph::ProcessGraph& graph, const Members& members, const std::string& language);

}  // namespace echoflow::layout
