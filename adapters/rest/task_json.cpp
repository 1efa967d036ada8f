#include "adapters/rest/task_json.hpp"

#include "adapters/rest/who.hpp"

#include <algorithm>

#include "adapters/cx/tasks/service.hpp"
#include "adapters/rest/json_message.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::rest {

namespace {

void write_time(json::Writer& writer, std::string_view name, TimePoint at) {
  if (at != TimePoint{}) writer.member(name, format_time_point(at));
}
void write_text(json::Writer& writer, std::string_view name, std::string_view text) {
  if (!text.empty()) writer.member(name, text);
}
void write_list(json::Writer& writer, std::string_view name, const std::vector<std::string>& list) {
  writer.key(name).begin_array();
  for (const auto& each : list) writer.string(each);
  writer.end_array();
}

void write_parts(json::Writer& writer, std::string_view name, const Parts& parts) {
  writer.key(name).begin_array();
  for (const auto& part : parts) {
    if (part)
      writer.string(xml::to_string(*part));
    else
      writer.null();
  }
  writer.end_array();
}

std::string_view to_string(tasks::DeadlinePhase phase) {
  switch (phase) {
    case tasks::DeadlinePhase::running:
      return "running";
    case tasks::DeadlinePhase::paused:
      return "paused";
    case tasks::DeadlinePhase::missed:
      return "missed";
    case tasks::DeadlinePhase::met:
      return "met";
  }
  return "";
}

void write_deadlines(json::Writer& writer, const tasks::Task& task) {
  writer.key("deadlines").begin_array();
  for (std::size_t i = 0; i < task.deadlines.size() && i < task.creation.deadlines.size(); ++i) {
    const auto& plan = task.creation.deadlines[i];
    const auto& state = task.deadlines[i];
    writer.begin_object().member("number", static_cast<std::int64_t>(i));
    write_text(writer, "name", plan.name);
    writer.member("kind", plan.kind == tasks::DeadlineKind::start ? "start" : "completion");
    writer.member("state", to_string(state.phase));
    if (state.phase != tasks::DeadlinePhase::paused) write_time(writer, "due", state.due);
    write_text(writer, "calendar", plan.calendar);
    writer.end_object();
  }
  writer.end_array();
}

void write_notes(json::Writer& writer, const tasks::Task& task) {
  writer.key("comments").begin_array();
  for (const auto& each : task.comments) {
    if (each.deleted) continue;
    writer.begin_object().member("id", std::to_string(each.id)).member("by", each.by);
    writer.member("at", format_time_point(each.at)).member("text", each.text.text);
    write_time(writer, "changedAt", each.changed_at);
    writer.end_object();
  }
  writer.end_array().key("attachments").begin_array();
  for (const auto& each : task.attachments) {
    writer.begin_object().member("id", std::to_string(each.id)).member("by", each.by);
    writer.member("at", format_time_point(each.at)).member("name", each.name.text);
    write_text(writer, "mediaType", each.media_type);
    write_text(writer, "url", each.url.text);
    writer.end_object();
  }
  writer.end_array();
}

void write_details(json::Writer& writer, const tasks::Task& task, const tasks::Actor& actor,
                   std::string_view language) {
  const auto& creation = task.creation;
  write_text(writer, "description", tasks::text_in(creation.presentation.descriptions, language));
  write_text(writer, "feedbackId", creation.feedback);
  writer.key("people").begin_object();
  for (const auto& role : task.people) write_list(writer, tasks::to_string(role.role), role.people);
  writer.end_object().key("operations").begin_array();
  for (auto operation : tasks::operations_of(task, actor)) writer.string(tasks::to_string(operation));
  writer.end_array().key("outcomes").begin_array();
  for (const auto& outcome : creation.outcomes) {
    const auto label = tasks::text_in(outcome.labels, language);
    writer.begin_object().member("name", outcome.name).member("label", label.empty() ? outcome.name : label);
    writer.end_object();
  }
  writer.end_array().key("skills").begin_array();
  for (const auto& skill : creation.skills) {
    writer.begin_object().member("name", skill.name).member("level", std::int64_t{skill.level});
    writer.member("required", skill.required).end_object();
  }
  writer.end_array();
  write_deadlines(writer, task);
  write_notes(writer, task);
  writer.key("subTasks").begin_array();
  for (const auto& each : task.sub_tasks) {
    writer.begin_object().member("id", std::to_string(each.id)).member("name", each.name);
    writer.member("state", tasks::to_string(each.state)).end_object();
  }
  writer.end_array();
  write_parts(writer, "input", creation.input);
  if (task.has_output) write_parts(writer, "output", task.output);
  if (task.has_fault) writer.key("fault").begin_object().member("name", task.fault_name).end_object();
}

}  // namespace

