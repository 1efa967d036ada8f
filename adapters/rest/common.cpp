#include <charconv>

#include "adapters/rest/api.hpp"

namespace echoflow::rest {

namespace {

constexpr std::uint32_t max_page = 1000;

}  // namespace

std::optional<std::int64_t> id_of(std::string_view text) {
  std::int64_t id = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end != text.data() + text.size() || id <= 0) return std::nullopt;
  return id;
}

Result<Page, http::Response> page_of(const Call& call) {
  Page page;
  if (auto text = call.parameter("limit"); !text.empty()) {
    auto limit = id_of(text);
    if (!limit || *limit > max_page)
      return fail(bad_request("The query parameter limit must be a whole number from 1 to 1000."));
    page.limit = static_cast<std::uint32_t>(*limit);
  }
  if (auto text = call.parameter("cursor"); !text.empty()) {
    auto cursor = id_of(text);
    if (!cursor) return fail(bad_request("The query parameter cursor must be the nextCursor of the page before."));
    page.cursor = *cursor;
  }
  return page;
}

Result<json::Value, http::Response> body_of(const Call& call) {
  auto value = json::parse(call.request.body);
  if (!value) return fail(bad_request(value.error()));
  return std::move(value).value();
}

void write_process(json::Writer& writer, const runtime::ProcessInfo& process, const std::string& base_url) {
  writer.begin_object();
  writer.member("id", std::to_string(process.id))
      .member("key", process.key)
      .member("version", std::int64_t{process.version});
  writer.member("name", process.name.local).member("targetNamespace", process.name.ns);
  writer.member("deploymentId", std::to_string(process.deployment))
      .member("file", process.file)
      .member("sourceHash", process.source_hash);
  writer.member("inMemory", process.in_memory).member("retired", process.retired);
  writer.key("endpoints").begin_array();
  for (const auto& endpoint : process.endpoints) {
    const std::string url = base_url + soap::endpoint_path(process.name, endpoint.partner_link);
    writer.begin_object();
    writer.member("partnerLink", endpoint.partner_link)
        .member("role", endpoint.role)
        .member("portType", endpoint.port_type.clark());
    writer.member("url", url).member("wsdl", url + "?wsdl");
    writer.end_object();
  }
  writer.end_array().end_object();
}

void write_deployment(json::Writer& writer, const runtime::DeploymentInfo& deployment, const std::string& base_url,
                      const Diagnostics* warnings) {
  writer.begin_object();
  writer.member("id", std::to_string(deployment.id))
      .member("name", deployment.name)
      .member("deployedAt", format_time_point(deployment.deployed_at));
  writer.key("processes").begin_array();
  for (const auto& process : deployment.processes) write_process(writer, *process, base_url);
  writer.end_array();
  if (warnings) write_findings(writer, "warnings", *warnings);
  writer.end_object();
}

void write_instance_members(json::Writer& writer, const engine::InstanceRow& row, const runtime::Directory& directory) {
  writer.member("id", std::to_string(row.id)).member("processId", std::to_string(row.process));
  if (const auto* process = directory.process(row.process)) {
    writer.member("processKey", process->key)
        .member("processName", process->name.local)
        .member("processVersion", std::int64_t{process->version});
  }
  writer.member("state", to_string(row.status));
  if (!row.business_key.empty()) writer.member("businessKey", row.business_key);
  writer.member("startedAt", format_time_point(row.started_at));
  if (row.ended_at) writer.member("endedAt", format_time_point(*row.ended_at));
  if (!row.fault.empty()) writer.member("fault", row.fault);
}

Result<runtime::ProcessInfoPtr, http::Response> process_by(const runtime::Directory& directory, const std::string& key,
                                                           const std::string& id) {
  if (!id.empty()) {
    auto number = id_of(id);
    auto it = number ? directory.processes.find(*number) : directory.processes.end();
    if (it == directory.processes.end()) return fail(not_found("There is no process definition '" + id + "'."));
    return it->second;
  }
  if (auto process = directory.newest(key)) return process;
  runtime::ProcessInfoPtr found;
  for (const auto& [full, versions] : directory.versions) {
    if (QName::from_clark(full).local != key) continue;
    if (found)
      return fail(
          respond({409, "ambiguous-process",
                   "Several processes are named '" + key + "'; give the key with its namespace: {namespace}name."}));
    found = directory.newest(full);
  }
  if (!found) return fail(not_found("There is no process '" + key + "'."));
  return found;
}

}  // namespace echoflow::rest
