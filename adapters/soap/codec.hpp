#pragma once
#include <string>
#include <string_view>

#include "adapters/runtime/partner_client.hpp"
#include "adapters/soap/envelope.hpp"
#include "adapters/soap/fault.hpp"
#include "models/base/result.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

/// Messages of a program's operations as SOAP envelopes and back.
namespace echoflow::soap {

/// A request that arrived at one of our endpoints.
struct Request {
  const program::WireOperation* operation = nullptr;  ///< in the program
  Message message;
  Addressing addressing;
  SoapVersion version = SoapVersion::soap11;  ///< the reply is written in the version of the request
};

/// Which operation of the portType is meant (document style: by the body's element, then by SOAPAction; rpc: by the
/// wrapper), and its message's parts.
Result<Request, SoapError> read_request(const program::Program& program, const QName& port_type, std::string_view bytes,
                                        std::string_view soap_action, const xml::Limits& limits = {});

/// The addressing of an answer to a request: empty unless the request itself used WS-Addressing.
Addressing answer_addressing(const program::WireOperation& operation, const Addressing& request);

std::string write_reply(const program::Program& program, const program::WireOperation& operation, SoapVersion version,
                        const Message& message, const Addressing& addressing);

/// A call to a partner.
std::string write_request(const program::Program& program, const program::WireOperation& operation,
                          const Message& message, const Addressing& addressing);

/// What a partner answered over HTTP, whole.
struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
};

/// What an answer means to the process that called: the output message (empty for a one-way call), the partner's fault,
/// or a failure when it does not fit the operation, its schema or SOAP over HTTP.
runtime::PartnerAnswer read_answer(const program::Program& program, const program::WireOperation& operation,
                                   bool one_way, const HttpAnswer& answer, const xml::Limits& limits = {});

}  // namespace echoflow::soap
