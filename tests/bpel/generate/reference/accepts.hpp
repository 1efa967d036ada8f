#pragma once
#include <string>
#include <vector>

#include "tests/bpel/generate/reference/state.hpp"

namespace echoflow::generate::reference {

enum class Ended : std::uint8_t { completed, faulted, waits };

/// What an engine did: the scripts in the order and at the time in which they were run, and how it came to rest.
struct Observed {
  std::vector<std::pair<Time, NodeIndex>> marks;
  Ended ended = Ended::completed;
};

enum class Verdict : std::uint8_t { allowed, forbidden, undecided };

struct Judgement {
  Verdict verdict = Verdict::allowed;
  std::size_t matched = 0;  ///< how many marks the best run has in common with what was observed
};

/// Whether the rules allow a run that gives exactly that. Undecided when too many interleavings would have to be tried.
Judgement judge(const graph::ProcessGraph& graph, const Inputs& inputs, const Observed& observed);
/// One run that is allowed.
Observed one_run(const graph::ProcessGraph& graph, const Inputs& inputs);

std::string told(const graph::ProcessGraph& graph, const Observed& observed);

}  // namespace echoflow::generate::reference
