#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "adapters/runtime/committer.hpp"
#include "adapters/runtime/deployments.hpp"
#include "adapters/runtime/exchanges.hpp"
#include "adapters/runtime/ids.hpp"
#include "adapters/runtime/instance_cache.hpp"
#include "adapters/runtime/port.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/runtime/senders.hpp"
#include "adapters/runtime/shelf.hpp"
#include "adapters/runtime/timers.hpp"
#include "adapters/runtime/worker_pool.hpp"

namespace echoflow::runtime {

class Router;
class Dispatcher;

/// The parts of a running server, which know each other through it.
struct Host {
  Host(engine::Store& store, const engine::ProcessCompiler& compiler, PartnerClient& partners, Options options,
       Clock& clock);
  ~Host();

  const Options options;
  engine::Store& store;
  Clock& clock;
  Metrics metrics;
  EventFeed feed;
  IdBlocks ids;
  Deployments deployments;
  Ports ports;
  Exchanges exchanges;
  Shelf shelf;
  InstanceCache cache;
  Committer committer;
  Timers timers;
  Senders senders;
  std::unique_ptr<Router> router;
  std::unique_ptr<Dispatcher> dispatcher;
  WorkerPool workers;
  std::atomic<bool> running{false};

  /// Runs a task on a worker; at once when the server stops, so that nobody waits for it for ever.
  void later(WorkerPool::Task task) {
    if (!workers.submit(task)) task();
  }
};

}  // namespace echoflow::runtime
