#include "adapters/cx/tasks/process_side.hpp"
#include "adapters/cx/tasks/service.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/json_message.hpp"
#include "adapters/rest/task_json.hpp"
#include "adapters/rest/task_outcome.hpp"
#include "models/base/base64.hpp"

namespace echoflow::rest::task_acts {

namespace {

using tasks::Operation;

constexpr std::size_t most_reason_bytes = 2000;
constexpr std::size_t most_attachment_bytes = 4u << 20;

void read_people(json::Fields& fields, tasks::People& people) {
  const auto* list = fields.any("people");
  if (!list) return fields.refuse("people", "\"people\" is missing: name users, or groups as \"group:service\".");
  if (list->kind != json::Kind::array) return fields.refuse("people", "\"people\" must be an array of names.");
  for (const auto& item : list->items) {
    if (item.kind != json::Kind::string || item.text.empty() || item.text.size() > 200)
      return fields.refuse("people", "\"people\" must be an array of names of at most 200 bytes.");
    people.push_back(item.text);
  }
}

void read_until(json::Fields& fields, tasks::Command& command) {
  auto at = parse_deadline(fields.required_string("until"));
  if (at)
    command.until = *at;
  else
    fields.refuse("until", "\"until\" must be a time as 2026-12-01T09:00:00Z.");
}

/// Output and fault data, by the process's types: a JSON object by part.
Result<void, http::Response> read_data(Api& api, json::Fields& fields, std::string_view name, const tasks::Task& task,
                                       tasks::Command& command);

/// The outcome, too, is told to the task's process.
void tell_outcome(Api& api, const tasks::Task& task, tasks::Command& command) {
  if (command.outcome.empty() || !task.creation.process) return;
  const auto program = api.runtime().program(task.creation.process);
  if (!program) return;
  if (const auto* type = tasks::task_output_type(**program, task.creation.definition))
    add_outcome(**program, *type, command);
}

/// The members that an operation knows; others are refused by finish().
Result<void, http::Response> read_members(Api& api, json::Fields& fields, const tasks::Task& task,
                                          tasks::Command& command) {
  switch (command.operation) {
    case Operation::delegate:
      command.user = fields.required_string("user");
      command.people = api.options().tasks->actor(command.user).groups;
      break;
    case Operation::forward:
    case Operation::nominate:
      read_people(fields, command.people);
      break;
    case Operation::set_generic_human_role:
      if (auto role = tasks::role_named(fields.required_string("role")))
        command.role = *role;
      else
        fields.refuse("role", "\"role\" must be a generic human role, for example \"potentialOwners\".");
      read_people(fields, command.people);
      break;
    case Operation::suspend:
      command.for_customer = fields.boolean("forCustomer").value_or(false);
      break;
    case Operation::suspend_until:
      command.for_customer = fields.boolean("forCustomer").value_or(false);
      read_until(fields, command);
      break;
    case Operation::set_deadline:
      command.number = static_cast<std::uint32_t>(fields.integer("deadline", 0, 1000).value_or(0));
      read_until(fields, command);
      break;
    case Operation::set_priority:
      command.priority = static_cast<std::int32_t>(fields.integer("priority", 0, 10).value_or(-1));
      break;
    case Operation::complete:
      command.outcome = fields.string("outcome").value_or("");
      if (auto read = read_data(api, fields, "output", task, command); !read) return read;
      tell_outcome(api, task, command);
      return {};
    case Operation::set_output:
      return read_data(api, fields, "output", task, command);
    case Operation::fail:
    case Operation::set_fault:
      command.name = fields.string("fault").value_or("");
      break;
    case Operation::activate:
    case Operation::claim:
    case Operation::start:
    case Operation::stop:
    case Operation::release:
    case Operation::resume:
    case Operation::skip:
    case Operation::delete_output:
    case Operation::delete_fault:
    case Operation::remove:
    case Operation::add_attachment:
    case Operation::delete_attachment:
    case Operation::add_comment:
    case Operation::update_comment:
    case Operation::delete_comment:
    case Operation::instantiate_sub_task:
    case Operation::read:
    case Operation::assign:
    case Operation::requeue:
    case Operation::expire:
    case Operation::settle:
    case Operation::end_sub_task:
    case Operation::exit:
    case Operation::error:
      break;
  }
  return {};
}

Result<void, http::Response> read_data(Api& api, json::Fields& fields, std::string_view name, const tasks::Task& task,
                                       tasks::Command& command) {
  const auto* value = fields.any(name);
  if (!value) return {};
  if (!task.creation.process)
    return fail(bad_request("The task is of no process: it has no output.", "/" + std::string(name)));
  auto program = api.runtime().program(task.creation.process);
  if (!program) return fail(respond(program.error()));
  const auto* type = tasks::task_output_type(**program, task.creation.definition);
  if (!type) return fail(bad_request("The task has no output.", "/" + std::string(name)));
  auto parts = parts_from_json(**program, *type, *value, "/" + std::string(name));
  if (!parts) return fail(bad_request(parts.error()));
  command.parts = std::move(parts).value();
  return {};
}

http::Response carry_out(Api& api, const Call& call, std::int64_t id, const tasks::Command& command, int status = 200) {
  auto done = api.options().tasks->act(id, command);
  return done ? task_response(api, call, *done, status) : respond(done.error());
}

Result<tasks::Command, http::Response> begin(Api& api, const Call& call, Operation operation) {
  auto actor = task_actor(api, call);
  if (!actor) return fail(actor.error());
  tasks::Command command;
  command.operation = operation;
  command.actor = std::move(actor).value();
  return command;
}

std::uint32_t note_number(const Call& call) {
  const auto id = id_of(call.parameters[1]);
  return id && *id <= UINT32_MAX ? static_cast<std::uint32_t>(*id) : 0;
}

}  // namespace

http::Response operation(Api& api, const Call& call) {
  const std::string_view path = call.request.path;
  const auto wanted = tasks::operation_named(path.substr(path.rfind('/') + 1));
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto value = body_of(call);
  if (!value) return value.error();
  auto command = begin(api, call, wanted.value_or(Operation::read));
  if (!command) return command.error();
  json::Fields fields(*value);
  if (auto read = read_members(api, fields, *task, *command); !read) return read.error();
  command->text = fields.string("reason").value_or("");
  if (command->text.size() > most_reason_bytes) fields.refuse("reason", "\"reason\" is longer than 2000 bytes.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  return carry_out(api, call, task->id, *command);
}

http::Response add_comment(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto value = body_of(call);
  if (!value) return value.error();
  auto command = begin(api, call, Operation::add_comment);
  if (!command) return command.error();
  json::Fields fields(*value);
  command->text = fields.required_string("text");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  return carry_out(api, call, task->id, *command, 201);
}

http::Response update_comment(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto value = body_of(call);
  if (!value) return value.error();
  auto command = begin(api, call, Operation::update_comment);
  if (!command) return command.error();
  command->number = note_number(call);
  json::Fields fields(*value);
  command->text = fields.required_string("text");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  return carry_out(api, call, task->id, *command);
}

http::Response delete_comment(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto command = begin(api, call, Operation::delete_comment);
  if (!command) return command.error();
  command->number = note_number(call);
  return carry_out(api, call, task->id, *command);
}

http::Response add_attachment(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto value = body_of(call);
  if (!value) return value.error();
  auto command = begin(api, call, Operation::add_attachment);
  if (!command) return command.error();
  json::Fields fields(*value);
  auto& attachment = command->attachment;
  attachment.name = {fields.required_string("name")};
  attachment.media_type = fields.string("mediaType").value_or("application/octet-stream");
  attachment.url = {fields.string("url").value_or("")};
  auto content = fields.string("content");
  if (content.has_value() == !attachment.url.text.empty())
    fields.refuse("content", "Give either \"url\" or \"content\".");
  if (content) {
    auto bytes = from_base64(*content);
    if (!bytes) fields.refuse("content", "\"content\" must be base64.");
    if (bytes && bytes->size() > most_attachment_bytes)
      fields.refuse("content", "\"content\" is larger than 4 MiB; give a \"url\".");
    if (bytes) attachment.content = {std::move(*bytes)};
  }
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  return carry_out(api, call, task->id, *command, 201);
}

http::Response delete_attachment(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto command = begin(api, call, Operation::delete_attachment);
  if (!command) return command.error();
  command->number = note_number(call);
  return carry_out(api, call, task->id, *command);
}

http::Response add_sub_task(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto value = body_of(call);
  if (!value) return value.error();
  auto actor = task_actor(api, call);
  if (!actor) return actor.error();
  json::Fields fields(*value);
  tasks::Creation creation;
  creation.name = fields.required_string("name");
  creation.priority = static_cast<std::int32_t>(fields.integer("priority", 0, 10).value_or(task->priority));
  creation.is_skipable = fields.boolean("skipable").value_or(false);
  if (auto subject = fields.string("subject")) creation.presentation.subjects = {{"", {*subject}}};
  tasks::People people;
  read_people(fields, people);
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  creation.people = {{tasks::HumanRole::potential_owners, std::move(people)},
                     {tasks::HumanRole::task_initiator, {actor->user}},
                     {tasks::HumanRole::business_administrators, {actor->user}}};
  auto child = api.options().tasks->add_sub_task(task->id, *actor, std::move(creation));
  return child ? task_response(api, call, *child, 201) : respond(child.error());
}

}  // namespace echoflow::rest::task_acts
