#include "engine/core/step_loop.hpp"

#include "engine/activities/behavior.hpp"
#include "engine/behaviors/links.hpp"
#include "engine/behaviors/messages.hpp"
#include "engine/behaviors/termination.hpp"
#include "engine/core/lifecycle.hpp"

namespace echoflow::engine::step_loop {

using records::OperatorAct;

namespace {

const ActivityBehavior& behavior_of(const StepContext& context, const Activity& activity) {
  return behavior_for(context.node_of(activity).kind);
}

// --- commands --------------------------------------------------------------------------------------------------------

void execute(StepContext& context, const StartInstance& command) {
  context.know_written(command.message);
  context.emit(records::InstanceStarted{command.node, command.branch, {command.business_key}});
  context.start_message = StartMessage{command.node, command.branch, &command.message, command.exchange};
  context.emit(records::ActivityCreated{context.state().next_activity, 0, 0, 0, 0, false});
  context.queue_start(1);
}

void execute(StepContext& context, const DeliverMessage& command) {
  context.know_written(command.message);
  if (messages::raise_if_ambiguous(context, command.activity, command.branch, command.message, command.exchange))
    return;
  const Activity& activity = *context.find(command.activity);
  behavior_of(context, activity).message_arrived(context, activity, command.branch, command.message, command.exchange);
}

void execute(StepContext& context, const FireTimer& command) {
  const instances::Timer timer = context.state().timers.at(command.timer);
  context.end_timer(command.timer, true);
  if (const Activity* activity = context.find(timer.activity))
    behavior_of(context, *activity).timer_fired(context, *activity, timer);
}

void execute(StepContext& context, const CompleteInvoke& command) {
  context.know_written(command.message);
  const Activity& activity = *context.find(command.activity);
  behavior_of(context, activity).answered(context, activity, command.message);
}

void execute(StepContext& context, const FailInvoke& command) {
  context.emit(records::InvokeFailed{command.activity, command.fault, command.incident});
  if (command.incident)
    context.batch().incidents_raised.push_back({command.activity, command.fault});
  else
    faults::raise(context, command.activity, Fault(command.fault));
}

void record(StepContext& context, OperatorAct act, ActivityId activity, const Actor& actor) {
  context.emit(records::OperatorActed{act, activity, actor.who, actor.why});
}

void resolve_incident(StepContext& context, OperatorAct act, ActivityId activity, const Actor& actor) {
  record(context, act, activity, actor);
  context.batch().incidents_resolved.push_back({activity});
}

void execute(StepContext& context, const Suspend& command) {
  record(context, OperatorAct::suspend, 0, command.actor);
}
void execute(StepContext& context, const Resume& command) {
  record(context, OperatorAct::resume, 0, command.actor);
}

void execute(StepContext& context, const Terminate& command) {
  record(context, OperatorAct::terminate, 0, command.actor);
  lifecycle::end_instance(context, InstanceStatus::terminated, nullptr);
}

void execute(StepContext& context, const RetryActivity& command) {
  resolve_incident(context, OperatorAct::retry, command.activity, command.actor);
  context.emit(records::ActivityRetried{command.activity});
  const Activity& activity = *context.find(command.activity);
  behavior_of(context, activity).retry(context, activity);
}

void execute(StepContext& context, const SkipActivity& command) {
  resolve_incident(context, OperatorAct::skip, command.activity, command.actor);
  completion::complete(context, *context.find(command.activity));
}

void execute(StepContext& context, const FaultActivity& command) {
  resolve_incident(context, OperatorAct::fault, command.activity, command.actor);
  faults::raise(context, command.activity, Fault(command.fault));
}

void execute(StepContext& context, const SetVariable& command) {
  const ActivityId scope = command.scope == 0 ? 1 : command.scope;
  record(context, OperatorAct::set_variable, scope, command.actor);
  records::VariableSet event{scope, command.variable, command.parts};
  event.parts.resize(context.program().message_types[context.program().variables[command.variable].type].parts.size());
  context.emit(event);
}

// --- steps -----------------------------------------------------------------------------------------------------------

void start(StepContext& context, ActivityId id) {
  const Activity* activity = context.find(id);
  if (activity == nullptr || activity->terminating) return;
  context.count_activity();
  behavior_of(context, *activity).start(context, *activity);
}

void child_ended(StepContext& context, const ChildEnded& ended) {
  const Activity* parent = context.find(ended.parent);
  if (parent == nullptr) return;
  if (!parent->terminating) return behavior_of(context, *parent).child_ended(context, *parent, ended);
  if (parent->children == 0) termination::finish(context, parent->id);
}

void run_step(StepContext& context, const StepContext::Step& step) {
  switch (step.kind) {
    case StepContext::StepKind::start:
      return start(context, step.activity);
    case StepContext::StepKind::join:
      return links::try_join(context, step.activity);
    case StepContext::StepKind::child_ended:
      return child_ended(context, step.ended);
  }
}

}  // namespace

void run(StepContext& context, const Command& command) {
  std::visit([&](const auto& c) { execute(context, c); }, command);
  while (auto step = context.next_step()) run_step(context, *step);
  // The start activity was never reached: its sender must not wait for ever.
  if (context.start_message && context.start_message->exchange != 0)
    context.send_fault(context.start_message->exchange, 0,
                       standard_fault("missingReply", "The process did not take the message that started it."));
}

}  // namespace echoflow::engine::step_loop
