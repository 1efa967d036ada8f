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
  /// Puts instances that sleep out of memory, again and again.
  void cool_down();
  void give_memory_back();
  void fail_callers_of_removed(const Failure& why);

  Host host;

 private:
  std::uint64_t work_before_ = 0, work_given_back_ = 0;  // only the timer thread
};

}  // namespace echoflow::runtime
