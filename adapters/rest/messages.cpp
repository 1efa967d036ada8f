#include "adapters/rest/delivery.hpp"
#include "adapters/rest/json_message.hpp"

namespace echoflow::rest::messages {

namespace {

struct MessageBody {
  QName port_type;
  std::string operation, process_key, partner_link, business_key;
  const json::Value* message = nullptr;
  std::chrono::milliseconds wait{0};
};

Result<MessageBody, http::Response> read_body(Api& api, const json::Value& value) {
  json::Fields fields(value);
  MessageBody body;
  body.port_type = QName::from_clark(fields.required_string("portType"));
  body.operation = fields.required_string("operation");
  body.process_key = fields.string("processKey").value_or("");
  body.partner_link = fields.string("partnerLink").value_or("");
  body.business_key = fields.string("businessKey").value_or("");
  body.message = fields.object("message");
  body.wait = wait_of(fields, api.options());
  fields.finish();
  if (fields.error()) return fail(bad_request(*fields.error()));
  return body;
}

struct Target {
  runtime::ProcessInfoPtr process;
  std::string partner_link;
};

/// The endpoint that is meant: by portType, and where several processes offer it, by process and partner link.
Result<Target, http::Response> target_of(const runtime::Directory& directory, const MessageBody& body) {
  Target found;
  for (const auto& [key, versions] : directory.versions) {
    if (!body.process_key.empty() && key != body.process_key && QName::from_clark(key).local != body.process_key)
      continue;
    auto process = directory.newest(key);
    for (const auto& endpoint : process->endpoints) {
      if (endpoint.port_type != body.port_type ||
          (!body.partner_link.empty() && endpoint.partner_link != body.partner_link))
        continue;
      if (found.process)
        return fail(respond({409, "ambiguous-endpoint",
                             "Several endpoints have the portType " + body.port_type.clark() +
                                 "; say which by \"processKey\" and \"partnerLink\"."}));
      found = {process, endpoint.partner_link};
    }
  }
  if (!found.process) return fail(not_found("No deployed process offers the portType " + body.port_type.clark() + "."));
  return found;
}

const program::OperationRef* operation_of(const program::Program& program, const Target& target,
                                          const std::string& name) {
  for (const auto& entry : program.entries) {
    const auto& operation = entry.inbound->operation;
    if (operation.operation == name && program.partner_links[operation.partner_link].name == target.partner_link)
      return &operation;
  }
  return nullptr;
}

}  // namespace

http::Response create(Api& api, const Call& call) {
  auto value = body_of(call);
  if (!value) return value.error();
  auto body = read_body(api, *value);
  if (!body) return body.error();
  auto target = target_of(*api.runtime().directory(), *body);
  if (!target) return target.error();
  auto program = api.runtime().program(target->process->id);
  if (!program) return respond(program.error());
  const auto* operation = operation_of(**program, *target, body->operation);
  if (!operation)
    return not_found("The process receives no operation '" + body->operation + "' at partner link '" +
                     target->partner_link + "'.");
  static const json::Value nothing{json::Kind::object, false, {}, {}, {}};
  auto parts = parts_from_json(**program, (*program)->message_types[operation->input],
                               body->message ? *body->message : nothing, "/message");
  if (!parts) return bad_request(parts.error());
  JsonDelivery sent{target->process, *program, operation, target->partner_link, {}};
  sent.delivery.process_key = target->process->key;
  sent.delivery.business_key = body->business_key;
  sent.delivery.request_key = request_key(call);
  sent.delivery.message.parts = std::move(parts).value();
  return deliver(api, std::move(sent), body->wait, body->wait.count() > 0 ? 200 : 202);
}

}  // namespace echoflow::rest::messages
