#include <optional>

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

/// The fault of an envelope that is one, whatever its HTTP status; nothing when it is none.
std::optional<Fault> fault_in(const Program& program, const WireOperation& operation, const Result<Envelope, SoapError>& envelope) {
  if (!envelope || !envelope->is_fault()) return std::nullopt;
  return read_fault(program, operation, *envelope);
}

Fault bad_answer(const WireOperation& operation, const std::string& why, const HttpAnswer& answer) {
  return partner_fault("partnerAnswer", "The partner's answer to '" + operation.operation + "' is not acceptable: " + why, answer.body);
}

Fault bad_status(const WireOperation& operation, const HttpAnswer& answer) {
  return partner_fault("partnerStatus", "The partner answered '" + operation.operation + "' with HTTP status " + std::to_string(answer.status) + ".", answer.body);
}

}  // namespace

Addressing answer_addressing(const WireOperation& operation, const Addressing& request) {
  Addressing answer;
  if (request.message_id.empty()) return answer;
  answer.relates_to = request.message_id;
  answer.action = default_action(operation, true);
  return answer;
}

std::string write_reply(const Program& program, const WireOperation& operation, SoapVersion version, const Message& message, const Addressing& addressing) {
  auto layout = reply_layout(program, operation);
  std::string headers, out;
  write_addressing(addressing, headers);
  write_header_parts(message.parts, layout, headers);
  open_envelope(version, headers, out);
  write_body_parts(message.parts, layout, out);
  close_envelope(out);
  return out;
}

Result<Message, Fault> read_answer(const Program& program, const WireOperation& operation, const HttpAnswer& answer, const xml::Limits& limits) {
  const bool may_be_soap = !answer.body.empty() && is_xml_type(answer.content_type);
  auto envelope = may_be_soap ? parse_envelope(answer.body, limits) : Result<Envelope, SoapError>(fail(SoapError{Blame::server, "It is no XML."}));
  if (auto fault = fault_in(program, operation, envelope)) return fail(std::move(*fault));
  if (answer.status != 200) return fail(bad_status(operation, answer));
  if (answer.body.empty()) return fail(bad_answer(operation, "it is empty.", answer));
  if (!may_be_soap) return fail(bad_answer(operation, "its content type is '" + answer.content_type + "', not XML.", answer));
  if (!envelope) return fail(bad_answer(operation, envelope.error().message, answer));
  auto layout = reply_layout(program, operation);
  auto block = not_understood(*envelope, [&](auto node) { return is_header_part(envelope->document, node, layout); });
  if (block != xml::no_node) return fail(bad_answer(operation, "header block '" + envelope->document.qname(block).clark() + "' must be understood, but is not known here.", answer));
  auto parts = read_parts(*envelope, layout);
  if (!parts) return fail(bad_answer(operation, parts.error().message, answer));
  if (auto wrong = first_schema_error(program, *layout.type, *parts); !wrong.empty()) return fail(bad_answer(operation, wrong, answer));
  return Message{layout.type->name, std::move(parts).value(), envelope->addressing.reply_to, envelope->addressing.message_id};
}

Result<void, Fault> read_acknowledgement(const Program& program, const WireOperation& operation, const HttpAnswer& answer, const xml::Limits& limits) {
  if (answer.status == 200 || answer.status == 202 || answer.status == 204) return {};
  if (!answer.body.empty() && is_xml_type(answer.content_type))
    if (auto fault = fault_in(program, operation, parse_envelope(answer.body, limits))) return fail(std::move(*fault));
  return fail(bad_status(operation, answer));
}

}  // namespace echoflow::soap
