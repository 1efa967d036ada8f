#include <charconv>

#include "adapters/cx/tasks/service.hpp"
#include "adapters/rest/task_json.hpp"
#include "adapters/rest/who.hpp"
#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/feedback/record.hpp"
#include "models/base/base64.hpp"

namespace echoflow::rest::task_views {

namespace {

/// "priority.microseconds.id", as TaskCursor.
std::string cursor_text(const engine::TaskCursor& cursor) {
  return std::to_string(cursor.priority) + "." + std::to_string(cursor.created_at.micros) + "." +
         std::to_string(cursor.id);
}

std::optional<engine::TaskCursor> read_cursor(std::string_view text) {
  std::int64_t numbers[3] = {};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 3; ++i) {
    auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc() || (i < 2 && (next == end || *next != '.')) || (i == 2 && next != end))
      return std::nullopt;
    at = next + 1;
  }
  if (numbers[0] < 0 || numbers[0] > 10) return std::nullopt;
  return engine::TaskCursor{static_cast<std::int32_t>(numbers[0]), {numbers[1]}, numbers[2]};
}

std::vector<std::string> offered_to(const tasks::Actor& actor) {
  std::vector<std::string> names = {actor.user};
  for (const auto& group : actor.groups) names.push_back("group:" + group);
  return names;
}

/// Agents see their queues, supervisors their teams' too; whoever sees all asks for view=all.
Result<void, http::Response> set_view(engine::TaskFilter& filter, const Call& call, const tasks::Actor& actor) {
  const auto view = call.parameter("view");
  if (view == "mine") {
    filter.owner = actor.user;
  } else if (view == "all") {
    if (!sees_all_tasks(call))
      return fail(respond({403, "role-missing", "Only operators, auditors and designers may see all tasks."}));
  } else if (view == "team") {
    for (const auto& group : actor.supervised_groups) filter.potential_owners.push_back("group:" + group);
    if (filter.potential_owners.empty()) return fail(respond({403, "role-missing", "You supervise no group."}));
  } else {
    filter.potential_owners = offered_to(actor);
  }
  return {};
}

Result<engine::TaskFilter, http::Response> filter_of(Api& api, const Call& call) {
  engine::TaskFilter filter;
  auto states = call.parameter("state");
  while (!states.empty()) {
    const auto comma = std::min(states.find(','), states.size());
    filter.states.emplace_back(states.substr(0, comma));
    states.remove_prefix(std::min(comma + 1, states.size()));
  }
  filter.owner = call.parameter("owner");
  filter.queue = call.parameter("queue");
  filter.customer = call.parameter("customer");
  if (auto instance = call.parameter("instanceId"); !instance.empty()) {
    auto id = id_of(instance);
    if (!id) return fail(bad_request("The query parameter instanceId must be an instance's id."));
    filter.instance = *id;
  }
  if (auto text = call.parameter("limit"); !text.empty()) {
    auto limit = id_of(text);
    if (!limit || *limit > 1000)
      return fail(bad_request("The query parameter limit must be a whole number from 1 to 1000."));
    filter.limit = static_cast<std::uint32_t>(*limit);
  }
  if (auto text = call.parameter("cursor"); !text.empty()) {
    filter.after = read_cursor(text);
    if (!filter.after)
      return fail(bad_request("The query parameter cursor must be the nextCursor of the page before."));
  }
  // Who sees everything need not say who he is.
  auto actor = task_actor(api, call);
  if (!actor && call.parameter("view") != "all") return fail(actor.error());
  if (auto view = set_view(filter, call, actor ? *actor : tasks::Actor{}); !view) return fail(view.error());
  return filter;
}

}  // namespace

http::Response list(Api& api, const Call& call) {
  if (!api.options().tasks) return no_tasks();
  auto filter = filter_of(api, call);
  if (!filter) return filter.error();
  auto page = api.options().tasks->list(*filter);
  if (!page) return respond(page.error());
  auto actor = task_actor(api, call);
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& task : page->tasks)
    write_task(writer, api, task, actor ? *actor : tasks::Actor{}, language_of(call), false);
  writer.end_array();
  if (page->next) writer.member("nextCursor", cursor_text(*page->next));
  writer.end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  if (!task->creation.customer.empty())
    if (auto refusal = note_access(api, call, "task", {task->id})) return std::move(*refusal);
  return task_response(api, call, *task);
}

