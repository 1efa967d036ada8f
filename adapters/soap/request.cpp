#include <vector>

#include "adapters/soap/codec.hpp"
#include "adapters/soap/parts.hpp"
#include "adapters/soap/text.hpp"

namespace echoflow::soap {

namespace {

using program::Program;
using program::WireOperation;

/// SOAP 1.1's SOAPAction is quoted; SOAP 1.2's action parameter may be.
std::string_view unquoted(std::string_view action) {
  action = trimmed(action);
  if (action.size() >= 2 && action.front() == '"' && action.back() == '"') action = action.substr(1, action.size() - 2);
  return action;
}

/// Which of the operations that fit is meant: the action decides among several, without one the first.
const WireOperation* choose(const std::vector<const WireOperation*>& fitting, std::string_view action) {
  if (fitting.size() > 1 && !action.empty())
    for (const auto* operation : fitting)
      if (operation->soap_action == action || default_action(*operation, false) == action) return operation;
  return fitting.empty() ? nullptr : fitting.front();
}

SoapError no_operation(const Program& program, const QName& port_type, const Envelope& envelope) {
  auto first = envelope.first();
  std::string got = first == xml::no_node ? "an empty soap:Body" : "'" + envelope.document.qname(first).clark() + "'";
  std::string wanted;
  for (const auto& operation : program.wire)
    if (operation.port_type == port_type)
      wanted +=
          (wanted.empty() ? "" : "; ") + operation.operation + ": " + expected_body(request_layout(program, operation));
  return {Blame::client,
          "No operation of portType '" + port_type.clark() + "' takes " + got + ". Expected is " + wanted + ".", "",
          envelope.version};
}

Message with_addressing(Message message, const Addressing& addressing) {
  message.reply_to = addressing.reply_to;
  message.message_id = addressing.message_id;
  return message;
}

}  // namespace

Result<Request, SoapError> read_request(const Program& program, const QName& port_type, std::string_view bytes,
                                        std::string_view soap_action, const xml::Limits& limits) {
  auto envelope = parse_envelope(bytes, limits);
  if (!envelope) return fail(std::move(envelope).error());
  std::vector<const WireOperation*> fitting;
  for (const auto& operation : program.wire)
    if (operation.port_type == port_type &&
        body_fits(envelope->document, envelope->first(), request_layout(program, operation)))
      fitting.push_back(&operation);
  std::string_view action = unquoted(soap_action);
  const auto* operation = choose(fitting, action.empty() ? envelope->addressing.action : action);
  if (!operation) return fail(no_operation(program, port_type, *envelope));
  auto layout = request_layout(program, *operation);
  auto block = not_understood(*envelope, [&](auto node) { return is_header_part(envelope->document, node, layout); });
  if (block != xml::no_node)
    return fail(SoapError{
        Blame::must_understand,
        "The header block '" + envelope->document.qname(block).clark() + "' must be understood, but is not known here.",
        "", envelope->version});
  auto read = read_parts(*envelope, layout);
  if (!read)
    return fail(SoapError{Blame::client, "Operation '" + operation->operation + "': " + read.error().message, "",
                          envelope->version});
  Message message = with_addressing(std::move(read).value(), envelope->addressing);
  return Request{operation, std::move(message), std::move(envelope->addressing), envelope->version};
}

std::string write_request(const Program& program, const WireOperation& operation, const Message& message,
                          const Addressing& addressing) {
  auto layout = request_layout(program, operation);
  std::string headers, out;
  write_addressing(addressing, headers);
  write_header_parts(message, layout, headers);
  open_envelope(operation.version, headers, out);
  write_body_parts(message, layout, out);
  close_envelope(out);
  return out;
}

}  // namespace echoflow::soap
