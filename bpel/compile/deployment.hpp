#pragma once
#include <string>
#include <vector>

#include "bpel/source/source_set.hpp"
#include "models/base/diagnostic.hpp"
#include "models/program/program.hpp"

namespace echoflow::compile {

struct DeployedProcess {
  program::ProgramPtr program;
  std::string file;
  bool retired = false;  ///< takes no new instances
};

/// Everything a deployment gives: `processes` is empty when `findings` has an error.
struct Deployment {
  std::vector<DeployedProcess> processes;
  Diagnostics findings;  ///< ordered by order_findings()
};

/// Parses, checks and compiles every .bpel file of a deployment. `check` runs between parsing and compiling: true for
/// all findings of the static analysis (deploying, checking), false to recompile what was checked before.
Deployment compile_deployment(const source::SourceSet& sources, bool check = true);

}  // namespace echoflow::compile
