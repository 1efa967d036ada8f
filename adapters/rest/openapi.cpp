#include <map>
#include <string>

#include "adapters/rest/json_writer.hpp"
#include "adapters/rest/problem.hpp"
#include "adapters/rest/route.hpp"

namespace echoflow::rest {

namespace {

std::string reference(std::string_view schema) {
  return R"({"$ref":"#/components/schemas/)" + std::string(schema) + R"("})";
}

void write_parameters(json::Writer& writer, const Route& route) {
  writer.key("parameters").begin_array();
  for (std::size_t at = 0; (at = route.path.find('{', at)) != std::string_view::npos; ++at) {
    auto name = route.path.substr(at + 1, route.path.find('}', at) - at - 1);
    writer.begin_object().member("name", name).member("in", "path").member("required", true);
    writer.key("schema").raw(R"({"type":"string"})").end_object();
  }
  for (const auto& parameter : route.query) {
    writer.begin_object()
        .member("name", parameter.name)
        .member("in", "query")
        .member("description", parameter.description);
    writer.key("schema").raw(parameter.schema).end_object();
  }
  writer.end_array();
}

void write_content(json::Writer& writer, std::string_view type, std::string_view schema_json) {
  writer.key("content").begin_object().key(type).begin_object();
  writer.key("schema").raw(schema_json).end_object().end_object();
}

void write_body(json::Writer& writer, const Route& route) {
  switch (route.body) {
    case Body::none:
      return;
    case Body::json:
      writer.key("requestBody").begin_object().member("required", true);
      write_content(writer, "application/json", reference(route.request_schema));
      writer.end_object();
      return;
    case Body::deployment:
      writer.key("requestBody").begin_object().member("required", true).key("content").begin_object();
      writer.key("application/zip").raw(R"({"schema":{"type":"string","format":"binary"}})");
      writer.key("multipart/form-data")
          .raw(
              R"({"schema":{"type":"object","properties":{"name":{"type":"string"},"file":{"type":"array","items":{"type":"string","format":"binary"}}}}})");
      writer.key("application/xml")
          .raw(R"({"schema":{"type":"string","description":"A BPMN 2.0, ARIS AML or EPML model."}})");
      writer.end_object().end_object();
      return;
  }
}

void write_problem(json::Writer& writer, int status) {
  writer.key(std::to_string(status)).begin_object().member("description", reason_phrase(status));
  write_content(writer, "application/problem+json", reference("Problem"));
  writer.end_object();
}

/// Which problems a route can answer with.
std::vector<int> problems_of(const Route& route) {
  std::vector<int> statuses = {400};
  if (route.access != Access::open) statuses.insert(statuses.end(), {401, 403});
  if (route.path.find('{') != std::string_view::npos || route.body == Body::json) statuses.push_back(404);
  if (route.method != "GET") statuses.push_back(409);
  if (route.body != Body::none) statuses.insert(statuses.end(), {413, 415, 422});
  statuses.push_back(503);
  return statuses;
}

void write_responses(json::Writer& writer, const Route& route) {
  writer.key("responses").begin_object();
  writer.key(std::to_string(route.success)).begin_object().member("description", "Done.");
  if (!route.response_type.empty())
    write_content(writer, route.response_type,
                  route.response_schema.empty()
                      ? (route.response_type == "application/json" ? R"({"type":"object"})" : R"({"type":"string"})")
                      : reference(route.response_schema));
  writer.end_object();
  for (int status : problems_of(route)) write_problem(writer, status);
  writer.end_object();
}

std::string_view lower_method(std::string_view method) {
  return method == "GET"      ? "get"
         : method == "POST"   ? "post"
         : method == "PUT"    ? "put"
         : method == "DELETE" ? "delete"
                              : "patch";
}

std::string_view role_of(Access access) {
  switch (access) {
    case Access::open:
      return "everybody";
    case Access::read:
      return "designer, operator or auditor";
    case Access::operate:
      return "operator";
    case Access::design:
      return "designer";
    case Access::service:
      return "partner or operator";
    case Access::work:
      return "agent or supervisor";
    case Access::watch_work:
      return "agent, supervisor, designer, operator or auditor";
    case Access::supervise:
      return "supervisor or designer";
  }
  return "";
}

void write_operation(json::Writer& writer, const Route& route) {
  writer.key(lower_method(route.method)).begin_object();
  writer.member("operationId", route.operation_id)
      .member("summary", route.summary)
      .member("description", "For: " + std::string(role_of(route.access)) + ".");
  writer.key("tags").begin_array().string(route.tag).end_array();
  write_parameters(writer, route);
  write_body(writer, route);
  write_responses(writer, route);
  writer.key("security").begin_array();
  if (route.access != Access::open) writer.raw("{}").raw(R"({"token":[]})");
  writer.end_array().end_object();
}

std::string make_document() {
  std::map<std::string_view, std::vector<const Route*>> paths;
  for (const auto& route : routes()) paths[route.path].push_back(&route);
  json::Writer writer;
  writer.begin_object().member("openapi", "3.1.0");
  writer.key("info").raw(
      R"({"title":"Echoflow","version":"1","description":"Deploy, start, watch and operate WS-BPEL 2.0 processes. SOAP endpoints stand under the URLs that a deployment names.","license":{"name":"Apache-2.0","identifier":"Apache-2.0"}})");
  writer.key("servers").raw(R"([{"url":"/"}])");
  writer.key("paths").begin_object();
  for (const auto& [path, operations] : paths) {
    writer.key(path).begin_object();
    for (const auto* route : operations) write_operation(writer, *route);
    writer.end_object();
  }
  writer.end_object().key("components").begin_object().key("schemas").begin_object();
  for (const auto& schema : schemas()) writer.key(schema.name).raw(schema.json);
  writer.end_object();
  writer.key("securitySchemes")
      .raw(
          R"({"token":{"type":"http","scheme":"bearer","description":"Needed where the server was started with tokens."}})");
  writer.end_object().end_object();
  return writer.take();
}

}  // namespace

const std::string& openapi_document() {
  static const std::string document = make_document();
  return document;
}

}  // namespace echoflow::rest
