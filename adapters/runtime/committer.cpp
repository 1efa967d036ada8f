#include "adapters/runtime/committer.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "adapters/runtime/failures.hpp"

namespace echoflow::runtime {
namespace {

constexpr std::chrono::milliseconds longest_pause{5'000};

engine::StoreError stopped() {
  return {engine::StoreErrorKind::unavailable, "the server is stopping; try again when it runs"};
}

}  // namespace

Committer::Committer(engine::Store& store, const Options& options, Metrics& metrics)
    : store_(store), options_(options), metrics_(metrics) {}

void Committer::start(Listener& listener) {
  std::lock_guard lock(mutex_);
  listener_ = &listener;
  stopping_ = false;
  ready_ = true;
  metrics_.ready.store(1);
  thread_ = std::thread([this] { work(); });
}

void Committer::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  more_.notify_all();
  if (thread_.joinable()) thread_.join();
  {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return !committing_; });
  }
  ready_ = false;
  metrics_.ready.store(0);
}

void Committer::submit(PendingTurnPtr turn, bool may_commit_here) {
  Failure why;
  {
    std::unique_lock lock(mutex_);
    if (ready_ && !stopping_ && !halted_) {
      const bool first = waiting_.empty() && !committing_;
      if (first && may_commit_here && came_alone_ && !suspicious_) {
        committing_ = true;
        lock.unlock();
        return commit_here(std::move(turn));
      }
      waiting_.push_back(std::move(turn));
      lock.unlock();
      if (first) more_.notify_one();
      return;
    }
    why = unavailable(ready_ ? stopped().message : reason_);
  }
  listener_->on_failed(*turn, why);
}

std::string Committer::reason() const {
  std::lock_guard lock(mutex_);
  return ready_ ? "" : reason_;
}

bool Committer::at_rest() const {
  std::lock_guard lock(mutex_);
  return waiting_.empty() && !committing_;
}

void Committer::suspect() {
  {
    std::lock_guard lock(mutex_);
    suspicious_ = true;
  }
  more_.notify_one();
}

void Committer::work() {
  while (true) {
    auto group = wait_for_group();
    if (!group.empty()) {
      commit(group);
      std::lock_guard lock(mutex_);
      committing_ = false;
      continue;
    }
    std::unique_lock lock(mutex_);
    if (stopping_ && (waiting_.empty() || !ready_)) break;
    if (!suspicious_) continue;
    suspicious_ = false;
    lock.unlock();
    if (ready_)
      if (auto alive = store_.ping(); !alive) begin_outage(alive.error());
    if (!ready_) recover();
  }
  Group rest;
  {
    std::lock_guard lock(mutex_);
    rest.swap(waiting_);
  }
  fail_group(rest, unavailable(stopped().message));
}

Committer::Group Committer::wait_for_group() {
  std::unique_lock lock(mutex_);
  more_.wait(lock, [&] { return !committing_ && (stopping_ || suspicious_ || !waiting_.empty()); });
  Group group;
  committing_ = !waiting_.empty();
  came_alone_ = waiting_.size() <= 1;
  if (waiting_.size() <= options_.max_group) {
    group.swap(waiting_);
    waiting_.reserve(group.size());
    return group;
  }
  auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(options_.max_group);
  std::move(waiting_.begin(), end, std::back_inserter(group));
  waiting_.erase(waiting_.begin(), end);
  return group;
}

void Committer::commit_here(PendingTurnPtr turn) {
  Group group;
  group.push_back(std::move(turn));
  std::vector<engine::Turn> turns;
  turns.push_back(std::move(group.front()->turn));
  if (!crossed(CommitStage::before)) {
    end_commit_here();
    return fail_group(group, unavailable(stopped().message));
  }
  auto written = write(turns);
  const bool halted = !crossed(CommitStage::after);
  // The next group need not wait until this one's caller has its answer.
  end_commit_here();
  if (halted) return fail_group(group, unavailable(stopped().message));
  finish(group, turns, written);
}

void Committer::end_commit_here() {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    committing_ = false;
    wake = stopping_ || suspicious_ || !waiting_.empty();
  }
  if (wake) more_.notify_all();
}

void Committer::commit(Group& group) {
  if (!ready_ || halted_) return fail_group(group, unavailable(reason()));
  std::vector<engine::Turn> turns;
  turns.reserve(group.size());
  for (auto& pending : group) turns.push_back(std::move(pending->turn));
  if (!crossed(CommitStage::before)) return fail_group(group, unavailable(stopped().message));
  auto written = write(turns);
  if (!crossed(CommitStage::after)) return fail_group(group, unavailable(stopped().message));
  finish(group, turns, written);
}

void Committer::finish(Group& group, std::vector<engine::Turn>& turns,
                       const Result<void, engine::StoreError>& written) {
  if (written) {
    for (auto& pending : group) listener_->on_committed(*pending);
    return;
  }
  if (!is_outage(written.error().kind) && store_.ping()) return commit_one_by_one(group, turns);
  begin_outage(written.error());
  fail_group(group, unavailable(written.error().message));
}

Result<void, engine::StoreError> Committer::write(std::span<engine::Turn> turns) {
  const auto before = std::chrono::steady_clock::now();
  auto written = store_.commit(turns);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before);
  metrics_.observe_commit(static_cast<std::uint64_t>(micros.count()));
  if (written) {
    metrics_.commits.fetch_add(1, std::memory_order_relaxed);
    metrics_.turns_committed.fetch_add(turns.size(), std::memory_order_relaxed);
  } else {
    metrics_.commit_failures.fetch_add(1, std::memory_order_relaxed);
    spdlog::error("a transaction with {} turns failed: {}", turns.size(), written.error().message);
  }
  return written;
}

/// The database works, so one of the turns is at fault: the others must not suffer for it.
void Committer::commit_one_by_one(Group& group, std::vector<engine::Turn>& turns) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    auto written = ready_ ? write({&turns[i], 1}) : Result<void, engine::StoreError>(fail(stopped()));
    if (written) {
      listener_->on_committed(*group[i]);
      continue;
    }
    if (is_outage(written.error().kind) && ready_) begin_outage(written.error());
    listener_->on_failed(*group[i], store_failure(written.error()));
  }
}

void Committer::fail_group(Group& group, const Failure& why) {
  for (auto& pending : group) listener_->on_failed(*pending, why);
}

void Committer::begin_outage(const engine::StoreError& error) {
  {
    std::lock_guard lock(mutex_);
    if (!ready_.exchange(false)) return;  // another group has met it, too
    reason_ = error.message;
  }
  metrics_.ready.store(0);
  spdlog::error("the database cannot be written: {}", error.message);
  listener_->on_outage(error.message);
  // Only now, so that its recovery is told after it.
  suspect();
}

void Committer::recover() {
  auto pause = options_.retry_ping;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    Group rest;
    rest.swap(waiting_);
    lock.unlock();
    fail_group(rest, unavailable(reason()));
    const bool alive = store_.ping().ok();
    lock.lock();
    if (alive) {
      suspicious_ = false;
      ready_ = true;
      metrics_.ready.store(1);
      lock.unlock();
      spdlog::info("the database can be written again");
      return listener_->on_recovered();
    }
    more_.wait_for(lock, pause, [&] { return stopping_; });
    pause = std::min(pause * 2, longest_pause);
  }
}

bool Committer::crossed(CommitStage stage) {
  if (!options_.on_commit || options_.on_commit(stage)) return true;
  std::lock_guard lock(mutex_);
  halted_ = true;
  ready_ = false;
  reason_ = stopped().message;
  return false;
}

}  // namespace echoflow::runtime
