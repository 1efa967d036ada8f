#pragma once
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/runtime/instance.hpp"
#include "adapters/runtime/runtime.hpp"
#include "engine/core/batch.hpp"

namespace echoflow::runtime {

/// A turn that has run and is not durable yet: nothing of it may leave before.
struct PendingTurn {
  InstancePtr instance;
  Job job;
  engine::Turn turn;
  engine::Batch batch;
};
using PendingTurnPtr = std::unique_ptr<PendingTurn>;

/// The store thread: takes the turns of all instances that are waiting and commits them in one transaction. A turn that
/// comes alone is committed by the thread that brings it, when that would wait anyway: two changes of thread less. When
/// the database cannot be written it says so, fails what is waiting, and looks with growing pauses whether it can be
/// again.
class Committer {
 public:
  struct Listener {
    virtual ~Listener() = default;
    virtual void on_committed(PendingTurn& turn) = 0;
    virtual void on_failed(PendingTurn& turn, const Failure& why) = 0;
    virtual void on_outage(const std::string& reason) = 0;
    virtual void on_recovered() = 0;
  };

  Committer(engine::Store& store, const Options& options, Metrics& metrics);
  ~Committer() { stop(); }
  void start(Listener& listener);
  /// Commits what is waiting, then ends. Idempotent.
  void stop();

  /// May call on_failed at once, in this thread; with `may_commit_here` also on_committed, after the commit.
  void submit(PendingTurnPtr turn, bool may_commit_here = false);
  bool ready() const { return ready_.load(std::memory_order_acquire); }
  std::string reason() const;
  /// Does nothing wait for its commit?
  bool at_rest() const;
  /// Somebody else met an error of the store: looks whether it can be written.
  void suspect();

 private:
  using Group = std::vector<PendingTurnPtr>;
  void work();
  Group wait_for_group();
  void commit_here(PendingTurnPtr turn);
  void end_commit_here();
  void commit(Group& group);
  void finish(Group& group, std::vector<engine::Turn>& turns, const Result<void, engine::StoreError>& written);
  Result<void, engine::StoreError> write(std::span<engine::Turn> turns);
  void commit_one_by_one(Group& group, std::vector<engine::Turn>& turns);
  void fail_group(Group& group, const Failure& why);
  void begin_outage(const engine::StoreError& error);
  void recover();
  bool crossed(CommitStage stage);

  engine::Store& store_;
  const Options& options_;
  Metrics& metrics_;
  Listener* listener_ = nullptr;
  mutable std::mutex mutex_;
  std::condition_variable more_;
  Group waiting_;
  std::string reason_;
  bool stopping_ = true;
  bool suspicious_ = false;
  bool committing_ = false;  ///< by the thread or by one that brought a turn
  bool came_alone_ = true;   ///< the group before had one turn: nothing is won by waiting for others
  std::atomic<bool> ready_{false};
  std::atomic<bool> halted_{false};
  std::thread thread_;
};

}  // namespace echoflow::runtime
