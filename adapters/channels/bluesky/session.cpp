#include "adapters/channels/bluesky/session.hpp"

#include "adapters/json/access.hpp"

namespace echoflow::channels::bluesky {

Result<void, Later> Session::log_in() {
  json::Writer writer;
  writer.begin_object().member("identifier", identifier_).member("password", password_).end_object();
  auto answer =
      channels::call(world_.client, "Bluesky",
                     json_post(service_ + "/xrpc/com.atproto.server.createSession", writer.take(), ""), world_.now());
  if (!answer) {
    answer.error().maybe_sent = false;
    return fail(std::move(answer).error());
  }
  if (answer->status != 200)
    return fail(Later{std::chrono::minutes(10),
                      "Bluesky does not take the password: " + json::text_at(answer->body, "/message") + ".", false});
  std::lock_guard lock(mutex_);
  did_ = json::text_at(answer->body, "/did");
  token_ = json::text_at(answer->body, "/accessJwt");
  return {};
}

Result<std::string, Later> Session::did() {
  {
    std::lock_guard lock(mutex_);
    if (!did_.empty()) return did_;
  }
  if (auto done = log_in(); !done) return fail(done.error());
  std::lock_guard lock(mutex_);
  return did_;
}

Result<Answer, Later> Session::call_once(const std::string& method, const std::string& query, const std::string& body) {
  std::string token;
  {
    std::lock_guard lock(mutex_);
    token = token_;
  }
  const auto url = service_ + "/xrpc/" + method + (query.empty() ? "" : "?" + query);
  return channels::call(world_.client, "Bluesky", body.empty() ? get(url, token) : json_post(url, body, token),
                        world_.now());
}

Result<Answer, Later> Session::call(const std::string& method, const std::string& query, const std::string& body) {
  if (auto known = did(); !known) return fail(known.error());
  auto answer = call_once(method, query, body);
  const bool old = answer && (answer->status == 401 ||
                              (answer->status == 400 && json::text_at(answer->body, "/error") == "ExpiredToken"));
  if (!old) return answer;
  if (auto again = log_in(); !again) return fail(again.error());
  return call_once(method, query, body);
}

}  // namespace echoflow::channels::bluesky
