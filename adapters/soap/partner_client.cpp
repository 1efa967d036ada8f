#include "adapters/soap/partner_client.hpp"

#include "adapters/soap/codec.hpp"

namespace echoflow::soap {

namespace {

using program::SoapVersion;

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text)
    if (c != '"' && static_cast<unsigned char>(c) >= 0x20) out += c;
  return out + '"';
}

http::ClientRequest http_request(const runtime::PartnerCall& call, const Addressing& addressing) {
  http::ClientRequest request;
  request.url = call.address;
  request.timeout = std::chrono::milliseconds(call.partner_link.settings.timeout_ms);
  std::string type(content_type_of(call.operation.version));
  if (call.operation.version == SoapVersion::soap12) {
    if (!call.operation.soap_action.empty()) type += "; action=" + quoted(call.operation.soap_action);
  } else {
    request.headers.emplace_back("SOAPAction", quoted(call.operation.soap_action));
  }
  request.headers.emplace_back("Content-Type", type);
  request.headers.emplace_back("Accept", "text/xml, application/soap+xml, application/xml");
  request.headers.emplace_back("Idempotency-Key", call.idempotency_key);
  request.body = write_request(call.program, call.operation, call.message, addressing);
  return request;
}

runtime::TransportFailure transport_failure(const http::ClientFailure& failure) {
  using Kind = runtime::TransportFailure::Kind;
  switch (failure.kind) {
    case http::ClientFailureKind::bad_url:
      return {Kind::unreachable, failure.message, false};
    case http::ClientFailureKind::unreachable:
      return {Kind::unreachable, failure.message, true};
    case http::ClientFailureKind::timeout:
      return {Kind::timeout, failure.message, true};
    case http::ClientFailureKind::too_large:
      return {Kind::invalid_answer, failure.message, false};
  }
  return {Kind::unreachable, failure.message, true};
}

}  // namespace

SoapPartnerClient::SoapPartnerClient(OwnAddress own_address, http::ClientOptions options)
    : own_address_(std::move(own_address)), client_(options) {}

runtime::PartnerAnswer SoapPartnerClient::call(const runtime::PartnerCall& call) {
  Addressing addressing;
  addressing.message_id = "urn:echoflow:" + call.idempotency_key;
  addressing.relates_to = call.message.message_id;
  addressing.action =
      call.operation.soap_action.empty() ? default_action(call.operation, false) : call.operation.soap_action;
  addressing.to = call.address;
  if (own_address_) addressing.reply_to = own_address_(call);
  auto answer = client_.send(http_request(call, addressing));
  if (!answer) return transport_failure(answer.error());
  return read_answer(call.program, call.operation, call.one_way,
                     {answer->status, std::move(answer->content_type), std::move(answer->body)});
}

}  // namespace echoflow::soap