http::Response history(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  auto entries = api.options().tasks->history(task->id);
  if (!entries) return respond(entries.error());
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& entry : *entries) {
    writer.begin_object().member("at", format_time_point(entry.at)).member("event", entry.event);
    if (!entry.by.empty()) writer.member("by", entry.by);
    if (!entry.state.empty()) writer.member("state", entry.state);
    if (!entry.owner.empty()) writer.member("owner", entry.owner);
    if (!entry.detail.empty()) writer.member("detail", entry.detail);
    writer.end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response explanation(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  const auto& explanation = task->explanation;
  json::Writer writer;
  writer.begin_object().member("assigned", !explanation.chosen.empty());
  if (!explanation.chosen.empty()) {
    writer.member("chosen", explanation.chosen).member("at", format_time_point(explanation.at));
    writer.member("summary", explanation.summary);
  }
  writer.member("considered", std::int64_t{explanation.considered}).key("candidates").begin_array();
  for (const auto& each : explanation.candidates) {
    writer.begin_object().member("user", each.user).member("fits", each.fits);
    if (each.fits) writer.member("score", std::int64_t{each.score});
    writer.member("reason", each.reason).end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

namespace {

void write_feedback(json::Writer& writer, const cx::Feedback& said) {
  writer.begin_object().member("id", std::to_string(said.id)).member("channel", said.channel);
  writer.member("kind", intake::to_string(said.kind)).member("text", said.text);
  writer.member("receivedAt", format_time_point(said.received_at));
  writer.member("sentiment", cx::to_string(said.understanding.sentiment.polarity));
  writer.member("conversationId", said.conversation).end_object();
}

}  // namespace

http::Response customer(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  const auto who = task->creation.customer;
  if (who.empty()) return not_found("The task is about no known customer.");
  // Who looks at a customer's data is in the journal.
  auto actor = task_actor(api, call);
  if (!actor) return actor.error();
  tasks::Command read;
  read.operation = tasks::Operation::read;
  read.actor = *actor;
  read.actor.system = sees_all_tasks(call);
  read.for_customer = true;
  if (auto noted = api.options().tasks->act(task->id, read); !noted) return respond(noted.error());
  engine::FeedbackFilter said;
  said.customer = who;
  said.limit = 100;
  auto rows = api.store().cx().list_feedback(said);
  if (!rows) return respond(Problem{503, "unavailable", rows.error().message});
  engine::TaskFilter filter;
  filter.customer = who;
  filter.limit = 100;
  auto others = api.options().tasks->list(filter);
  if (!others) return respond(others.error());
  json::Writer writer;
  writer.begin_object().member("customer", who).key("feedback").begin_array();
  for (const auto& row : *rows)
    if (auto record = intake::read_record(row)) write_feedback(writer, record->said);
  writer.end_array().key("tasks").begin_array();
  for (const auto& each : others->tasks) write_task(writer, api, each, *actor, language_of(call), false);
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response attachment(Api& api, const Call& call) {
  auto task = visible_task(api, call);
  if (!task) return task.error();
  for (const auto& each : task->attachments) {
    if (std::to_string(each.id) != call.parameters[1]) continue;
    json::Writer writer;
    writer.begin_object().member("id", std::to_string(each.id)).member("name", each.name.text);
    writer.member("mediaType", each.media_type).member("by", each.by).member("at", format_time_point(each.at));
    if (!each.url.text.empty()) writer.member("url", each.url.text);
    if (!each.content.text.empty()) writer.member("content", to_base64(each.content.text));
    writer.end_object();
    return json_response(200, writer);
  }
  return not_found("The task has no attachment '" + call.parameters[1].substr(0, 64) + "'.");
}

http::Response queues(Api& api, const Call&) {
  if (!api.options().tasks) return no_tasks();
  auto counts = api.options().tasks->counts();
  if (!counts) return respond(counts.error());
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& each : *counts) {
    writer.begin_object().member("queue", each.queue).member("state", each.state);
    writer.member("count", each.count).end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

}  // namespace echoflow::rest::task_views
