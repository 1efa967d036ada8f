#include <optional>
#include <vector>

#include "adapters/rest/delivery.hpp"
#include "adapters/rest/json_message.hpp"

namespace echoflow::rest::instances {

namespace {

using program::OperationRef;

struct StartBody {
  std::string process_key, process_id, operation, partner_link, business_key;
  const json::Value* message = nullptr;
  const json::Value* variables = nullptr;
  std::chrono::milliseconds wait{0};
};

Result<StartBody, http::Response> read_body(Api& api, const json::Value& value) {
  json::Fields fields(value);
  StartBody body;
  body.process_key = fields.string("processKey").value_or("");
  body.process_id = fields.string("processId").value_or("");
  body.operation = fields.string("operation").value_or("");
  body.partner_link = fields.string("partnerLink").value_or("");
  body.business_key = fields.string("businessKey").value_or("");
  body.message = fields.object("message");
  body.variables = fields.object("variables");
  body.wait = wait_of(fields, api.options());
  if (body.process_key.empty() == body.process_id.empty())
    fields.refuse("", "Exactly one of \"processKey\" and \"processId\" must be given.");
  if (body.message && body.variables) fields.refuse("variables", "Give either \"message\" or \"variables\", not both.");
  fields.finish();
  if (fields.error()) return fail(bad_request(*fields.error()));
  return body;
}

std::string names_of(const std::vector<const program::Entry*>& entries) {
  std::string names;
  for (const auto* entry : entries) names += (names.empty() ? "" : ", ") + entry->inbound->operation.operation;
  return names;
}

/// The start activity that is meant: by operation and partner link, or the only one.
Result<const OperationRef*, http::Response> start_of(const program::Program& program, const StartBody& body) {
  std::vector<const program::Entry*> fitting, all;
  for (const auto& entry : program.entries) {
    if (!entry.creates_instance) continue;
    all.push_back(&entry);
    const auto& operation = entry.inbound->operation;
    if (!body.operation.empty() && operation.operation != body.operation) continue;
    if (!body.partner_link.empty() && program.partner_links[operation.partner_link].name != body.partner_link) continue;
    fitting.push_back(&entry);
  }
  if (fitting.empty())
    return fail(bad_request(
        "No start activity has this operation and partner link; the process starts with " + names_of(all) + ".",
        "/operation"));
  for (const auto* entry : fitting) {
    const auto& a = entry->inbound->operation;
    const auto& b = fitting.front()->inbound->operation;
    if (a.operation != b.operation || a.partner_link != b.partner_link)
      return fail(bad_request(
          "Several activities can start this process; say which \"operation\" is meant: " + names_of(fitting) + ".",
          "/operation"));
  }
  return &fitting.front()->inbound->operation;
}

/// "message" holds parts by name; "variables" too, or the content of a message's only part.
Result<Parts, json::ReadError> parts_of(const program::Program& program, const program::MessageType& type,
                                        const StartBody& body) {
  static const json::Value nothing{json::Kind::object, false, {}, {}, {}};
  if (body.message || !body.variables)
    return parts_from_json(program, type, body.message ? *body.message : nothing, "/message");
  const auto& members = body.variables->members;
  bool is_content = type.parts.size() == 1 && !(members.size() == 1 && members.front().name == type.parts[0].name);
  if (!is_content) return parts_from_json(program, type, *body.variables, "/variables");
  json::Value wrapped{json::Kind::object, false, {}, {}, {}};
  wrapped.members.push_back({type.parts[0].name, *body.variables});
  auto parts = parts_from_json(program, type, wrapped, "");
  if (parts) return parts;
  // The pointer goes through a part that the client did not write.
  auto error = parts.error();
  const std::string step = json::pointer_step(type.parts[0].name);
  if (error.pointer.starts_with(step)) error.pointer = "/variables" + error.pointer.substr(step.size());
  return fail(std::move(error));
}

}  // namespace

http::Response start(Api& api, const Call& call) {
  auto value = body_of(call);
  if (!value) return value.error();
  auto body = read_body(api, *value);
  if (!body) return body.error();
  auto process = process_by(*api.runtime().directory(), body->process_key, body->process_id);
  if (!process) return process.error();
  auto program = api.runtime().program((*process)->id);
  if (!program) return respond(program.error());
  auto operation = start_of(**program, *body);
  if (!operation) return operation.error();
  auto parts = parts_of(**program, (*program)->message_types[(*operation)->input], *body);
  if (!parts) return bad_request(parts.error());
  JsonDelivery sent{*process, *program, *operation, (*program)->partner_links[(*operation)->partner_link].name, {}};
  sent.delivery.process_key = (*process)->key;
  if (!body->process_id.empty()) sent.delivery.process = (*process)->id;
  sent.delivery.business_key = body->business_key;
  sent.delivery.request_key = request_key(call);
  sent.delivery.message.parts = std::move(parts).value();
  return deliver(api, std::move(sent), body->wait, 201);
}

}  // namespace echoflow::rest::instances
