#pragma once
#include "models/analysis/reporter.hpp"
#include "models/analysis/runs.hpp"

namespace echoflow::analysis {

/// Deadlock, lack of synchronisation, what is never reached, improper completion, and no way to an end, of one
/// container. `states` is what is left of Options::most_states.
void check_soundness(const View& view, Reporter& reporter, Analysis& analysis, std::size_t& states);

}  // namespace echoflow::analysis
