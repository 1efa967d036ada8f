#include "adapters/cx/kpis/processes.hpp"

namespace echoflow::cx_kpis {

namespace {
constexpr std::size_t most_known = 256;
}

std::shared_ptr<const kpis::ProcessInfo> DeployedProcesses::of_instance(InstanceId id) {
  const auto row = store_.instance(id);
  if (!row || !*row) return nullptr;
  return process((*row)->process);
}

std::shared_ptr<const kpis::ProcessInfo> DeployedProcesses::process(std::int64_t id) {
  if (const auto known = known_.find(id); known != known_.end()) return known->second;
  const auto directory = runtime_.directory();
  const auto* deployed = directory->process(id);
  if (!deployed) return nullptr;
  auto program = runtime_.program(id);
  if (!program) return nullptr;
  auto info = std::make_shared<kpis::ProcessInfo>();
  info->id = id;
  info->key = deployed->key;
  info->version = deployed->version;
  info->program = *program;
  if (known_.size() >= most_known) known_.clear();
  known_[id] = info;
  return info;
}

}  // namespace echoflow::cx_kpis
