#include "adapters/rest/problem.hpp"

namespace echoflow::rest {

std::string_view reason_phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Internal Server Error";
  }
}

void write_findings(json::Writer& writer, std::string_view name, const Diagnostics& findings) {
  writer.key(name).begin_array();
  for (const auto& finding : findings) {
    writer.begin_object();
    writer.member("rule", finding.rule);
    writer.member("severity", finding.severity == Severity::error ? "error" : "warning");
    writer.member("message", finding.message);
    writer.member("file", finding.where.file);
    writer.member("line", std::int64_t{finding.where.line});
    writer.member("column", std::int64_t{finding.where.column});
    writer.end_object();
  }
  writer.end_array();
}

http::Response respond(const Problem& problem) {
  json::Writer writer;
  writer.begin_object();
  writer.member("type", problem.code.empty() ? "about:blank" : "urn:echoflow:problem:" + problem.code);
  writer.member("title", reason_phrase(problem.status));
  writer.member("status", std::int64_t{problem.status});
  writer.member("detail", problem.detail);
  if (!problem.pointer.empty()) writer.member("pointer", problem.pointer);
  if (!problem.limit.empty()) writer.member("limit", problem.limit);
  if (!problem.violations.empty()) write_findings(writer, "violations", problem.violations);
  writer.end_object();
  return {problem.status, "application/problem+json", writer.take(), problem.headers, {}};
}

http::Response bad_request(std::string detail, std::string pointer) {
  return respond({400, "bad-request", std::move(detail), std::move(pointer)});
}
http::Response bad_request(const json::ReadError& error) {
  return bad_request(error.message, error.pointer);
}
http::Response not_found(std::string detail) {
  return respond({404, "not-found", std::move(detail)});
}

http::Response respond(const runtime::Failure& failure) {
  using runtime::FailureKind;
  Problem problem{500, failure.code, failure.message};
  switch (failure.kind) {
    case FailureKind::not_found:
      problem.status = 404;
      break;
    case FailureKind::invalid:
      problem.status = 422;
      break;
    case FailureKind::conflict:
      problem.status = 409;
      break;
    case FailureKind::unavailable:
      problem.status = 503;
      problem.headers.emplace_back("Retry-After", "1");
      break;
    case FailureKind::timeout:
      problem.status = 504;
      break;
    case FailureKind::limit:
      problem.status = 429;
      problem.limit = failure.code;
      break;
    case FailureKind::internal:
      problem.status = 500;
      break;
  }
  return respond(problem);
}

http::Response json_response(int status, json::Writer& writer) {
  return {status, "application/json", writer.take(), {}, {}};
}

}  // namespace echoflow::rest
