#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/rest/security.hpp"

namespace echoflow::rest {

class Api;

/// One request on its way to the function of its route.
struct Call {
  const http::Request& request;
  std::vector<std::string> parameters;  ///< of the path, decoded, in their order
  http::Pairs query;                    ///< every name is one that the route declares, and stands once (but "state")
  Identity identity;                    ///< empty subject: no token was asked for
  std::string base_url;                 ///< how the client reaches this server, without '/' at its end

  /// Value of a query parameter; empty when absent.
  std::string_view parameter(std::string_view name) const;
};

using Function = http::Response (*)(Api&, const Call&);

/// A query parameter, for the check and the OpenAPI document.
struct QueryParameter {
  std::string_view name;
  std::string_view schema;  ///< JSON schema as JSON
  std::string_view description;
};

/// What a route takes in its body: nothing, JSON after a schema, or a deployment.
enum class Body { none, json, deployment };

struct Route {
  std::string_view method;
  std::string_view path;  ///< "{name}" stands for one step
  Access access;
  Function function;
  std::string_view operation_id;
  std::string_view tag;
  std::string_view summary;
  Body body = Body::none;
  std::string_view request_schema = {};  ///< name in the table of schemas
  int success = 200;
  std::string_view response_schema = {};  ///< name, or empty for another media type
  std::string_view response_type = "application/json";
  std::vector<QueryParameter> query = {};
};

/// The one table from which requests are served and /openapi.json is made.
std::span<const Route> routes();
/// Documents, evidence, exports for process mining, with their schemas.
std::vector<Route> document_routes();
/// The part of it that is about tasks and agents, with its schemas.
std::vector<Route> task_routes();
/// Feedback, alerts, deliveries and what is done with customers' data; part of routes().
std::vector<Route> voice_routes();
/// Channels, KPIs.
std::vector<Route> figure_routes();
/// Incidents, events, metrics, health.
std::vector<Route> watch_routes();

/// Finds a route; `allowed` gets the methods of the path when only the method does not fit.
struct Match {
  const Route* route = nullptr;
  std::vector<std::string> parameters;
  std::vector<std::string_view> allowed;
};
Match match(std::string_view method, std::string_view path);

/// The OpenAPI 3.1 document of the table.
const std::string& openapi_document();

/// JSON schemas by name, as JSON.
struct Schema {
  std::string_view name;
  std::string_view json;
};
std::span<const Schema> schemas();
std::span<const Schema> task_schemas();
std::span<const Schema> document_schemas();

}  // namespace echoflow::rest
