#pragma once
#include <algorithm>

#include "engine/cx/tasks/command.hpp"

/// One decision at work: the events so far, and the state after them.
namespace echoflow::tasks {

std::optional<Refusal> refusal_of(const Task& task, Operation operation, const Actor& actor);

class Step {
 public:
  Step(Task task, const Context& context) : task_(std::move(task)), context_(context) {}

  const Task& task() const { return task_; }
  const Context& context() const { return context_; }
  TimePoint now() const { return context_.now; }
  Events take() { return std::move(events_); }

  void add(Event event) {
    apply(task_, {event}, context_.now);
    events_.push_back(std::move(event));
  }
  void effect(EffectKind kind, std::uint32_t deadline = no_deadline, std::uint32_t escalation = 0) {
    Effect effect;
    effect.number = task_.last_effect + 1;
    effect.kind = kind;
    effect.deadline = deadline;
    effect.escalation = escalation;
    effect.next_attempt = context_.now;
    add(EffectAdded{effect});
  }
  /// The state moves; what hangs on it (deadlines, answers, sub-tasks) follows.
  void move(TaskMoved moved);
  /// Ready, or reserved where only one user may own it. `from` names the operation.
  void offer(Operation operation, const std::string& by, const std::string& reason);

  static constexpr std::uint32_t no_deadline = 0xffffffff;  ///< an effect that no escalation asked for

 private:
  void end();
  Task task_;
  const Context& context_;
  Events events_;
};

// Deadlines (deadlines.cpp).
Decision<void> schedule_deadlines(Step& step);
void pause_deadlines(Step& step);
void continue_deadlines(Step& step);
/// The start deadlines are met when the work begins, all others when the task ends.
void meet_deadlines(Step& step, bool only_start);
/// Everything whose time has come.
void expire(Step& step);

}  // namespace echoflow::tasks
