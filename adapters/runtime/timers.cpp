#include "adapters/runtime/timers.hpp"
#include "models/base/micros.hpp"

#include <algorithm>

namespace echoflow::runtime {
namespace {

constexpr std::int64_t window = 60 * second_micros;
constexpr std::int64_t look_every = second_micros / 4;
constexpr std::size_t page = 10'000;
constexpr std::size_t max_firing = 1'024;  // more at once would only wait in memory

}  // namespace

void Timers::start(OnDue on_due, std::function<bool()> callers_wait,
                   std::function<void(TimePoint)> look_after_callers) {
  on_due_ = std::move(on_due);
  callers_wait_ = std::move(callers_wait);
  look_after_callers_ = std::move(look_after_callers);
  stopping_ = false;
  thread_ = std::thread([this] { work(); });
}

void Timers::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Timers::scheduled(InstanceId instance, std::uint32_t timer, TimePoint due, bool stored) {
  std::lock_guard lock(mutex_);
  if (stored && due > loaded_until_) return;
  insert({instance, timer}, due, stored);
  if (std::get<0>(*pending_.begin()) == due) wake_.notify_all();
}

void Timers::insert(const Key& key, TimePoint due, bool stored) {
  auto [known, added] = known_.try_emplace(key, Known{due, stored, Phase::pending});
  if (!added) {
    if (known->second.phase != Phase::pending) return;
    pending_.erase({known->second.due, key.first, key.second});
    known->second.due = due;
  }
  pending_.insert({due, key.first, key.second});
}

void Timers::erase(std::map<Key, Known>::iterator known) {
  if (known->second.phase == Phase::pending)
    pending_.erase({known->second.due, known->first.first, known->first.second});
  if (known->second.phase == Phase::firing && firing_-- == max_firing) wake_.notify_all();
  known_.erase(known);
}

void Timers::cancelled(InstanceId instance, std::uint32_t timer) {
  std::lock_guard lock(mutex_);
  if (auto known = known_.find({instance, timer}); known != known_.end()) erase(known);
}

void Timers::parked(InstanceId instance, std::uint32_t timer) {
  std::lock_guard lock(mutex_);
  auto known = known_.find({instance, timer});
  if (known == known_.end() || known->second.phase != Phase::firing) return;
  known->second.phase = Phase::parked;
  if (firing_-- == max_firing) wake_.notify_all();
}

void Timers::postponed(InstanceId instance, std::uint32_t timer, TimePoint due) {
  std::lock_guard lock(mutex_);
  auto known = known_.find({instance, timer});
  if (known == known_.end() || known->second.phase != Phase::firing) return;
  --firing_;
  known->second.phase = Phase::pending;
  known->second.due = due;
  pending_.insert({due, instance, timer});
  wake_.notify_all();
}

void Timers::reload() {
  std::lock_guard lock(mutex_);
  for (auto known = known_.begin(); known != known_.end();) {
    auto next = std::next(known);
    if (known->second.stored) erase(known);
    known = next;
  }
  loaded_until_ = {INT64_MIN};
  wake_.notify_all();
}

void Timers::at(TimePoint due, std::function<void()> action) {
  std::lock_guard lock(mutex_);
  auto added = alarms_.emplace(due, std::move(action));
  if (added == alarms_.begin()) wake_.notify_all();
}

void Timers::caller_waits() {
  if (looking_after_callers_.load(std::memory_order_relaxed)) return;
  std::lock_guard lock(mutex_);
  looking_after_callers_ = true;
  wake_.notify_all();
}

bool Timers::at_rest() const {
  std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  return asleep_ && firing_ == 0 && loaded_until_ > now && (pending_.empty() || std::get<0>(*pending_.begin()) > now) &&
         (alarms_.empty() || alarms_.begin()->first > now);
}

void Timers::work() {
  std::unique_lock lock(mutex_);
  TimePoint looked{INT64_MIN};
  while (!stopping_) {
    const auto now = clock_.now();
    if (now.micros - look_every >= looked.micros && callers_wait_()) {
      looked = now;
      lock.unlock();
      look_after_callers_(now);
      lock.lock();
    }
    looking_after_callers_ = callers_wait_();
    if (loaded_until_ <= now && pending_.size() < page / 2) load(lock, now);
    if (stopping_) return;
    if (run_alarm(lock, now) || fire_next(lock, now)) continue;
    asleep_ = true;
    clock_.wait_until(lock, wake_, next_wake(now));
    asleep_ = false;
  }
}

void Timers::load(std::unique_lock<std::mutex>& lock, TimePoint now) {
  const TimePoint until{now.micros + window};
  const auto limit = page + known_.size();
  loaded_until_ = until;  // what is scheduled meanwhile is added by its commit
  lock.unlock();
  auto rows = store_.due_timers(until, static_cast<std::uint32_t>(std::min<std::size_t>(limit, UINT32_MAX)));
  lock.lock();
  if (!rows) {
    loaded_until_ = std::min(loaded_until_, TimePoint{now.micros + second_micros});
    return;
  }
  for (const auto& row : *rows)
    if (!known_.contains({row.instance, row.timer})) insert({row.instance, row.timer}, row.due, true);
  if (rows->size() >= limit) loaded_until_ = std::min(loaded_until_, TimePoint{rows->back().due.micros - 1});
}

bool Timers::run_alarm(std::unique_lock<std::mutex>& lock, TimePoint now) {
  if (alarms_.empty() || alarms_.begin()->first > now) return false;
  auto action = std::move(alarms_.begin()->second);
  alarms_.erase(alarms_.begin());
  lock.unlock();
  action();
  lock.lock();
  return true;
}

bool Timers::fire_next(std::unique_lock<std::mutex>& lock, TimePoint now) {
  if (pending_.empty() || std::get<0>(*pending_.begin()) > now || firing_ >= max_firing) return false;
  const auto [due, instance, timer] = *pending_.begin();
  pending_.erase(pending_.begin());
  known_.find({instance, timer})->second.phase = Phase::firing;
  ++firing_;
  lock.unlock();
  on_due_(instance, timer);
  lock.lock();
  return true;
}

TimePoint Timers::next_wake(TimePoint now) const {
  auto wake = loaded_until_ > now ? loaded_until_ : TimePoint{now.micros + window};
  if (!pending_.empty() && firing_ < max_firing) wake = std::min(wake, std::get<0>(*pending_.begin()));
  if (!alarms_.empty()) wake = std::min(wake, alarms_.begin()->first);
  if (looking_after_callers_) wake = std::min(wake, TimePoint{now.micros + look_every});
  return std::max(wake, TimePoint{now.micros + 1});
}

}  // namespace echoflow::runtime