std::string_view language_of(const Call& call) {
  auto accepted = call.request.header("Accept-Language");
  accepted = accepted.substr(0, accepted.find_first_of(",;"));
  return accepted == "*" ? std::string_view() : accepted;
}

Result<tasks::Actor, http::Response> task_actor(Api& api, const Call& call) {
  auto who = who_of(call);
  if (!who) return fail(std::move(who.error()));
  auto actor = api.options().tasks->actor(*who);
  const auto& roles = call.identity.roles;
  // An agent's record may say what he supervises; with tokens it counts only for supervisors.
  if (!call.identity.subject.empty() && std::find(roles.begin(), roles.end(), Role::supervisor) == roles.end())
    actor.supervised_groups.clear();
  return actor;
}

bool sees_all_tasks(const Call& call) {
  return call.identity.subject.empty() || may_use(call.identity, Access::read);
}

http::Response no_tasks() {
  return respond({503, "no-tasks", "This server keeps no tasks."});
}

http::Response respond(const tasks::Failure& failure) {
  int status = 500;
  switch (failure.kind) {
    case tasks::FailureKind::forbidden:
      status = 403;
      break;
    case tasks::FailureKind::conflict:
      status = 409;
      break;
    case tasks::FailureKind::invalid:
      status = 400;
      break;
    case tasks::FailureKind::not_found:
      status = 404;
      break;
    case tasks::FailureKind::unavailable:
      status = 503;
      break;
  }
  return respond(Problem{status, failure.code, failure.message});
}

Result<tasks::Task, http::Response> visible_task(Api& api, const Call& call) {
  if (!api.options().tasks) return fail(no_tasks());
  auto id = id_of(call.parameters[0]);
  if (!id) return fail(not_found("There is no task '" + call.parameters[0].substr(0, 64) + "'."));
  auto task = api.options().tasks->task(*id);
  if (!task) return fail(respond(task.error()));
  if (sees_all_tasks(call)) return std::move(task).value();
  auto actor = task_actor(api, call);
  if (!actor) return fail(actor.error());
  if (!tasks::may(*task, tasks::Operation::read, *actor))
    return fail(respond({403, "not-authorised", "You have no role on this task."}));
  return std::move(task).value();
}

void write_task(json::Writer& writer, Api&, const tasks::Task& task, const tasks::Actor& actor,
                std::string_view language, bool whole) {
  const auto& creation = task.creation;
  writer.begin_object().member("id", std::to_string(task.id)).member("name", creation.name);
  const auto name = tasks::text_in(creation.presentation.names, language);
  if (!name.empty()) writer.member("title", name);
  write_text(writer, "subject", tasks::text_in(creation.presentation.subjects, language));
  writer.member("state", tasks::to_string(task.state)).member("priority", std::int64_t{task.priority});
  if (creation.is_notification) writer.member("notification", true);
  write_text(writer, "owner", task.owner);
  write_text(writer, "queue", creation.queue);
  write_text(writer, "customer", creation.customer);
  write_text(writer, "caseId", creation.case_id);
  write_text(writer, "channel", creation.channel);
  write_text(writer, "language", creation.language);
  if (creation.instance) writer.member("instanceId", std::to_string(creation.instance));
  if (creation.parent) writer.member("parentId", std::to_string(creation.parent));
  writer.member("createdAt", format_time_point(task.created_at));
  write_time(writer, "startedAt", task.started_at);
  write_time(writer, "endedAt", task.ended_at);
  write_time(writer, "suspendedUntil", task.suspended_until);
  if (task.waits_for_customer) writer.member("waitsForCustomer", true);
  write_text(writer, "outcome", task.outcome);
  if (whole) write_details(writer, task, actor, language);
  writer.end_object();
}

http::Response task_response(Api& api, const Call& call, const tasks::Task& task, int status) {
  auto actor = task_actor(api, call);
  json::Writer writer;
  write_task(writer, api, task, actor ? *actor : tasks::Actor{}, language_of(call), true);
  return json_response(status, writer);
}

}  // namespace echoflow::rest
