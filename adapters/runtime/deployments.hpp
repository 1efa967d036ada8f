#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "adapters/runtime/runtime.hpp"
#include "adapters/runtime/version.hpp"

namespace echoflow::runtime {

/// What is deployed, and its compiled form for as long as it is used: the sources are compiled when a process is first
/// needed, and the deployments used longest ago are forgotten again.
class Deployments {
 public:
  Deployments(engine::Store& store, const engine::ProcessCompiler& compiler, Metrics& metrics, Clock& clock,
              std::size_t warm);

  Outcome<void> load();
  Result<Deployed, DeployRefusal> deploy(const std::string& name, const Files& files);
  DirectoryPtr directory() const;
  Outcome<VersionPtr> version(std::int64_t process);
  Outcome<Files> files(std::int64_t deployment) const;

  /// Takes a deployment out of the directory, or puts it back, while its instances are looked at.
  Outcome<DeploymentInfo> withdraw(std::int64_t deployment);
  void restore(const DeploymentInfo& deployment);
  /// It is gone: its compiled form leaves the memory.
  void forget(std::int64_t deployment);

 private:
  struct Slot {
    std::mutex compiling;
    std::vector<VersionPtr> versions;  // empty: not compiled
    std::list<std::int64_t>::iterator used;
  };
  using SlotPtr = std::shared_ptr<Slot>;

  Outcome<std::vector<ProcessInfo>> index_of(std::int64_t deployment);
  void publish(std::shared_ptr<Directory> next);
  void insert(const DeploymentInfo& deployment);
  std::shared_ptr<Directory> copy_directory() const;
  SlotPtr slot(std::int64_t deployment);
  Outcome<void> compile(std::int64_t deployment, Slot& slot);

  engine::Store& store_;
  const engine::ProcessCompiler& compiler_;
  Metrics& metrics_;
  Clock& clock_;
  const std::size_t warm_;
  std::mutex changing_;  // one deployment or undeployment at a time
  mutable std::shared_mutex directory_mutex_;
  DirectoryPtr directory_;
  std::mutex slots_mutex_;
  std::unordered_map<std::int64_t, SlotPtr> slots_;
  std::list<std::int64_t> used_;  // newest first
};

}  // namespace echoflow::runtime
