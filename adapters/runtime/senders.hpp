#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "adapters/runtime/deployments.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/runtime/timers.hpp"
#include "engine/core/command.hpp"

namespace echoflow::runtime {

/// A partner call that must be made.
struct PartnerSend {
  InstanceId instance = 0;
  ActivityId activity = 0;
  program::NodeId node = program::none;
  std::string address;
  Message message;
  bool one_way = false;
  unsigned attempts = 0;  ///< made so far
  VersionPtr version;     ///< null: to be looked up
  std::string body;       ///< the encoded message, when `version` is null
  bool stored = true;     ///< it stands in the outbox of the store
};

/// Calls partners on a bounded number of threads, again and again as their settings say. What does not fit into memory
/// stays in the store's outbox until there is room.
class Senders {
 public:
  using OnResult = std::function<void(InstanceId, ActivityId, engine::Command)>;
  Senders(engine::Store& store, PartnerClient& client, Deployments& deployments, Timers& timers, Clock& clock,
          Metrics& metrics, unsigned max_threads);
  ~Senders() { stop(); }
  void start(OnResult on_result);
  void stop();

  void add(PartnerSend send);
  /// Its answer was taken, or it is not waited for any more.
  void finished(InstanceId instance, ActivityId activity);
  /// Its answer is not waited for any more: the partner is told.
  void abandoned(InstanceId instance, ActivityId activity);
  /// Takes up what the outbox holds and is not under way.
  void reload();
  /// Calls that wait for a thread or for the partner's answer.
  std::size_t under_way() const;

 private:
  using Key = std::pair<InstanceId, ActivityId>;
  void work();
  void enqueue(std::unique_lock<std::mutex>& lock, PartnerSend send);
  void scan();
  void attempt(PartnerSend send);
  Outcome<void> resolve(PartnerSend& send);
  void postpone(PartnerSend send, std::uint32_t delay_ms);
  void give_up(const PartnerSend& send, const TransportFailure& failure, bool incident);
  void park(const PartnerSend& send);
  void forget(const PartnerSend& send);
  bool wanted(const PartnerSend& send);

  engine::Store& store_;
  PartnerClient& client_;
  Deployments& deployments_;
  Timers& timers_;
  Clock& clock_;
  Metrics& metrics_;
  const unsigned max_threads_;
  OnResult on_result_;
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::deque<PartnerSend> queue_;
  std::set<Key> known_;  // queued, under way, postponed, or answered and not yet committed
  std::vector<std::thread> threads_;
  unsigned idle_ = 0;
  std::size_t attempting_ = 0;
  bool more_in_store_ = false;
  bool stopping_ = true;
};

}  // namespace echoflow::runtime
