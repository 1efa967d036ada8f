#include "adapters/soap/codec.hpp"
#include "adapters/soap/parts.hpp"
#include "adapters/soap/text.hpp"

namespace echoflow::soap {

namespace {

using program::Program;
using program::WireOperation;

bool is_xml_type(std::string_view content_type) {
  std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
  std::string lower;
  for (char c : type) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return lower.empty() || lower == "text/xml" || lower == "application/xml" || lower.ends_with("+xml");
}

runtime::TransportFailure bad_answer(const WireOperation& operation, const std::string& why, const HttpAnswer& answer) {
  return {runtime::TransportFailure::Kind::invalid_answer,
          "The partner's answer to '" + operation.operation + "' is not acceptable: " + why + received(answer.body),
          false};
}

/// 408, 425, 429 and 5xx may be otherwise the next time; everything else stays as it is.
bool may_pass(int status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

runtime::TransportFailure bad_status(const WireOperation& operation, const HttpAnswer& answer) {
  using Kind = runtime::TransportFailure::Kind;
  bool redirect = answer.status >= 300 && answer.status < 400;
  return {may_pass(answer.status) ? Kind::unreachable : Kind::invalid_answer,
          "The partner answered '" + operation.operation + "' with HTTP status " + std::to_string(answer.status) +
              (redirect ? ", a redirect that is not followed." : ".") + received(answer.body),
          may_pass(answer.status)};
}

bool is_acknowledgement(int status) {
  return status == 200 || status == 202 || status == 204;
}

runtime::PartnerAnswer read_reply(const Program& program, const WireOperation& operation, const HttpAnswer& answer,
                                  Envelope& envelope) {
  auto layout = reply_layout(program, operation);
  auto block = not_understood(envelope, [&](auto node) { return is_header_part(envelope.document, node, layout); });
  if (block != xml::no_node)
    return bad_answer(
        operation,
        "header block '" + envelope.document.qname(block).clark() + "' must be understood, but is not known here.",
        answer);
  auto message = read_parts(envelope, layout);
  if (!message) return bad_answer(operation, message.error().message, answer);
  if (auto wrong = first_schema_error(program, *layout.type, message->parts); !wrong.empty())
    return bad_answer(operation, wrong, answer);
  message->reply_to = envelope.addressing.reply_to;
  message->message_id = envelope.addressing.message_id;
  return std::move(message).value();
}

}  // namespace

Addressing answer_addressing(const WireOperation& operation, const Addressing& request) {
  Addressing answer;
  if (request.message_id.empty()) return answer;
  answer.relates_to = request.message_id;
  answer.action = default_action(operation, true);
  return answer;
}

std::string write_reply(const Program& program, const WireOperation& operation, SoapVersion version,
                        const Message& message, const Addressing& addressing) {
  auto layout = reply_layout(program, operation);
  std::string headers, out;
  write_addressing(addressing, headers);
  write_header_parts(message, layout, headers);
  open_envelope(version, headers, out);
  write_body_parts(message, layout, out);
  close_envelope(out);
  return out;
}

runtime::PartnerAnswer read_answer(const Program& program, const WireOperation& operation, bool one_way,
                                   const HttpAnswer& answer, const xml::Limits& limits) {
  if (one_way && is_acknowledgement(answer.status)) return Message{};
  const bool may_be_soap = !answer.body.empty() && is_xml_type(answer.content_type);
  if (!may_be_soap) {
    if (answer.status != 200) return bad_status(operation, answer);
    return bad_answer(
        operation, answer.body.empty() ? "it is empty." : "its content type is '" + answer.content_type + "', not XML.",
        answer);
  }
  auto envelope = parse_envelope(answer.body, limits);
  if (envelope && envelope->is_fault()) return read_fault(program, operation, *envelope);
  if (answer.status != 200) return bad_status(operation, answer);
  if (!envelope) return bad_answer(operation, envelope.error().message, answer);
  return read_reply(program, operation, answer, *envelope);
}

}  // namespace echoflow::soap
