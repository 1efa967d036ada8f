#include "adapters/rest/api.hpp"

namespace echoflow::rest::instances {

namespace {

http::Response unknown(const Call& call) {
  return not_found("There is no process instance '" + call.parameters[0] + "'.");
}

std::optional<engine::InstanceStatus> status_named(std::string_view name) {
  using enum engine::InstanceStatus;
  for (auto status : {running, suspended, completed, faulted, terminated})
    if (to_string(status) == name) return status;
  return std::nullopt;
}

/// "running,suspended" into the filter; false when a name is none.
bool read_states(std::string_view list, engine::InstanceFilter& filter) {
  while (!list.empty()) {
    auto end = std::min(list.find(','), list.size());
    auto status = status_named(list.substr(0, end));
    if (!status) return false;
    filter.status.push_back(*status);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return true;
}

Result<std::optional<TimePoint>, http::Response> time_of(const Call& call, std::string_view name) {
  auto text = call.parameter(name);
  if (text.empty()) return std::optional<TimePoint>();
  auto time = parse_deadline(text);
  if (!time)
    return fail(
        bad_request("The query parameter " + std::string(name) + " must be a time such as 2026-03-01T08:05:09Z."));
  return std::optional(*time);
}

Result<engine::InstanceFilter, http::Response> filter_of(const Call& call, const runtime::Directory& directory,
                                                         const Page& page) {
  engine::InstanceFilter filter;
  if (!read_states(call.parameter("state"), filter))
    return fail(bad_request(
        "The query parameter state knows running, suspended, completed, faulted and terminated, separated by commas."));
  filter.process_key = call.parameter("processKey");
  if (!filter.process_key.empty() && !directory.versions.contains(filter.process_key))
    if (auto process = process_by(directory, filter.process_key, ""); process) filter.process_key = (*process)->key;
  if (auto id = call.parameter("processId"); !id.empty()) {
    auto number = id_of(id);
    if (!number) return fail(bad_request("The query parameter processId must be the id of a process definition."));
    filter.process = *number;
  }
  filter.business_key = call.parameter("businessKey");
  auto after = time_of(call, "startedAfter"), before = time_of(call, "startedBefore");
  if (!after) return fail(after.error());
  if (!before) return fail(before.error());
  filter.started_after = *after;
  filter.started_before = *before;
  filter.before = page.cursor;
  filter.limit = page.limit + 1;  // one more tells whether there is a next page
  return filter;
}

}  // namespace

http::Response list(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  auto directory = api.runtime().directory();
  auto filter = filter_of(call, *directory, *page);
  if (!filter) return filter.error();
  auto rows = api.runtime().instances(*filter);
  if (!rows) return respond(rows.error());
  const bool more = rows->size() > page->limit;
  if (more) rows->resize(page->limit);
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& row : *rows) {
    writer.begin_object();
    write_instance_members(writer, row, *directory);
    writer.end_object();
  }
  writer.end_array();
  if (more) writer.member("nextCursor", std::to_string(rows->back().id));
  writer.end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  auto id = id_of(call.parameters[0]);
  if (!id) return unknown(call);
  auto row = api.runtime().instance(*id);
  if (!row) return respond(row.error());
  json::Writer writer;
  writer.begin_object();
  write_instance_members(writer, *row, *api.runtime().directory());
  writer.end_object();
  return json_response(200, writer);
}

}  // namespace echoflow::rest::instances
