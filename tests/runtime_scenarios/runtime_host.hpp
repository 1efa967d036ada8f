#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/runtime/runtime.hpp"
#include "tests/adapters/runtime/faulty_store.hpp"
#include "tests/conformance/host.hpp"
#include "tests/runtime_scenarios/gated_partner.hpp"

namespace echoflow::scenario {

/// What befalls the runtime while it plays.
enum class Ordeal {
  plain,
  cold,          ///< no instance stays in memory: each is read from the store for every turn
  crash_before,  ///< it dies before every commit, at its second attempt the commit is done
  crash_after,   ///< it dies after every commit, before anything of the turn has left
  crash_beside,  ///< it dies before and after every write that is no commit: of held messages, sends and ids
};
std::string name_of(Ordeal ordeal);

/// Time that only the player moves.
class PlayedClock final : public runtime::Clock {
 public:
  TimePoint now() const override { return {micros_.load()}; }
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) override;
  void set(TimePoint now) { micros_ = now.micros; }

 private:
  std::atomic<std::int64_t> micros_{1'700'000'000'000'000};
};

/// The whole runtime on a store. Where it crashes, a new one is started on the same store, and the clients send what
/// they had no answer for again, under the same keys.
class RuntimeHost final : public Host {
 public:
  /// The store is empty and outlives the host.
  RuntimeHost(engine::Store& store, Ordeal ordeal);
  ~RuntimeHost() override;

  Diagnostics deploy(const std::vector<std::string>& files) override;
  const program::Program& program() const override { return *program_; }
  int send(const std::string& operation, Message message) override;
  Outcome outcome(int handle) override;
  void script_partner(const std::string& operation, PartnerScript script) override {
    partner_.script(operation, std::move(script));
  }
  bool answer_partner(const std::string& operation, const PartnerScript& script) override;
  std::vector<std::string> partner_calls(const std::string& operation) override { return partner_.calls(operation); }
  void advance(std::int64_t micros) override;
  TimePoint now() override { return clock_.now(); }
  std::size_t instances() override { return rows().size(); }
  engine::InstanceStatus status(std::size_t index) override { return row(index).status; }
  std::vector<engine::ActivityView> activities(std::size_t index) override { return history(index)->activities(); }
  std::vector<engine::EventView> events(std::size_t index) override { return history(index)->events(); }
  std::vector<engine::VariableView> variables(std::size_t index) override { return history(index)->variables(); }
  bool operate(const std::string& act) override;
  bool repair(ActivityId activity, const std::string& act, const std::string& fault) override;

  std::size_t crashes() const { return crashes_; }
  /// How often an instance was read from the store.
  std::uint64_t loads() const { return runtime_->metrics().instance_loads.load(); }
  /// What must hold at the end of every scenario; throws std::runtime_error.
  void check_store();

 private:
  struct Request {
    std::string operation;
    Message message;
    Outcome outcome;
    bool answered = false;
    std::string trouble;  ///< a failure that a client would not expect here
  };

  void begin_life();
  void end_life();
  bool survive(runtime::CommitStage stage);
  bool survive_beside(runtime::test::FaultyStore::Write write, bool done);
  bool die();
  void settle();
  bool progress();
  void await_rest();
  void deliver(std::size_t handle);
  void take_answer(std::size_t handle, runtime::Answer answer);
  bool dismiss_abandoned_calls();
  bool act(const std::function<runtime::Outcome<void>(InstanceId)>& what);
  std::vector<engine::InstanceRow> rows();
  engine::InstanceRow row(std::size_t index) { return rows().at(index); }
  std::unique_ptr<engine::History> history(std::size_t index);

  engine::Store& disk_;
  const Ordeal ordeal_;
  PlayedClock clock_;
  GatedPartner partner_;
  program::ProgramPtr program_;
  std::string process_key_;
  std::mutex mutex_;  // guards the outcomes of requests_
  std::vector<Request> requests_;
  std::vector<std::size_t> to_send_again_;  // last first
  std::atomic<bool> crashed_{false};
  std::atomic<std::size_t> crashes_{0};
  bool let_through_ = false;  // commits come one at a time, whichever thread does them
  std::mutex writes_mutex_;   // guards deaths_
  std::map<runtime::test::FaultyStore::Write, int> deaths_;
  std::unique_ptr<runtime::test::FaultyStore> store_;  // what a life sees of the disk; a dead one writes nothing
  std::unique_ptr<runtime::Runtime> runtime_;
};

}  // namespace echoflow::scenario
