#include <cstdio>

#include "adapters/http/client.hpp"
#include "adapters/rest/json_value.hpp"
#include "tools/echoflow/commands.hpp"

namespace echoflow::tool {

namespace {

std::string text_of(const json::Value& object, std::string_view name) {
  const auto* member = object.find(name);
  return member && !member->text.empty() ? member->text : std::string("-");
}

int print(const json::Value& answer) {
  std::printf("%s rows of the journal read again; %s groups compared with the live figures\n",
              text_of(answer, "rows").c_str(), text_of(answer, "groups").c_str());
  const auto* differences = answer.find("differences");
  if (!differences || differences->items.empty()) {
    std::printf("they are the same\n");
    return fine;
  }
  for (const auto& each : differences->items)
    std::printf("%s [%s]: live %s, from the journal %s\n", text_of(each, "kpi").c_str(), text_of(each, "group").c_str(),
                text_of(each, "live").c_str(), text_of(each, "rebuilt").c_str());
  return findings;
}

}  // namespace

int kpis(const Settings& settings) {
  if (settings.arguments().size() != 1 || settings.arguments().front() != "rebuild")
    return complain("kpis can only do: rebuild. See echoflow kpis --help.");
  std::string server = settings.get("--server");
  while (server.ends_with('/')) server.pop_back();
  http::ClientRequest request;
  request.url = server + "/api/v1/kpis/rebuild";
  request.method = "POST";
  request.headers = {{"Accept", "application/json"}};
  if (auto token = settings.get("--token"); !token.empty())
    request.headers.emplace_back("Authorization", "Bearer " + token);
  request.timeout = std::chrono::hours(1);
  http::Client client;
  auto answer = client.send(request);
  if (!answer) return complain(answer.error().message + " Is a server running there?");
  auto body = json::parse(answer->body);
  if (!body)
    return complain("the server answered " + std::to_string(answer->status) + " with something that is no JSON.");
  if (answer->status != 200)
    return complain("the server refused: " + std::to_string(answer->status) + " " + text_of(*body, "detail"));
  if (!settings.on("--json")) return print(*body);
  std::printf("%s\n", answer->body.c_str());
  const auto* differences = body->find("differences");
  return differences && !differences->items.empty() ? findings : fine;
}

}  // namespace echoflow::tool
