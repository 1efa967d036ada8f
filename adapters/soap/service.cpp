#include "adapters/soap/service.hpp"

#include "adapters/soap/wsdl.hpp"
#include "models/cx/description.hpp"

namespace echoflow::soap {

namespace {

using runtime::FailureKind;

http::Response xml_response(int status, SoapVersion version, std::string body) {
  return {status, std::string(content_type_of(version)), std::move(body), {}, {}};
}

http::Response refused(const SoapError& error, int status) {
  return xml_response(status, error.version, write_error(error));
}
http::Response refused(const SoapError& error) {
  return refused(error, error.limit == "xml-bytes" ? 413 : http_status(error));
}

http::Response text(int status, std::string body) {
  return {status, "text/plain; charset=utf-8", std::move(body), {}, {}};
}

SoapVersion version_of(const http::Request& request) {
  return http::media_type(request.header("Content-Type")) == "application/soap+xml" ? SoapVersion::soap12
                                                                                    : SoapVersion::soap11;
}

bool is_soap_type(std::string_view type) {
  return type == "text/xml" || type == "application/soap+xml" || type == "application/xml";
}

/// Why the runtime did not serve it, as SOAP says it: the caller's mistakes are client faults, the rest the server's.
http::Response failure_response(const runtime::Failure& failure, SoapVersion version) {
  SoapError error{Blame::server, failure.message, "", version};
  switch (failure.kind) {
    case FailureKind::not_found:
    case FailureKind::invalid:
    case FailureKind::conflict:
      error.blame = Blame::client;
      return refused(error);
    case FailureKind::unavailable:
    case FailureKind::limit: {
      auto response = refused(error, 503);
      response.headers.emplace_back("Retry-After", "1");
      return response;
    }
    case FailureKind::timeout:
    case FailureKind::internal:
      return refused(error, 500);
  }
  return refused(error, 500);
}

/// Counts a waiting caller while it lives.
class Waiting {
 public:
  explicit Waiting(std::atomic<unsigned>& count) : count_(count), before_(count.fetch_add(1)) {}
  ~Waiting() { count_.fetch_sub(1); }
  unsigned before() const { return before_; }

 private:
  std::atomic<unsigned>& count_;
  unsigned before_;
};

Fault with_data(runtime::FaultReply reply) {
  if (!reply.fault.has_data() && !reply.message.parts.empty()) {
    reply.fault.message_type = reply.message.message_type;
    reply.fault.parts = std::move(reply.message.parts);
  }
  return std::move(reply.fault);
}

struct AnswerWriter {
  const program::Program& program;
  const program::WireOperation& operation;
  SoapVersion version;
  Addressing addressing;

