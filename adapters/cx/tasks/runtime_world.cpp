#include "adapters/cx/tasks/runtime_world.hpp"

#include "adapters/cx/tasks/process_side.hpp"
#include "engine/ports/cx_store.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::tasks {

Outcome RuntimeWorld::answer(std::int64_t instance, std::uint32_t activity, std::variant<Message, Fault> answer) {
  if (!runtime_) return {Settled::later, "the server is starting"};
  auto told = runtime_->complete_call(instance, activity, std::move(answer));
  if (told) return {};
  const auto& why = told.error();
  const bool temporary = why.kind == runtime::FailureKind::unavailable || why.kind == runtime::FailureKind::limit ||
                         why.code == "suspended";
  return {temporary ? Settled::later : Settled::nobody, why.message};
}

bool RuntimeWorld::is_awaited(std::int64_t instance, std::uint32_t activity) {
  auto row = store_.cx().outbox(instance, activity);
  return !row || row->has_value();
}

Message task_event(const Task& task, const std::string& escalation, TimePoint at) {
  auto document = std::make_shared<xml::Document>();
  const auto event = document->append_element(xml::root_node, ns::cx, "taskEvent", "cx");
  auto add = [&](std::string_view name, std::string_view text) {
    document->append_text(document->append_element(event, ns::cx, name, "cx"), text);
  };
  add("taskId", std::to_string(task.id));
  add("name", task.creation.name);
  add("escalation", escalation);
  if (!task.owner.empty()) add("owner", task.owner);
  add("instanceId", std::to_string(task.creation.instance));
  if (!task.creation.case_id.empty()) add("caseId", task.creation.case_id);
  add("at", format_time_point(at));
  return {{std::string(ns::cx), "taskEventMessage"}, {std::move(document)}, {}, {}, {}};
}

Outcome RuntimeWorld::tell_processes(const Task& task, const std::string& escalation, TimePoint at,
                                     const std::string& key) {
  return tell_("TaskListener", "onTaskEvent", task_event(task, escalation, at), key);
}

Result<bool> RuntimeWorld::condition(const Task& task, std::uint32_t deadline, std::uint32_t escalation) {
  if (!runtime_) return fail("the server is starting");
  auto program = runtime_->program(task.creation.process);
  if (!program) return fail(program.error().message);
  return condition_holds(**program, task, deadline, escalation);
}

}  // namespace echoflow::tasks
