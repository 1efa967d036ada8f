#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "adapters/runtime/clock.hpp"
#include "engine/ports/store.hpp"

namespace echoflow::runtime {

/// The timer thread. Of the timers in the store only those of the next minute are in memory; timers of in-memory
/// processes always are. Also wakes others at a time, once.
class Timers {
 public:
  using OnDue = std::function<void(InstanceId, std::uint32_t timer)>;
  Timers(engine::Store& store, Clock& clock) : store_(store), clock_(clock) {}
  ~Timers() { stop(); }
  /// `look_after_callers` is called four times a second while `callers_wait` holds.
  void start(OnDue on_due, std::function<bool()> callers_wait, std::function<void(TimePoint)> look_after_callers);
  void stop();

  void scheduled(InstanceId instance, std::uint32_t timer, TimePoint due, bool stored);
  void cancelled(InstanceId instance, std::uint32_t timer);
  /// The instance has taken or refused it.
  void finished(InstanceId instance, std::uint32_t timer) { cancelled(instance, timer); }
  /// The instance is suspended and will take it when it is resumed.
  void parked(InstanceId instance, std::uint32_t timer);
  /// The instance could not take it: fires again.
  void postponed(InstanceId instance, std::uint32_t timer, TimePoint due);
  /// Forgets what it read from the store and reads it again.
  void reload();
  void at(TimePoint due, std::function<void()> action);
  /// A caller began to wait.
  void caller_waits();
  /// Has everything that is due by now been brought to where it belongs?
  bool at_rest() const;

 private:
  using Key = std::pair<InstanceId, std::uint32_t>;
  enum class Phase { pending, firing, parked };
  struct Known {
    TimePoint due;
    bool stored = true;
    Phase phase = Phase::pending;
  };

  void work();
  void load(std::unique_lock<std::mutex>& lock, TimePoint now);
  void insert(const Key& key, TimePoint due, bool stored);
  void erase(std::map<Key, Known>::iterator known);
  bool fire_next(std::unique_lock<std::mutex>& lock, TimePoint now);
  bool run_alarm(std::unique_lock<std::mutex>& lock, TimePoint now);
  TimePoint next_wake(TimePoint now) const;

  engine::Store& store_;
  Clock& clock_;
  OnDue on_due_;
  std::function<bool()> callers_wait_;
  std::function<void(TimePoint)> look_after_callers_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<Key, Known> known_;
  std::set<std::tuple<TimePoint, InstanceId, std::uint32_t>> pending_;
  std::multimap<TimePoint, std::function<void()>> alarms_;
  TimePoint loaded_until_{INT64_MIN};  // what the store holds up to here is known
  std::size_t firing_ = 0;
  std::atomic<bool> looking_after_callers_{false};
  bool asleep_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace echoflow::runtime
