#include "adapters/rest/delivery.hpp"

#include "adapters/rest/json_message.hpp"

namespace echoflow::rest {

namespace {

struct AnswerWriter {
  Api& api;
  const JsonDelivery& sent;
  int status;

  http::Response operator()(const runtime::Reply& reply) const {
    return with_instance(reply.instance, [&](json::Writer& writer) {
      writer.key("reply");
      if (sent.operation->output == program::none)
        writer.null();
      else
        write_parts(writer, sent.program->message_types[sent.operation->output], reply.message.parts);
    });
  }
  http::Response operator()(const runtime::FaultReply& reply) const {
    Fault fault = reply.fault;
    if (!fault.has_data()) fault.parts = reply.message.parts;
    return with_instance(reply.instance,
                         [&](json::Writer& writer) { write_fault_value(writer.key("replyFault"), fault); });
  }
  http::Response operator()(const runtime::Accepted& accepted) const {
    return with_instance(accepted.instance, [&](json::Writer& writer) {
      if (accepted.waiting) writer.member("waiting", true);
    });
  }
  http::Response operator()(const runtime::Failure& failure) const { return respond(failure); }

 private:
  template <class Extra>
  http::Response with_instance(InstanceId id, Extra extra) const {
    json::Writer writer;
    writer.begin_object();
    if (id == 0) {
      writer.member("state", "held");
    } else if (auto row = api.runtime().instance(id); row) {
      write_instance_members(writer, *row, *api.runtime().directory());
    } else {
      writer.member("id", std::to_string(id));
    }
    extra(writer);
    writer.end_object();
    auto response = json_response(status, writer);
    if (id && status == 201)
      response.headers.emplace_back("Location", "/api/v1/process-instances/" + std::to_string(id));
    return response;
  }
};

}  // namespace

std::string request_key(const Call& call) {
  auto key = call.request.header("Idempotency-Key");
  return key.empty() ? std::string() : call.request.path + "|" + std::string(key);
}

std::chrono::milliseconds wait_of(json::Fields& fields, const ApiOptions& options) {
  return std::chrono::seconds(fields.integer("waitSeconds", 0, options.max_wait.count()).value_or(0));
}

http::Response deliver(Api& api, JsonDelivery sent, std::chrono::milliseconds wait, int status) {
  sent.delivery.want_reply = wait.count() > 0 && sent.operation->output != program::none;
  sent.delivery.timeout = wait;
  sent.delivery.partner_link = sent.partner_link;
  sent.delivery.operation = sent.operation->operation;
  sent.delivery.message.message_type = sent.program->message_types[sent.operation->input].name;
  auto answer = api.runtime().deliver_and_wait(std::move(sent.delivery));
  return std::visit(AnswerWriter{api, sent, status}, std::move(answer));
}

}  // namespace echoflow::rest
