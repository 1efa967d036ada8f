#include <algorithm>

#include "adapters/cx/deliveries/service.hpp"
#include "adapters/cx/feedback/ingest.hpp"
#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/voice_json.hpp"
#include "adapters/rest/who.hpp"
#include "adapters/runtime/failures.hpp"
#include "engine/ports/cx_store.hpp"

/// What customers said, what was answered, and what early warning saw. Every look at a customer's words is journalled.
namespace echoflow::rest::voice {

namespace {

template <class Status>
std::optional<Status> status_from(std::string_view name, std::initializer_list<Status> all) {
  const auto* const found = std::find_if(all.begin(), all.end(), [&](Status each) { return to_string(each) == name; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

template <class Row, class Write>
http::Response page_response(std::vector<Row>& rows, std::uint32_t limit, const Write& write) {
  const bool more = rows.size() > limit;
  if (more) rows.resize(limit);
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const Row& row : rows) write(writer, row);
  writer.end_array();
  if (more) writer.member("nextCursor", std::to_string(rows.back().id));
  writer.end_object();
  return json_response(200, writer);
}

http::Response unknown(std::string_view what, const Call& call) {
  return not_found("There is no " + std::string(what) + " '" + call.parameters[0].substr(0, 64) + "'.");
}

http::Response no_ingest() {
  return respond({503, "no-feedback", "This server takes in no feedback: start it with the feedback service."});
}

}  // namespace

http::Response list(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  engine::FeedbackFilter filter;
  if (const auto name = call.parameter("status"); !name.empty()) {
    using enum engine::FeedbackStatus;
    const auto status = status_from(name, {received, taken, dead, erased});
    if (!status) return bad_request("The query parameter status must be received, taken, dead or erased.");
    filter.status.push_back(*status);
  }
  filter.channel = call.parameter("channel");
  filter.conversation = call.parameter("conversation");
  filter.customer = call.parameter("customer");
  filter.before = page->cursor;
  filter.limit = page->limit + 1;
  auto rows = api.store().cx().list_feedback(filter);
  if (!rows) return respond(runtime::store_failure(rows.error()));
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < std::min<std::size_t>(rows->size(), page->limit); ++i) ids.push_back((*rows)[i].id);
  if (auto refusal = note_access(api, call, "list", std::move(ids))) return std::move(*refusal);
  return page_response(*rows, page->limit,
                       [](json::Writer& writer, const engine::FeedbackRow& row) { write_feedback(writer, row); });
}

http::Response get(Api& api, const Call& call) {
  const auto id = id_of(call.parameters[0]);
  if (!id) return unknown("feedback", call);
  const auto row = api.store().cx().feedback(*id);
  if (!row) return respond(runtime::store_failure(row.error()));
  if (!*row) return unknown("feedback", call);
  if (auto refusal = note_access(api, call, "read", {*id})) return std::move(*refusal);
  json::Writer writer;
  write_feedback(writer, **row, true);
  return json_response(200, writer);
}

http::Response replay(Api& api, const Call& call) {
  if (!api.options().ingest) return no_ingest();
  const auto id = id_of(call.parameters[0]);
  if (!id) return unknown("feedback", call);
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  const std::string why = fields.required_string("reason");
  if (why.size() > 2'000) fields.refuse("reason", "\"reason\" is longer than 2000 bytes.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  const auto who = who_of(call);
  if (!who) return who.error();
  if (auto done = api.options().ingest->replay(*id, *who, why); !done) return respond(done.error());
  json::Writer writer;
  writer.begin_object().member("id", std::to_string(*id)).member("status", "received").end_object();
  return json_response(202, writer);
}

http::Response alerts(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  auto rows = api.store().cx().alerts(page->cursor, page->limit + 1);
  if (!rows) return respond(runtime::store_failure(rows.error()));
  return page_response(*rows, page->limit, [](json::Writer& writer, const engine::AlertRow& row) {
    if (const auto record = intake::read_alert(row)) write_alert(writer, *record);
  });
}

http::Response deliveries(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  engine::DeliveryFilter filter;
  if (const auto name = call.parameter("status"); !name.empty()) {
    using enum engine::DeliveryStatus;
    const auto status = status_from(name, {awaiting_approval, due, sending, sent, refused, failed});
    if (!status)
      return bad_request("The query parameter status must be awaitingApproval, due, sending, sent, refused or failed.");
    filter.status.push_back(*status);
  }
  if (const auto text = call.parameter("feedbackId"); !text.empty()) {
    const auto id = id_of(text);
    if (!id) return bad_request("The query parameter feedbackId must be the id of a piece of feedback.");
    filter.feedback = *id;
  }
  filter.channel = call.parameter("channel");
  filter.before = page->cursor;
  filter.limit = page->limit + 1;
  auto rows = api.store().cx().deliveries(filter);
  if (!rows) return respond(runtime::store_failure(rows.error()));
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < std::min<std::size_t>(rows->size(), page->limit); ++i) ids.push_back((*rows)[i].id);
  if (auto refusal = note_access(api, call, "list", std::move(ids))) return std::move(*refusal);
  return page_response(*rows, page->limit,
                       [](json::Writer& writer, const engine::DeliveryRow& row) { write_delivery(writer, row); });
}

/// What can be erased is; what still runs keeps its data and is named, so that it can be ended first.
http::Response erase_customer(Api& api, const Call& call) {
  if (!api.options().ingest) return no_ingest();
  const std::string& customer = call.parameters[0];
  if (const auto who = who_of(call); !who) return who.error();
  engine::FeedbackFilter filter;
  filter.customer = customer;
  filter.limit = 1'000;
  std::vector<InstanceId> instances;
  for (bool more = true; more;) {
    const auto rows = api.store().cx().list_feedback(filter);
    if (!rows) return respond(runtime::store_failure(rows.error()));
    for (const auto& row : *rows) {
      filter.before = row.id;
      instances.insert(instances.end(), row.instances.begin(), row.instances.end());
    }
    more = rows->size() == filter.limit;
  }
  std::sort(instances.begin(), instances.end());
  instances.erase(std::unique(instances.begin(), instances.end()), instances.end());
  runtime::Outcome<std::vector<std::int64_t>> erased = std::vector<std::int64_t>();
  const auto erase = [&] { erased = api.options().ingest->erase_customer(customer); };
  if (api.options().deliveries) {
    api.options().deliveries->while_quiet(erase);
  } else {
    erase();
  }
  if (!erased) return respond(erased.error());
  std::vector<InstanceId> ended, kept;
  for (const InstanceId id : instances) (api.store().erase_payloads(id) ? ended : kept).push_back(id);
  std::vector<std::int64_t> all = *erased;
  all.insert(all.end(), ended.begin(), ended.end());
  if (auto refusal = note_access(api, call, "erase", std::move(all))) return std::move(*refusal);
  engine::TaskFilter tasks;
  tasks.customer = customer;
  tasks.limit = 1'000;
  const auto open = api.store().cx().tasks(tasks);
  if (!open) return respond(runtime::store_failure(open.error()));
  json::Writer writer;
  const auto list = [&](std::string_view name, const auto& items, const auto& id) {
    writer.key(name).begin_array();
    for (const auto& item : items) writer.string(std::to_string(id(item)));
    writer.end_array();
  };
  const auto self = [](std::int64_t id) { return id; };
  writer.begin_object();
  list("erased", *erased, self);
  list("erasedInstanceIds", ended, self);
  list("keptInstanceIds", kept, self);
  list("keptTaskIds", *open, [](const engine::TaskRow& task) { return task.id; });
  writer.end_object();
  return json_response(200, writer);
}

}  // namespace echoflow::rest::voice
