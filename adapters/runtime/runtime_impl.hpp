#pragma once
#include "adapters/runtime/dispatcher.hpp"
#include "adapters/runtime/host.hpp"
#include "adapters/runtime/router.hpp"

namespace echoflow::runtime {

class Runtime::Impl {
 public:
  Impl(engine::Store& store, const engine::ProcessCompiler& compiler, PartnerClient& partners, Options options,
       Clock& clock)
      : host(store, compiler, partners, std::move(options), clock) {}

  /// One operator's act: a command whose commit is waited for.
  Outcome<void> act(InstanceId id, engine::Command command);
  Outcome<void> take_down(const DeploymentInfo& deployment, bool cascade);
  Outcome<std::int64_t> running_instances(const DeploymentInfo& deployment);
  void forget_old_replies();

  Host host;
};

}  // namespace echoflow::runtime
