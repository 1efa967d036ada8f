#pragma once
#include <deque>
#include <functional>
#include <optional>

#include "engine/core/batch.hpp"
#include "engine/core/engine.hpp"
#include "engine/state/appliers.hpp"
#include "engine/state/state_view.hpp"

namespace echoflow::engine {

using program::Expression;
using program::Program;
using records::Outcome;

/// The message that starts the instance, until its start activity takes it.
struct StartMessage {
  NodeId node = program::none;
  std::uint32_t branch = 0;
  const Message* message = nullptr;
  ExchangeId exchange = 0;
};

/// An activity that ended, told to its parent.
struct ChildEnded {
  ActivityId parent = 0;
  ActivityId child = 0;
  NodeId node = program::none;
  instances::Slot slot = 0;
  Outcome outcome = Outcome::completed;
};

/// One turn's work: what the behaviors read and the only way for them to let something happen. emit() appends an event
/// to the batch and applies it.
class StepContext {
 public:
  StepContext(const Program& program, InstanceState& state, const TurnContext& turn, Batch& batch)
      : program_(program), state_(state), turn_(turn), batch_(batch) {}

  const Program& program() const { return program_; }
  const InstanceState& state() const { return state_; }
  const TurnContext& turn() const { return turn_; }
  const program::Node& node_of(const Activity& activity) const { return program_.node(activity.node); }
  const Activity* find(ActivityId id) const { return find_activity(state_, id); }

  template <class E>
  void emit(const E& event) {
    if (turn_.journal) records::encode(batch_.events, payload_, event);
    apply(program_, state_, event);
  }

  // --- the queue ---------------------------------------------------------------------------------------------------
  /// Creates a child of `parent`; it begins in a later step, when its links allow.
  ActivityId start_child(const Activity& parent, NodeId node, instances::Slot slot = 0);
  enum class StepKind : std::uint8_t { start, join, child_ended };
  struct Step {
    StepKind kind;
    ActivityId activity = 0;
    ChildEnded ended;
  };
  void queue_start(ActivityId id) { queue_.push_back({StepKind::start, id, {}}); }
  /// The status of one of its links became known.
  void queue_join(ActivityId id) { queue_.push_back({StepKind::join, id, {}}); }
  void queue_end(const ChildEnded& ended) { queue_.push_back({StepKind::child_ended, ended.parent, ended}); }
  std::optional<Step> next_step();
  void clear_queue() { queue_.clear(); }

  // --- effects outside the instance, each with its event ------------------------------------------------------------
  void open_subscription(const Activity& activity, std::uint32_t branch, const program::Inbound& inbound,
                         std::string key);
  void close_subscription(ActivityId activity, std::uint32_t branch);
  void close_subscriptions(ActivityId activity);
  void schedule_timer(ActivityId activity, std::uint32_t branch, TimePoint due, const Duration& repeat = {});
  void end_timer(std::uint32_t timer, bool fired);
  void cancel_timers(ActivityId activity);
  void request_invoke(const Activity& activity, const std::string& address, Message message, bool one_way);
  void send_reply(ExchangeId exchange, ActivityId by, Message message);
  void send_fault(ExchangeId exchange, ActivityId by, const Fault& fault);
  Batch& batch() { return batch_; }

  // --- the turn's own facts ------------------------------------------------------------------------------------------
  std::optional<StartMessage> start_message;
  bool ended() const { return state_.stage == instances::Stage::ended; }
  /// How many activities began in this turn; loops give way when it is over the limit.
  std::size_t activities() const { return batch_.activities; }
  void count_activity() { ++batch_.activities; }
  /// The journal keeps the parts of an arrived message as they came, where that is known. The message outlives the
  /// turn.
  void know_written(const Message& message);
  /// Writes what is left into the batch.
  void finish();

 private:
  const Program& program_;
  InstanceState& state_;
  const TurnContext& turn_;
  Batch& batch_;
  records::PayloadWriter payload_;
  std::deque<Step> queue_;
};

}  // namespace echoflow::engine
