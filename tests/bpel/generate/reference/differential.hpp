#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"
#include "tests/bpel/generate/reference/random_model.hpp"

namespace echoflow::generate::reference {

/// What came of a number of models. A run is a model with one set of start variables.
struct Tally {
  int models = 0;
  int runs = 0;
  int allowed = 0;
  int undecided = 0;
  int refused = 0;
  std::map<std::string, int> refusals;  ///< by reason, without what is the model's own
  std::vector<std::string> wrong;       ///< with all that is needed to see it again
};

/// The model of that seed, translated, run and judged; `runs` sets of start variables.
void try_model(Shape shape, unsigned seed, int runs, Tally& tally);
graph::ProcessGraph graph_of(Shape shape, unsigned seed, std::string& problems);
std::string told(const Tally& tally);

}  // namespace echoflow::generate::reference
