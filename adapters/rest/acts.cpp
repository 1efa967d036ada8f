#include <limits>

#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/json_message.hpp"
#include "adapters/rest/who.hpp"

namespace echoflow::rest::acts {

namespace {

Result<engine::Actor, http::Response> actor_of(const Call& call, json::Fields& fields) {
  auto who = who_of(call);
  if (!who) return fail(std::move(who.error()));
  engine::Actor actor{std::move(*who), fields.required_string("reason")};
  if (actor.why.size() > 2000) fields.refuse("reason", "\"reason\" is longer than 2000 bytes.");
  return actor;
}

http::Response unknown(const Call& call) {
  return not_found("There is no process instance '" + call.parameters[0] + "'.");
}

http::Response finished(Api& api, InstanceId id, const runtime::Outcome<void>& outcome) {
  if (!outcome) return respond(outcome.error());
  auto row = api.runtime().instance(id);
  if (!row) return respond(row.error());
  json::Writer writer;
  writer.begin_object();
  write_instance_members(writer, *row, *api.runtime().directory());
  writer.end_object();
  return json_response(200, writer);
}

template <class Act>
http::Response on_instance(Api& api, const Call& call, Act act) {
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  auto actor = actor_of(call, fields);
  if (!actor) return actor.error();
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  auto id = id_of(call.parameters[0]);
  if (!id) return unknown(call);
  return finished(api, *id, act(*id, std::move(actor).value()));
}

std::optional<ActivityId> activity_of(const Call& call) {
  auto id = id_of(call.parameters[1]);
  if (!id || *id > std::numeric_limits<ActivityId>::max()) return std::nullopt;
  return static_cast<ActivityId>(*id);
}

http::Response unknown_activity(const Call& call) {
  return not_found("There is no activity '" + call.parameters[1] + "' in the instance.");
}

template <class Act>
http::Response on_activity(Api& api, const Call& call, Act act) {
  auto activity = activity_of(call);
  if (!activity) return unknown_activity(call);
  return on_instance(api, call,
                     [&](InstanceId id, engine::Actor actor) { return act(id, *activity, std::move(actor)); });
}

}  // namespace

http::Response suspend(Api& api, const Call& call) {
  return on_instance(api, call,
                     [&](InstanceId id, engine::Actor actor) { return api.runtime().suspend(id, std::move(actor)); });
}
http::Response resume(Api& api, const Call& call) {
  return on_instance(api, call,
                     [&](InstanceId id, engine::Actor actor) { return api.runtime().resume(id, std::move(actor)); });
}
http::Response terminate(Api& api, const Call& call) {
  return on_instance(api, call,
                     [&](InstanceId id, engine::Actor actor) { return api.runtime().terminate(id, std::move(actor)); });
}
http::Response retry(Api& api, const Call& call) {
  return on_activity(api, call, [&](InstanceId id, ActivityId activity, engine::Actor actor) {
    return api.runtime().retry(id, activity, std::move(actor));
  });
}
http::Response skip(Api& api, const Call& call) {
  return on_activity(api, call, [&](InstanceId id, ActivityId activity, engine::Actor actor) {
    return api.runtime().skip(id, activity, std::move(actor));
  });
}

http::Response fault(Api& api, const Call& call) {
  auto activity = activity_of(call);
  if (!activity) return unknown_activity(call);
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  auto actor = actor_of(call, fields);
  if (!actor) return actor.error();
  Fault fault;
  fault.name = QName::from_clark(fields.required_string("fault"));
  fault.detail = fields.string("detail").value_or("Raised by " + actor->who + ": " + actor->why);
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  auto id = id_of(call.parameters[0]);
  if (!id) return unknown(call);
  return finished(api, *id, api.runtime().fault(*id, *activity, std::move(fault), std::move(actor).value()));
}

namespace {

struct Target {
  program::ProgramPtr program;
  const program::MessageType* type = nullptr;
  ActivityId scope = 0;
};

/// The live variable that is meant, with its type.
Result<Target, http::Response> variable_of(Api& api, const Call& call, InstanceId id, ActivityId scope) {
  auto row = api.runtime().instance(id);
  if (!row) return fail(respond(row.error()));
  auto program = api.runtime().program(row->process);
  if (!program) return fail(respond(program.error()));
  auto history = api.runtime().history(id);
  if (!history) return fail(respond(history.error()));
  for (const auto& variable : (*history)->variables()) {
    if (variable.name != call.parameters[1] || (scope && variable.scope != scope)) continue;
    return Target{*program, &(*program)->message_types[(*program)->variables[variable.variable].type], variable.scope};
  }
  return fail(not_found("The instance has no live variable '" + call.parameters[1] + "'."));
}

}  // namespace

http::Response set_variable(Api& api, const Call& call) {
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  auto actor = actor_of(call, fields);
  if (!actor) return actor.error();
  const auto* content = fields.any("value");
  if (!content) fields.refuse("value", "\"value\" is missing.");
  auto scope = fields.string("scope");
  auto scope_id = scope ? id_of(*scope) : std::optional<std::int64_t>(0);
  if (!scope_id || *scope_id > std::numeric_limits<ActivityId>::max())
    fields.refuse("scope", "\"scope\" must be the id of a scope's activity.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  auto id = id_of(call.parameters[0]);
  if (!id) return unknown(call);
  auto target = variable_of(api, call, *id, static_cast<ActivityId>(*scope_id));
  if (!target) return target.error();
  auto parts = parts_from_json(*target->program, *target->type, *content, "/value");
  if (!parts) return bad_request(parts.error());
  return finished(api, *id,
                  api.runtime().set_variable(*id, call.parameters[1], target->scope, std::move(parts).value(),
                                             std::move(actor).value()));
}

}  // namespace echoflow::rest::acts
