#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "adapters/runtime/runtime.hpp"
#include "engine/cx/kpis/fact_reader.hpp"

namespace echoflow::cx_kpis {

/// The deployed processes for whoever reads the journal; keeps the programs that it used.
class DeployedProcesses final : public kpis::ProcessFinder {
 public:
  /// Both outlive it.
  DeployedProcesses(const runtime::Runtime& runtime, engine::Store& store) : runtime_(runtime), store_(store) {}
  std::shared_ptr<const kpis::ProcessInfo> of_instance(InstanceId id) override;
  std::shared_ptr<const kpis::ProcessInfo> process(std::int64_t id) override;

 private:
  const runtime::Runtime& runtime_;
  engine::Store& store_;
  std::map<std::int64_t, std::shared_ptr<const kpis::ProcessInfo>> known_;
};

}  // namespace echoflow::cx_kpis
