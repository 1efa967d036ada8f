#include "adapters/cx/tasks/service.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/task_json.hpp"

namespace echoflow::rest::agents {

namespace {

void write_agent(json::Writer& writer, Api& api, const assignment::Agent& agent) {
  const auto load = api.options().tasks->load(agent.user);
  auto list = [&](std::string_view name, const std::vector<std::string>& values) {
    writer.key(name).begin_array();
    for (const auto& each : values) writer.string(each);
    writer.end_array();
  };
  writer.begin_object().member("user", agent.user).member("name", agent.name);
  list("groups", agent.groups);
  list("supervises", agent.supervises);
  list("languages", agent.languages);
  writer.key("skills").begin_array();
  for (const auto& skill : agent.skills)
    writer.begin_object().member("name", skill.name).member("level", std::int64_t{skill.level}).end_object();
  writer.end_array().member("capacity", std::int64_t{agent.capacity ? agent.capacity : 100});
  writer.member("automatic", agent.automatic).member("presence", assignment::to_string(agent.presence));
  if (agent.present_since != TimePoint{}) writer.member("since", format_time_point(agent.present_since));
  writer.member("used", std::int64_t{load.used}).member("tasks", std::int64_t{load.tasks}).end_object();
}

void read_names(json::Fields& fields, std::string_view name, std::vector<std::string>& names) {
  const auto* list = fields.any(name);
  if (!list) return;
  const auto problem = "\"" + std::string(name) + "\" must be an array of names of at most 200 bytes.";
  if (list->kind != json::Kind::array || list->items.size() > 1000) return fields.refuse(name, problem);
  for (const auto& item : list->items) {
    if (item.kind != json::Kind::string || item.text.empty() || item.text.size() > 200)
      return fields.refuse(name, problem);
    names.push_back(item.text);
  }
}

void read_skills(json::Fields& fields, std::vector<assignment::Skill>& skills) {
  const auto* list = fields.any("skills");
  if (!list) return;
  if (list->kind != json::Kind::array || list->items.size() > 1000)
    return fields.refuse("skills", "\"skills\" must be an array.");
  for (const auto& item : list->items) {
    json::Fields skill(item, "/skills");
    const auto name = skill.required_string("name");
    const auto level = skill.integer("level", 1, 5);
    skill.finish();
    if (skill.error()) return fields.refuse("skills", skill.error()->message);
    skills.push_back({name, static_cast<std::uint32_t>(level.value_or(1))});
  }
}

}  // namespace

http::Response list(Api& api, const Call&) {
  if (!api.options().tasks) return no_tasks();
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& agent : api.options().tasks->agents()) write_agent(writer, api, agent);
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response put(Api& api, const Call& call) {
  if (!api.options().tasks) return no_tasks();
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  assignment::Agent agent;
  agent.user = call.parameters[0];
  if (agent.user.size() > 200 || agent.user.starts_with("group:"))
    return bad_request("A user's name has at most 200 bytes and does not begin with \"group:\".");
  for (const auto& known : api.options().tasks->agents())
    if (known.user == agent.user) {
      agent.presence = known.presence;
      agent.present_since = known.present_since;
    }
  agent.name = fields.string("name").value_or(agent.user);
  agent.address = fields.string("mail").value_or("");
  agent.automatic = fields.boolean("automatic").value_or(false);
  agent.capacity = static_cast<std::uint32_t>(fields.integer("capacity", 1, 10'000).value_or(100));
  read_names(fields, "groups", agent.groups);
  read_names(fields, "supervises", agent.supervises);
  read_names(fields, "languages", agent.languages);
  read_skills(fields, agent.skills);
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  if (auto done = api.options().tasks->put_agent(agent); !done) return respond(done.error());
  json::Writer writer;
  write_agent(writer, api, agent);
  return json_response(200, writer);
}

http::Response remove(Api& api, const Call& call) {
  if (!api.options().tasks) return no_tasks();
  if (auto done = api.options().tasks->remove_agent(call.parameters[0]); !done) return respond(done.error());
  http::Response response;
  response.status = 204;
  return response;
}

http::Response set_presence(Api& api, const Call& call) {
  if (!api.options().tasks) return no_tasks();
  const auto& roles = call.identity.roles;
  const bool supervisor = std::find(roles.begin(), roles.end(), Role::supervisor) != roles.end();
  if (!call.identity.subject.empty() && call.identity.subject != call.parameters[0] && !supervisor)
    return respond({403, "not-authorised", "Only a supervisor says where somebody else is."});
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  const auto presence = assignment::presence_named(fields.required_string("presence"));
  if (!presence)
    fields.refuse("presence", "\"presence\" must be online, away, busy, wrapUp, transfersOnly or offline.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  auto agent = api.options().tasks->set_presence(call.parameters[0], *presence);
  if (!agent) return respond(agent.error());
  json::Writer writer;
  write_agent(writer, api, *agent);
  return json_response(200, writer);
}

}  // namespace echoflow::rest::agents
