#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/program/program.hpp"

namespace echoflow::engine {

struct CompiledProcess {
  program::ProgramPtr program;
  std::string file;      ///< the .bpel in the deployment
  bool retired = false;  ///< deploy.xml: does not start new instances
};
struct CompiledDeployment {
  std::vector<CompiledProcess> processes;  ///< empty when findings holds an error
  Diagnostics findings;                    ///< errors and warnings, ordered by file, line, column, rule
};

/// Files of a deployment → programs. Implemented over bpel/ in the composition root, because engine and adapters never
/// see bpel.
class ProcessCompiler {
 public:
  virtual ~ProcessCompiler() = default;
  virtual CompiledDeployment compile(const std::map<std::string, std::string>& files) const = 0;
};

}  // namespace echoflow::engine
