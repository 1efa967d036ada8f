#pragma once
#include "engine/ports/compiler.hpp"

namespace echoflow::tool {

/// The engine's compiler port over bpel/.
class BpelCompiler : public engine::ProcessCompiler {
 public:
  engine::CompiledDeployment compile(const std::map<std::string, std::string>& files) const override;
};

}  // namespace echoflow::tool
