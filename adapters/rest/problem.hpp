#pragma once
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"
#include "adapters/rest/json_value.hpp"
#include "adapters/rest/json_writer.hpp"
#include "adapters/runtime/runtime.hpp"
#include "models/base/diagnostic.hpp"

namespace echoflow::rest {

/// RFC 9457 problem details, with members of our own where they say more.
struct Problem {
  int status = 500;
  std::string code;     ///< stable; the type is "urn:echoflow:problem:<code>"
  std::string detail;   ///< one plain English sentence
  std::string pointer;  ///< JSON pointer into the request's body
  std::string limit;    ///< name of the limit that was passed
  Diagnostics violations;
  http::Pairs headers;
};

std::string_view reason_phrase(int status);
http::Response respond(const Problem& problem);
/// A request that is malformed: 400.
http::Response bad_request(std::string detail, std::string pointer = "");
http::Response bad_request(const json::ReadError& error);
http::Response not_found(std::string detail);
http::Response respond(const runtime::Failure& failure);

http::Response json_response(int status, json::Writer& writer);
/// "violations": […] or "warnings": […].
void write_findings(json::Writer& writer, std::string_view name, const Diagnostics& findings);

}  // namespace echoflow::rest
