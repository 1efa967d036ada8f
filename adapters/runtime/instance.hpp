#pragma once
#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/runtime/inbound.hpp"
#include "adapters/runtime/port.hpp"
#include "adapters/runtime/version.hpp"
#include "engine/core/command.hpp"
#include "engine/ports/store.hpp"

namespace echoflow::instances {
class InstanceState;
}

namespace echoflow::runtime {

/// Called once with how an operator's act ended.
using OnDone = std::function<void(Outcome<void>)>;

/// One command for one instance, and who has to hear of it.
struct Job {
  engine::Command command;
  InboundPtr inbound;              ///< of StartInstance and DeliverMessage; its message is in the command meanwhile
  OnDone done;                     ///< of an operator's act
  std::optional<ActivityId> call;  ///< of CompleteInvoke and FailInvoke
  std::vector<std::string> gates;  ///< closed until this start has shown what it waits for
};

/// A subscription that is shown to the router.
struct ShownSubscription {
  Port* port = nullptr;
  std::string key;
  Waiting waiting;
};

/// An instance in memory. Whoever set `busy` runs it, alone, until its turn is committed.
class Instance {
 public:
  explicit Instance(InstanceId instance);
  ~Instance();

  const InstanceId id;
  bool in_memory = false;  ///< of an in-memory process: never put out, never loaded

  std::mutex mutex;  // guards the next four
  std::list<Job> queue;
  bool busy = false;
  bool dropped = false;     ///< no longer the one: look it up again
  bool parked_any = false;  ///< has jobs that wait for its resumption

  std::atomic<bool> loaded{false};  ///< its subscriptions are shown to the router

  std::atomic<std::int64_t> process{0};  ///< its process definition; 0 until it is loaded

  // Only for whoever runs it:
  VersionPtr version;
  std::unique_ptr<instances::InstanceState> state;
  engine::InstanceRow row;
  std::uint64_t turns_since_snapshot = 0;
  std::vector<ShownSubscription> shown;
  std::vector<ExchangeId> exchanges;  ///< whose callers wait for a reply of this instance
  std::vector<Job> parked;            ///< timers and partners' answers that came while it was suspended

  std::atomic<std::size_t> bytes{2048};  ///< estimated
};
using InstancePtr = std::shared_ptr<Instance>;

}  // namespace echoflow::runtime
