#include "tests/runtime_scenarios/cached_compiler.hpp"

#include <mutex>

#include "bpel/compile/deployment.hpp"

namespace echoflow::scenario {
namespace {

class CachedCompiler final : public engine::ProcessCompiler {
 public:
  engine::CompiledDeployment compile(const std::map<std::string, std::string>& files) const override {
    std::lock_guard lock(mutex_);
    auto [known, added] = known_.try_emplace(files);
    if (!added) return known->second;
    auto compiled = compile::compile_deployment(source::SourceSet{files});
    for (auto& process : compiled.processes)
      known->second.processes.push_back({std::move(process.program), std::move(process.file), process.retired});
    known->second.findings = std::move(compiled.findings);
    return known->second;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::map<std::map<std::string, std::string>, engine::CompiledDeployment> known_;
};

}  // namespace

const engine::ProcessCompiler& cached_compiler() {
  static const CachedCompiler compiler;
  return compiler;
}

}  // namespace echoflow::scenario
