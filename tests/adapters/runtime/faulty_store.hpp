#pragma once
#include <atomic>
#include <functional>
#include <optional>

#include "engine/ports/store.hpp"

namespace echoflow::runtime::test {

/// A store that fails when the test says so, in front of one that works.
class FaultyStore final : public engine::Store {
 public:
  explicit FaultyStore(engine::Store& inner) : inner_(inner) {}

  /// Every write fails with this until it is none again.
  void break_with(std::optional<engine::StoreErrorKind> kind) { broken_ = kind ? static_cast<int>(*kind) : -1; }
  /// The next commit is done, but its answer is lost.
  void lose_next_answer() { lose_answer_ = true; }
  /// The next instance cannot be read, though all else works.
  void fail_next_load() { fail_load_ = true; }
  bool fails_next_load() const { return fail_load_; }
  /// Called before it tells how many instances run.
  std::function<void()> before_running_instances;
  /// Called before and after each write that is no commit; false: it fails, in the latter case though it was done.
  enum class Write { reserve_ids, hold_message, drop_held, postpone_outbox, finish_outbox };
  std::function<bool(Write write, bool done)> around_write;
  /// Called before each commit, for slow disks and the like.
  std::function<void()> before_commit;
  std::atomic<int> commits{0};

  template <class T>
  using R = Result<T, engine::StoreError>;
  engine::CxStore& cx() override { return inner_.cx(); }
  R<void> commit(std::span<engine::Turn> turns) override {
    if (before_commit) before_commit();
    if (auto e = error()) return fail(*e);
    auto done = inner_.commit(turns);
    ++commits;
    if (lose_answer_.exchange(false)) {
      broken_ = static_cast<int>(engine::StoreErrorKind::unavailable);
      return fail(*error());
    }
    return done;
  }
  R<std::int64_t> reserve_ids(std::int64_t count) override {
    return write(Write::reserve_ids, [&] { return inner_.reserve_ids(count); });
  }
  R<void> add_deployment(engine::DeploymentRow& d) override {
    if (auto e = error()) return fail(*e);
    return inner_.add_deployment(d);
  }
  R<std::vector<engine::DeploymentRow>> deployments(bool archives) override { return inner_.deployments(archives); }
  R<std::optional<engine::DeploymentRow>> deployment(std::int64_t id) override { return inner_.deployment(id); }
  R<void> remove_deployment(std::int64_t id) override {
    if (auto e = error()) return fail(*e);
    return inner_.remove_deployment(id);
  }
  R<std::int64_t> running_instances(std::int64_t d) override {
    if (before_running_instances) before_running_instances();
    return inner_.running_instances(d);
  }
  R<std::optional<engine::LoadedInstance>> load(InstanceId id) override {
    if (fail_load_.exchange(false))
      return fail(engine::StoreError{engine::StoreErrorKind::busy, "the database is locked: wait"});
    return inner_.load(id);
  }
  R<std::optional<engine::InstanceRow>> instance(InstanceId id) override { return inner_.instance(id); }
  R<std::vector<engine::InstanceRow>> instances(const engine::InstanceFilter& f) override {
    return inner_.instances(f);
  }
  R<std::vector<engine::JournalRow>> journal(InstanceId id, std::uint64_t after, std::uint32_t limit) override {
    return inner_.journal(id, after, limit);
  }
  R<std::vector<engine::SubscriptionRow>> subscriptions(InstanceId id) override { return inner_.subscriptions(id); }
  R<std::vector<engine::SubscriptionRow>> find_subscriptions(const std::string& p, const std::string& l,
                                                             const std::string& o, const std::string& k) override {
    return inner_.find_subscriptions(p, l, o, k);
  }
  R<std::vector<engine::TimerRow>> due_timers(TimePoint until, std::uint32_t limit) override {
    return inner_.due_timers(until, limit);
  }
  R<std::optional<TimePoint>> next_timer() override { return inner_.next_timer(); }
  R<std::vector<engine::OutboxRow>> due_outbox(TimePoint until, std::uint32_t limit) override {
    return inner_.due_outbox(until, limit);
  }
  R<void> postpone_outbox(InstanceId i, ActivityId a, std::uint32_t n, TimePoint t) override {
    return write(Write::postpone_outbox, [&] { return inner_.postpone_outbox(i, a, n, t); });
  }
  R<void> finish_outbox(InstanceId i, ActivityId a) override {
    return write(Write::finish_outbox, [&] { return inner_.finish_outbox(i, a); });
  }
  R<void> hold_message(const engine::HeldMessageRow& m) override {
    return write(Write::hold_message, [&] { return inner_.hold_message(m); });
  }
  R<std::vector<engine::HeldMessageRow>> held_messages(const std::string& p, const std::string& l, const std::string& o,
                                                       const std::string& k, std::uint32_t limit) override {
    return inner_.held_messages(p, l, o, k, limit);
  }
  R<std::vector<engine::HeldMessageRow>> held_after(std::int64_t after, std::uint32_t limit) override {
    return inner_.held_after(after, limit);
  }
  R<void> drop_held(std::int64_t id) override {
    return write(Write::drop_held, [&] { return inner_.drop_held(id); });
  }
  R<std::vector<engine::HeldCount>> held_counts() override { return inner_.held_counts(); }
  R<std::optional<engine::KeptReplyRow>> kept_reply(const std::string& k) override { return inner_.kept_reply(k); }
  R<std::vector<engine::IncidentRow>> incidents(std::int64_t b, std::uint32_t l) override {
    return inner_.incidents(b, l);
  }
  R<void> erase_payloads(InstanceId id) override { return inner_.erase_payloads(id); }
  R<engine::ChainCheck> check_chain(std::int64_t from) override { return inner_.check_chain(from); }
  R<std::vector<engine::JournalRow>> journal_rows(std::int64_t after, std::uint32_t limit) override {
    return inner_.journal_rows(after, limit);
  }
  R<engine::ChainHead> chain_head() override { return inner_.chain_head(); }
  R<void> drop_kept_replies(TimePoint before) override {
    if (auto e = error()) return fail(*e);
    return inner_.drop_kept_replies(before);
  }
  R<void> ping() override {
    if (auto e = error()) return fail(*e);
    return inner_.ping();
  }
  void free_caches() override { inner_.free_caches(); }

 private:
  template <class Work>
  auto write(Write kind, const Work& work) -> decltype(work()) {
    if (auto e = error()) return fail(*e);
    const engine::StoreError lost{engine::StoreErrorKind::unavailable, "the database does not answer"};
    if (around_write && !around_write(kind, false)) return fail(lost);
    auto done = work();
    if (around_write && !around_write(kind, true)) return fail(lost);
    return done;
  }
  std::optional<engine::StoreError> error() const {
    const int kind = broken_;
    if (kind < 0) return std::nullopt;
    return engine::StoreError{static_cast<engine::StoreErrorKind>(kind), "the disk is full: free some space"};
  }
  engine::Store& inner_;
  std::atomic<int> broken_{-1};
  std::atomic<bool> lose_answer_{false};
  std::atomic<bool> fail_load_{false};
};

}  // namespace echoflow::runtime::test
