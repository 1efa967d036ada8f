#include <array>

#include "adapters/rest/api.hpp"

namespace echoflow::rest {

namespace {

constexpr std::string_view text_schema = R"({"type":"string"})";
constexpr std::string_view time_schema = R"({"type":"string","format":"date-time"})";
constexpr std::string_view evidence_type = "application/x-ndjson";
constexpr std::string_view xml_type = "application/xml";

const QueryParameter limit{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":50})", "How many items a page has."};
const QueryParameter cursor{"cursor", text_schema, "The nextCursor of the page before."};

using enum Access;

const std::vector<Route>& table() {
  static const std::vector<Route> routes = {
      {"POST", "/api/v1/deployments", design, deployments::create, "createDeployment", "deployments", "Deploy an archive or files; nothing is deployed when there are errors.",
       Body::deployment, {}, 201, "Deployment", "application/json", {{"name", text_schema, "A name for people."}}},
      {"GET", "/api/v1/deployments", read, deployments::list, "listDeployments", "deployments", "List deployments, newest first.", Body::none, {}, 200, "DeploymentPage", "application/json", {limit, cursor}},
      {"GET", "/api/v1/deployments/{id}", read, deployments::get, "getDeployment", "deployments", "Show a deployment.", Body::none, {}, 200, "Deployment"},
      {"DELETE", "/api/v1/deployments/{id}", design, deployments::remove, "deleteDeployment", "deployments", "Remove a deployment; 409 where instances run, unless cascade=true ends and removes them.",
       Body::none, {}, 204, {}, {}, {{"cascade", R"({"type":"boolean","default":false})", "End and remove the deployment's instances too."}}},

      {"GET", "/api/v1/process-definitions", read, definitions::list, "listProcessDefinitions", "process definitions", "List process versions, newest first.",
       Body::none, {}, 200, "ProcessPage", "application/json", {{"key", text_schema, "Only versions of this process: {namespace}name."}, limit, cursor}},
      {"GET", "/api/v1/process-definitions/{id}", read, definitions::get, "getProcessDefinition", "process definitions", "Show a process version.", Body::none, {}, 200, "Process"},
      {"GET", "/api/v1/process-definitions/{id}/source", read, definitions::source, "getProcessSource", "process definitions", "Show the BPEL file of a process version.", Body::none, {}, 200, {}, xml_type},

      {"POST", "/api/v1/process-instances", operate, instances::start, "startProcessInstance", "process instances", "Start an instance; with waitSeconds, wait for its reply.",
       Body::json, "StartRequest", 201, "InstanceAnswer"},
      {"GET", "/api/v1/process-instances", read, instances::list, "listProcessInstances", "process instances", "List instances, newest first.", Body::none, {}, 200, "InstancePage", "application/json",
       {{"state", R"({"type":"string","pattern":"^(running|suspended|completed|faulted|terminated)(,(running|suspended|completed|faulted|terminated))*$"})", "States, separated by commas."},
        {"processKey", text_schema, "Only instances of this process."},
        {"processId", text_schema, "Only instances of this process version."},
        {"businessKey", text_schema, "Only instances with this business key."},
        {"startedAfter", time_schema, "Only instances that started after this time."},
        {"startedBefore", time_schema, "Only instances that started before this time."},
        limit, cursor}},
      {"GET", "/api/v1/process-instances/{id}", read, instances::get, "getProcessInstance", "process instances", "Show an instance.", Body::none, {}, 200, "Instance"},
      {"GET", "/api/v1/process-instances/{id}/activities", read, instances::activities, "listActivities", "process instances", "List what the instance did and does.",
       Body::none, {}, 200, "ActivityPage", "application/json", {limit, cursor}},
      {"GET", "/api/v1/process-instances/{id}/variables", read, instances::variables, "listVariables", "process instances", "List the variables of the live scopes.",
       Body::none, {}, 200, "VariablePage", "application/json", {limit, cursor}},
      {"GET", "/api/v1/process-instances/{id}/variables/{name}", read, instances::variable, "getVariable", "process instances", "Show a variable.", Body::none, {}, 200, "Variable", "application/json",
       {{"scope", text_schema, "The scope's activity id, where several live variables have the name."}}},
      {"PUT", "/api/v1/process-instances/{id}/variables/{name}", operate, acts::set_variable, "setVariable", "operator's acts", "Give a variable another value.", Body::json, "SetVariableRequest", 200, "Instance"},
      {"GET", "/api/v1/process-instances/{id}/journal", read, instances::journal, "getJournal", "process instances", "Show what happened, in order.", Body::none, {}, 200, "EventPage", "application/json", {limit, cursor}},
      {"GET", "/api/v1/process-instances/{id}/evidence", read, evidence::of_instance, "getEvidence", "process instances", "Export the instance's journal with its hashes, for echoflow verify.", Body::none, {}, 200, {}, evidence_type},
      {"GET", "/api/v1/process-instances/{id}/faults", read, instances::faults, "listFaults", "process instances", "List the faults that were thrown.", Body::none, {}, 200, "FaultPage", "application/json", {limit, cursor}},

      {"POST", "/api/v1/process-instances/{id}/suspend", operate, acts::suspend, "suspendProcessInstance", "operator's acts", "Let an instance rest.", Body::json, "ActRequest", 200, "Instance"},
      {"POST", "/api/v1/process-instances/{id}/resume", operate, acts::resume, "resumeProcessInstance", "operator's acts", "Let a suspended instance go on.", Body::json, "ActRequest", 200, "Instance"},
      {"POST", "/api/v1/process-instances/{id}/terminate", operate, acts::terminate, "terminateProcessInstance", "operator's acts", "End an instance at once.", Body::json, "ActRequest", 200, "Instance"},
      {"POST", "/api/v1/process-instances/{id}/activities/{aid}/retry", operate, acts::retry, "retryActivity", "operator's acts", "Try a failed activity again.", Body::json, "ActRequest", 200, "Instance"},
      {"POST", "/api/v1/process-instances/{id}/activities/{aid}/skip", operate, acts::skip, "skipActivity", "operator's acts", "Go on as if a failed activity had completed.", Body::json, "ActRequest", 200, "Instance"},
      {"POST", "/api/v1/process-instances/{id}/activities/{aid}/fault", operate, acts::fault, "faultActivity", "operator's acts", "Let a failed activity throw a fault.", Body::json, "FaultActRequest", 200, "Instance"},

      {"POST", "/api/v1/messages", operate, messages::create, "sendMessage", "messages", "Deliver a message by portType and operation, correlated as on the wire.", Body::json, "MessageRequest", 202, "InstanceAnswer"},

      {"GET", "/api/v1/incidents", read, watch::incidents, "listIncidents", "watching", "List what waits for an operator, newest first.", Body::none, {}, 200, "IncidentPage", "application/json", {limit, cursor}},
      {"GET", "/api/v1/evidence", read, evidence::whole, "getWholeEvidence", "watching", "Export the whole journal with its hashes, for echoflow verify.", Body::none, {}, 200, {}, evidence_type},
      {"GET", "/api/v1/events", read, watch::events, "streamEvents", "watching", "Server-sent events of what happens; goes on after Last-Event-ID.", Body::none, {}, 200, {}, "text/event-stream",
       {{"instanceId", text_schema, "Only events of this instance."}}},
      {"GET", "/api/v1/metrics", read, watch::metrics, "getMetrics", "watching", "Counters and gauges in Prometheus' text format.", Body::none, {}, 200, {}, "text/plain"},
      {"GET", "/api/v1/health", open, watch::health, "getHealth", "watching", "Does the server live?", Body::none, {}, 200, "Health"},
      {"GET", "/api/v1/ready", open, watch::ready, "getReady", "watching", "Can it work? 503 while it cannot.", Body::none, {}, 200, "Ready"},
      {"GET", "/api/v1/openapi.json", open, watch::openapi, "getOpenApi", "watching", "This document.", Body::none, {}, 200, {}, "application/json"},

      {"GET", "/events", read, watch::events, "streamEventsAtRoot", "watching", "As /api/v1/events.", Body::none, {}, 200, {}, "text/event-stream", {{"instanceId", text_schema, "Only events of this instance."}}},
      {"GET", "/metrics", read, watch::metrics, "getMetricsAtRoot", "watching", "As /api/v1/metrics.", Body::none, {}, 200, {}, "text/plain"},
      {"GET", "/health", open, watch::health, "getHealthAtRoot", "watching", "As /api/v1/health.", Body::none, {}, 200, "Health"},
      {"GET", "/ready", open, watch::ready, "getReadyAtRoot", "watching", "As /api/v1/ready.", Body::none, {}, 200, "Ready"},
      {"GET", "/openapi.json", open, watch::openapi, "getOpenApiAtRoot", "watching", "As /api/v1/openapi.json.", Body::none, {}, 200, {}, "application/json"},
  };
  return routes;
}

}  // namespace

std::span<const Route> routes() { return table(); }

}  // namespace echoflow::rest
