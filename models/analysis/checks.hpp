#pragma once
#include <vector>

#include "models/analysis/reporter.hpp"
#include "models/analysis/view.hpp"

namespace echoflow::analysis {

/// What is read before it is written, never read, or used side by side. `views`: of every container, in their order.
void check_data(const graph::ProcessGraph& graph, const std::vector<View>& views, Reporter& reporter);

/// Waiting without time-out, tasks without escalation, customers without KPI, handlers that nothing sets off.
void check_waiting(const graph::ProcessGraph& graph, Reporter& reporter);

/// What makes a model hard to read: mostly the seven process modelling guidelines of Mendling, Reijers & van der Aalst
/// (2010).
void check_style(const View& view, Reporter& reporter);

}  // namespace echoflow::analysis
