#pragma once
#include "engine/ports/compiler.hpp"
#include "engine/ports/process_models.hpp"

namespace echoflow::tool {

/// The engine's compiler port over bpel/. Models (.bpmn, .epml, ARIS's .xml) among the files are imported and written
/// as BPEL first; what is found in that is told of the model, and the process's file is the model.
class BpelCompiler : public engine::ProcessCompiler, public engine::ProcessModels {
 public:
  engine::CompiledDeployment compile(const std::map<std::string, std::string>& files) const override;
  engine::ProcessModel model(const std::map<std::string, std::string>& files, const std::string& file,
                             const QName& process) const override;
  std::map<std::string, std::string> interface_files(const std::map<std::string, std::string>& files) const override;
};

}  // namespace echoflow::tool
