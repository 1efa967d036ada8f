#include <cstdio>

#include "adapters/archive/zip.hpp"
#include "adapters/http/client.hpp"
#include "adapters/http/message.hpp"
#include "adapters/rest/json_value.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/sources.hpp"

namespace echoflow::tool {

namespace {

std::string text_of(const json::Value& object, std::string_view name) {
  const auto* member = object.find(name);
  return member ? member->text : std::string();
}

void print_findings(const json::Value& answer, std::string_view list, const std::string& prefix) {
  const auto* findings = answer.find(list);
  if (!findings) return;
  for (const auto& finding : findings->items)
    std::printf("%s%s:%s:%s: %s %s\n", prefix.c_str(), text_of(finding, "file").c_str(),
                text_of(finding, "line").c_str(), text_of(finding, "column").c_str(), text_of(finding, "rule").c_str(),
                text_of(finding, "message").c_str());
}

void print_deployment(const json::Value& answer) {
  std::printf("deployed: %s (deployment %s)\n", text_of(answer, "name").c_str(), text_of(answer, "id").c_str());
  const auto* processes = answer.find("processes");
  if (!processes) return;
  for (const auto& process : processes->items) {
    std::printf("  %s version %s (process definition %s)\n", text_of(process, "key").c_str(),
                text_of(process, "version").c_str(), text_of(process, "id").c_str());
    if (const auto* endpoints = process.find("endpoints"))
      for (const auto& endpoint : endpoints->items)
        std::printf("    %s %s\n", text_of(endpoint, "partnerLink").c_str(), text_of(endpoint, "url").c_str());
  }
}

int report(const http::ClientAnswer& answer, const std::string& prefix) {
  auto body = json::parse(answer.body);
  if (!body)
    return complain("the server answered " + std::to_string(answer.status) + " with something that is no JSON.");
  if (answer.status == 201) {
    print_findings(*body, "warnings", prefix);
    print_deployment(*body);
    return fine;
  }
  if (answer.status == 422) {
    print_findings(*body, "violations", prefix);
    return findings;
  }
  return complain("the server refused: " + std::to_string(answer.status) + " " + text_of(*body, "detail"));
}

}  // namespace

int deploy(const Settings& settings) {
  if (settings.arguments().size() != 1)
    return complain("deploy needs one file, folder or archive. See echoflow deploy --help.");
  auto sources = read_sources(settings.arguments().front());
  if (!sources) return complain(sources.error().message);
  const std::string name = settings.get("--name").empty() ? sources->name : settings.get("--name");
  std::string server = settings.get("--server");
  while (server.ends_with('/')) server.pop_back();
  http::ClientRequest request;
  request.url = server + "/api/v1/deployments?name=" + http::percent_encoded(name);
  request.headers = {{"Content-Type", "application/zip"}, {"Accept", "application/json"}};
  if (auto token = settings.get("--token"); !token.empty())
    request.headers.emplace_back("Authorization", "Bearer " + token);
  request.body = archive::write_zip(sources->files);
  request.timeout = std::chrono::minutes(5);
  http::Client client;
  auto answer = client.send(request);
  if (!answer) return complain(answer.error().message + " Is a server running there?");
  if (settings.on("--json")) {
    std::printf("%s\n", answer->body.c_str());
    return answer->status == 201 ? fine : answer->status == 422 ? findings : failure;
  }
  return report(*answer, sources->prefix);
}

}  // namespace echoflow::tool
