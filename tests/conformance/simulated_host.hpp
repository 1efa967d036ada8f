#pragma once
#include <deque>
#include <map>
#include <memory>

#include "engine/core/engine.hpp"
#include "models/instances/instance_state.hpp"
#include "tests/conformance/host.hpp"

namespace echoflow::scenario {

/// How hard the engine is tested between turns.
enum class Mode {
  plain,
  reload,  ///< the state is encoded and decoded after every turn
  replay,  ///< the journal is folded from its start after every turn, and must give the same snapshot
};

/// The engine in a world of its own: one thread, a clock that only advance() moves.
class SimulatedHost : public Host {
 public:
  explicit SimulatedHost(Mode mode) : mode_(mode) {}

  Diagnostics deploy(const std::vector<std::string>& files) override;
  const program::Program& program() const override { return *program_; }
  int send(const std::string& operation, Message message) override;
  Outcome outcome(int handle) override { return outcomes_.at(static_cast<std::size_t>(handle)); }
  void script_partner(const std::string& operation, PartnerScript script) override { scripts_[operation] = script; }
  bool answer_partner(const std::string& operation, const PartnerScript& script) override;
  std::vector<std::string> partner_calls(const std::string& operation) override { return calls_[operation]; }
  void advance(std::int64_t micros) override;
  TimePoint now() override { return now_; }
  std::size_t instances() override { return instances_.size(); }
  engine::InstanceStatus status(std::size_t index) override { return instances_.at(index).status; }
  std::vector<engine::ActivityView> activities(std::size_t index) override;
  std::vector<engine::EventView> events(std::size_t index) override;
  std::vector<engine::VariableView> variables(std::size_t index) override;
  bool operate(const std::string& act) override;
  bool repair(ActivityId activity, const std::string& act, const std::string& fault) override;

 private:
  struct Row {
    TimePoint at;
    std::string events, payload;
  };
  struct Instance {
    std::unique_ptr<instances::InstanceState> state;
    engine::InstanceStatus status = engine::InstanceStatus::running;
    std::vector<engine::SubscriptionOpened> subscriptions;
    std::map<std::uint32_t, TimePoint> timers;
    std::vector<Row> journal;
  };
  struct Held {
    int handle;
    std::string operation;
    Message message;
  };

  bool turn(std::size_t index, const engine::Command& command);
  void take(std::size_t index, engine::Batch batch);
  void harden(std::size_t index);
  bool route(const std::string& operation, const Message& message, int handle);
  void retry_held();
  void settle();
  void call_partner(std::size_t index, const engine::InvokeRequested& invoke);
  engine::Command answer(const engine::InvokeRequested& invoke, const PartnerScript& script) const;
  engine::History history(std::size_t index);

  Mode mode_;
  program::ProgramPtr program_;
  TimePoint now_{1'700'000'000'000'000};
  std::vector<Instance> instances_;
  std::vector<Outcome> outcomes_;
  std::deque<Held> held_;
  std::deque<std::pair<std::size_t, engine::InvokeRequested>> pending_calls_;  ///< to be answered in settle()
  std::deque<std::pair<std::size_t, engine::InvokeRequested>> waiting_calls_;
  std::map<std::string, PartnerScript> scripts_;
  std::map<std::string, std::vector<std::string>> calls_;
};

}  // namespace echoflow::scenario
