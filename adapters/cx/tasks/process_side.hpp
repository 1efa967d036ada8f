#pragma once
#include "adapters/cx/tasks/service.hpp"
#include "adapters/runtime/builtin_partners.hpp"
#include "models/program/program.hpp"

/// What a process says of its tasks: how a <b4p:peopleActivity> becomes a task.
namespace echoflow::tasks {

/// The partner that keeps the tasks (cx::address_of_tasks).
class TaskPartner final : public runtime::BuiltinService {
 public:
  TaskPartner(TaskService& service, engine::Store& store) : service_(service), store_(store) {}
  runtime::PartnerAnswer call(const runtime::PartnerCall& call) override;
  void abandoned(InstanceId instance, ActivityId activity) override { service_.abandon(instance, activity); }

 private:
  TaskService& service_;
  engine::Store& store_;
};

/// The values of the definition's expressions travel in the call's first part. The error says what is wrong with it.
Result<Creation> creation_of(const runtime::PartnerCall& call, std::int64_t process);

/// Does the condition of an escalation hold? It sees the input as it was when the task was created, and the task's
/// priority, owner and state.
Result<bool> condition_holds(const program::Program& program, const Task& task, std::uint32_t deadline,
                             std::uint32_t escalation);

/// The type of the task's output; null: it has none.
const program::MessageType* task_output_type(const program::Program& program, program::NodeId node);

}  // namespace echoflow::tasks
