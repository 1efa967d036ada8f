#include "adapters/rest/api.hpp"
#include "adapters/rest/json_message.hpp"
#include "adapters/rest/who.hpp"

namespace echoflow::rest::instances {

namespace {

struct View {
  engine::InstanceRow row;
  program::ProgramPtr program;
  std::unique_ptr<engine::History> history;
};

http::Response unknown_instance(const Call& call) {
  return not_found("There is no process instance '" + call.parameters[0] + "'.");
}

Result<View, http::Response> view_of(Api& api, const Call& call) {
  auto id = id_of(call.parameters[0]);
  if (!id) return fail(unknown_instance(call));
  auto row = api.runtime().instance(*id);
  if (!row) return fail(respond(row.error()));
  auto program = api.runtime().program(row->process);
  if (!program) return fail(respond(program.error()));
  auto history = api.runtime().history(*id);
  if (!history) return fail(respond(history.error()));
  return View{*row, *program, std::move(history).value()};
}

/// Customers' words stand in variables, faults and events: who looks at them is journalled.
Result<View, http::Response> contents_of(Api& api, const Call& call, const char* what) {
  auto view = view_of(api, call);
  if (!view || !holds_customers_data(*view->program)) return view;
  if (auto refusal = note_access(api, call, what, {view->row.id})) return fail(std::move(*refusal));
  return view;
}

void write_activity(json::Writer& writer, const engine::ActivityView& activity) {
  writer.begin_object();
  writer.member("id", std::to_string(activity.id))
      .member("elementId", activity.element_id)
      .member("name", activity.name);
  writer.member("type", activity.type).member("state", engine::to_string(activity.status));
  if (activity.started_at) writer.member("startedAt", format_time_point(*activity.started_at));
  if (activity.ended_at) writer.member("endedAt", format_time_point(*activity.ended_at));
  if (activity.iteration) writer.member("iteration", *activity.iteration);
  if (activity.scope) writer.member("scope", std::to_string(activity.scope));
  if (activity.failed) writer.member("failed", true);
  writer.end_object();
}

void write_variable(json::Writer& writer, const View& view, const engine::VariableView& variable) {
  const auto& declaration = view.program->variables[variable.variable];
  const auto& type = view.program->message_types[declaration.type];
  writer.begin_object();
  writer.member("name", variable.name).member("scope", std::to_string(variable.scope));
  if (declaration.is_message)
    writer.member("messageType", type.name.clark());
  else if (!declaration.element.empty())
    writer.member("element", declaration.element.clark());
  else
    writer.member("type", declaration.xsd_type.clark());
  writer.key("value");
  if (declaration.is_message)
    write_parts(writer, type, variable.parts);
  else if (variable.parts.empty())
    writer.null();
  else
    write_part_value(writer, variable.parts[0], type.parts[0].form);
  writer.end_object();
}

/// A page of a vector; the cursor is the number of items before it.
template <class Items, class WriteItem>
http::Response paged(const Call& call, const Items& items, WriteItem write_item) {
  auto page = page_of(call);
  if (!page) return page.error();
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  auto at = static_cast<std::size_t>(page->cursor);
  for (std::size_t end = at + page->limit; at < items.size() && at < end; ++at) write_item(writer, items[at]);
  writer.end_array();
  if (at < items.size()) writer.member("nextCursor", std::to_string(at));
  writer.end_object();
  return json_response(200, writer);
}

}  // namespace

http::Response activities(Api& api, const Call& call) {
  auto view = view_of(api, call);
  if (!view) return view.error();
  return paged(call, view->history->activities(), write_activity);
}

http::Response variables(Api& api, const Call& call) {
  auto view = contents_of(api, call, "variables");
  if (!view) return view.error();
  return paged(call, view->history->variables(),
               [&](json::Writer& writer, const auto& variable) { write_variable(writer, *view, variable); });
}

http::Response variable(Api& api, const Call& call) {
  auto view = contents_of(api, call, "variables");
  if (!view) return view.error();
  auto scope = call.parameter("scope");
  for (const auto& variable : view->history->variables()) {
    if (variable.name != call.parameters[1] || (!scope.empty() && std::to_string(variable.scope) != scope)) continue;
    json::Writer writer;
    write_variable(writer, *view, variable);
    return json_response(200, writer);
  }
  return not_found("The instance has no live variable '" + call.parameters[1] + "'.");
}

http::Response faults(Api& api, const Call& call) {
  auto view = contents_of(api, call, "faults");
  if (!view) return view.error();
  return paged(call, view->history->faults(), [](json::Writer& writer, const engine::FaultView& fault) {
    writer.begin_object();
    writer.member("activityId", std::to_string(fault.activity))
        .member("at", format_time_point(fault.at))
        .member("handled", fault.handled);
    write_fault_value(writer.key("fault"), fault.fault);
    writer.end_object();
  });
}

http::Response journal(Api& api, const Call& call) {
  auto view = contents_of(api, call, "journal");
  if (!view) return view.error();
  return paged(call, view->history->events(), [](json::Writer& writer, const engine::EventView& event) {
    writer.begin_object();
    writer.member("seq", static_cast<std::int64_t>(event.seq))
        .member("at", format_time_point(event.at))
        .member("type", event.type);
    if (event.activity) writer.member("activityId", std::to_string(event.activity));
    if (!event.element_id.empty()) writer.member("elementId", event.element_id);
    if (!event.detail.empty()) writer.member("detail", event.detail);
    writer.end_object();
  });
}

}  // namespace echoflow::rest::instances
