#pragma once
#include <mutex>
#include <set>
#include <shared_mutex>
#include <vector>

#include "adapters/runtime/committer.hpp"
#include "adapters/runtime/host.hpp"

namespace echoflow::runtime {

/// Where a turn runs: in the thread that brings the command, which saves two hops between threads, or on a worker.
enum class Drive { here, worker };

/// Runs commands: one turn of an instance at a time, the next after the commit of the one before. What a turn gives to
/// the world leaves only after its commit.
class Dispatcher final : public Committer::Listener {
 public:
  explicit Dispatcher(Host& host) : host_(host) {}

  /// A command for an instance that exists.
  void post(InstanceId id, Job job, Drive drive);
  /// Starts a new instance with its first command.
  void start(VersionPtr version, Job job, Drive drive);
  void fire_timer(InstanceId id, std::uint32_t timer);
  void finish_call(InstanceId id, ActivityId activity, engine::Command command);

  /// Refuses every further turn of these processes and waits until none is under way.
  bool close(const std::set<std::int64_t>& processes);
  void reopen(const std::set<std::int64_t>& processes);
  /// Puts the instances of these processes out of memory.
  void forget(const std::set<std::int64_t>& processes, const Failure& why);

  /// Puts all instances out of memory when the server stops.
  void drop_all(const Failure& why);

  void on_committed(PendingTurn& turn) override;
  void on_failed(PendingTurn& turn, const Failure& why) override;
  void on_outage(const std::string& reason) override;
  void on_recovered() override;

 private:
  /// Why an instance cannot be had: it has ended, or the store fails.
  using LoadProblem = std::variant<engine::Refusal, Failure>;

  bool enqueue(const InstancePtr& instance, Job& job, Drive drive);
  void run(const InstancePtr& instance, int turns);
  bool run_one(const InstancePtr& instance, Job job);
  Outcome<Result<engine::Batch, engine::Refusal>> turn(Instance& instance, const engine::Command& command,
                                                       TimePoint now);
  void give_up_turn(const InstancePtr& instance, Job job, const Failure& why);
  std::optional<LoadProblem> load(Instance& instance);
  void refuse(Instance& instance, Job job, const engine::Refusal& refusal);
  void forget_call(const Instance& instance, ActivityId call);
  void refuse_message(Job& job, const engine::Refusal& refusal);
  void park(Instance& instance, Job job);
  void fail_job(InstanceId id, Job job, const Failure& why);
  void try_again_later(InstanceId id, Job job, const Failure& why);
  void deliver_deferred();
  bool is_closed(std::int64_t process) const;

  PendingTurnPtr record(const InstancePtr& instance, Job job, engine::Batch batch, TimePoint now);
  void keep_answers(const Job& job, PendingTurn& pending, TimePoint now);
  void show(Instance& instance, const engine::Batch& batch);
  void open_gates(Job& job);

  void complete(PendingTurn& pending);
  void answer(PendingTurn& pending);
  void reply(Instance& instance, engine::ReplySent& reply);
  void send(PendingTurn& pending);
  void set_timers(const PendingTurn& pending);
  void tell(const PendingTurn& pending);
  void match_held(const PendingTurn& pending);
  void unpark(Instance& instance);
  void end(const InstancePtr& instance);
  void drop(const InstancePtr& instance, const Failure& why);

  Host& host_;
  mutable std::shared_mutex closed_mutex_;
  std::set<std::int64_t> closed_;
  std::mutex deferred_mutex_;
  std::vector<std::pair<InstanceId, Job>> deferred_;  // answers of partners that could not be delivered
};

}  // namespace echoflow::runtime
