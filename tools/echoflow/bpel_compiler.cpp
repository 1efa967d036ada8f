#include "tools/echoflow/bpel_compiler.hpp"

#include "bpel/compile/deployment.hpp"

namespace echoflow::tool {

engine::CompiledDeployment BpelCompiler::compile(const std::map<std::string, std::string>& files) const {
  source::SourceSet sources{files};
  auto deployment = compile::compile_deployment(sources);
  engine::CompiledDeployment compiled;
  compiled.findings = std::move(deployment.findings);
  for (auto& process : deployment.processes)
    compiled.processes.push_back({std::move(process.program), std::move(process.file), process.retired});
  return compiled;
}

}  // namespace echoflow::tool