  http::Response operator()(runtime::Reply reply) const {
    return xml_response(200, version, write_reply(program, operation, version, reply.message, addressing));
  }
  http::Response operator()(runtime::FaultReply reply) const {
    return xml_response(500, version, write_fault(version, with_data(std::move(reply)), addressing));
  }
  http::Response operator()(runtime::Accepted accepted) const {
    if (operation.output == program::none) return {202, "", "", {}, {}};
    std::string instance = accepted.instance ? " by instance " + std::to_string(accepted.instance) : "";
    return refused({Blame::server,
                    "The message was accepted" + instance +
                        ", but its reply did not come in time. Send the same request again with the same wsa:MessageID "
                        "or Idempotency-Key to get it.",
                    "", version},
                   500);
  }
  http::Response operator()(const runtime::Failure& failure) const { return failure_response(failure, version); }
};

/// The client's key for this message, made unique per endpoint; empty when it gave none.
std::string request_key(const http::Request& request, const Endpoint& endpoint, const Addressing& addressing) {
  std::string_view key = request.header("Idempotency-Key");
  if (key.empty()) key = addressing.message_id;
  return key.empty() ? std::string() : endpoint.path + "|" + std::string(key);
}

}  // namespace

Service::Service(runtime::Runtime& runtime, Endpoints& endpoints, ServiceOptions options)
    : runtime_(runtime), endpoints_(endpoints), options_(std::move(options)) {}

http::Response Service::too_large(std::size_t limit) const {
  return refused({Blame::client, "The message is larger than " + std::to_string(limit) + " bytes (limit xml-bytes).",
                  "xml-bytes", SoapVersion::soap11});
}

http::Response Service::handle(const http::Request& request, const std::string& base_url) {
  auto table = endpoints_.of(runtime_.directory());
  const Endpoint* endpoint = table->find(request.path);
  if (!endpoint) {
    std::string message = "No process is deployed that offers the endpoint " + request.path + ".";
    if (request.method == "POST") return refused({Blame::client, message, "", version_of(request)}, 404);
    return text(404, message + "\n");
  }
  if (request.method == "GET" || request.method == "HEAD") return describe(request, *endpoint, base_url);
  if (request.method == "POST") return receive(request, *endpoint);
  auto response = text(405, "Use POST with a SOAP message, or GET with ?wsdl.\n");
  response.headers.emplace_back("Allow", "GET, HEAD, POST");
  return response;
}

http::Response Service::describe(const http::Request& request, const Endpoint& endpoint,
                                 const std::string& base_url) const {
  const std::string url = base_url + endpoint.path;
  auto query = http::parse_query(request.query);
  if (!query || query->empty())
    return text(200, "Send SOAP messages for " + endpoint.info.port_type.clark() +
                         " here by POST. The interface: " + url + "?wsdl\n");
  if (query->size() != 1 || !http::equal_ignoring_case(query->front().first, "wsdl"))
    return text(400, "Only the query ?wsdl is known here.\n");
  auto newest = runtime_.directory()->newest(endpoint.process_key);
  if (!newest) return text(404, "The process is not deployed any more.\n");
  auto files = runtime_.files(newest->deployment);
  auto program = runtime_.newest_program(endpoint.process_key);
  if (!files || !program) return text(503, (files ? program.error() : files.error()).message + "\n");
  if (options_.models) files->merge(options_.models->interface_files(*files));
  if (cx::uses_description(*files)) cx::add_description(*files);
  std::string file = query->front().second.empty() ? endpoint.info.wsdl_file : query->front().second;
  auto served = serve_interface_file(*files, file, {**program, endpoint.info, url});
  if (!served) return text(404, served.error().message + "\n");
  return {200, "text/xml; charset=utf-8", std::move(served).value(), {}, {}};
}

http::Response Service::receive(const http::Request& request, const Endpoint& endpoint) {
  const std::string type = http::media_type(request.header("Content-Type"));
  if (!is_soap_type(type))
    return refused(
        {Blame::client, "The Content-Type is '" + type + "'; SOAP 1.1 takes text/xml, SOAP 1.2 application/soap+xml.",
         "", version_of(request)},
        415);
  auto program = runtime_.newest_program(endpoint.process_key);
  if (!program) return failure_response(program.error(), version_of(request));
  std::string action(request.header("SOAPAction"));
  if (action.empty()) action = http::header_parameter(request.header("Content-Type"), "action");
  auto message = read_request(**program, endpoint.info.port_type, request.body, action, options_.limits);
  if (!message) return refused(message.error());
  return deliver(request, endpoint, **program, std::move(message).value());
}

http::Response Service::deliver(const http::Request& request, const Endpoint& endpoint, const program::Program& program,
                                Request message) {
  const bool two_way = message.operation->output != program::none;
  Waiting waiting(waiting_);
  if (two_way && waiting.before() >= options_.max_waiting)
    return failure_response({FailureKind::limit, "waiting-callers",
                             "Too many callers wait for a reply (limit waiting-callers); try again later."},
                            message.version);
  runtime::Delivery delivery;
  delivery.process_key = endpoint.process_key;
  delivery.partner_link = endpoint.info.partner_link;
  delivery.operation = message.operation->operation;
  delivery.request_key = request_key(request, endpoint, message.addressing);
  delivery.want_reply = two_way;
  delivery.timeout = options_.reply_timeout;
  delivery.message = std::move(message.message);
  AnswerWriter writer{program, *message.operation, message.version,
                      answer_addressing(*message.operation, message.addressing)};
  return std::visit(writer, runtime_.deliver_and_wait(std::move(delivery)));
}

}  // namespace echoflow::soap
