#include "adapters/cx/tasks/notifiers.hpp"

#include <algorithm>

#include "adapters/channels/signature.hpp"
#include "adapters/http/client.hpp"
#include "adapters/json/writer.hpp"

namespace echoflow::tasks {

namespace {

std::string signature(const std::string& secret, const std::string& body) {
  const auto code = channels::hmac_sha256(secret, body);
  std::string hex = "sha256=";
  constexpr char digits[] = "0123456789abcdef";
  for (const unsigned char byte : code) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

std::string body_of(const Notice& notice) {
  json::Writer writer;
  writer.begin_object().member("task", std::to_string(notice.task)).member("name", notice.name);
  writer.member("reason", notice.reason).member("subject", notice.subject).member("text", notice.text);
  writer.member("priority", std::int64_t{notice.priority}).key("recipients").begin_array();
  for (const auto& each : notice.recipients) writer.string(each);
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace

Outcome Notices::call_webhook(const Notice& notice) {
  http::ClientRequest request;
  request.url = options_.webhook;
  request.body = body_of(notice);
  request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", notice.key}};
  if (!options_.webhook_secret.empty())
    request.headers.emplace_back("X-Echoflow-Signature", signature(options_.webhook_secret, request.body));
  auto answer = client_.send(request);
  if (!answer) return {Settled::later, answer.error().message};
  if (answer->status >= 200 && answer->status < 300) return {Settled::done, "webhook told"};
  // Too many requests and troubles of the server pass; another refusal does not.
  const bool temporary = answer->status == 429 || answer->status == 408 || answer->status >= 500;
  return {temporary ? Settled::later : Settled::nobody, "the webhook answered " + std::to_string(answer->status)};
}

Outcome Notices::send_mails(const Notice& notice) {
  std::vector<std::string> addresses;
  for (const auto& recipient : notice.recipients)
    for (auto& address : addresses_(recipient))
      if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
        addresses.push_back(std::move(address));
  if (addresses.empty()) return {Settled::nobody, "no recipient has a mail address"};
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    auto sent = send_mail_({addresses[i], notice.subject, notice.text,
                            notice.key + "-" + std::to_string(i + 1) + "@" + options_.mail_host});
    if (sent.settled == Settled::later) return sent;
  }
  return {Settled::done, std::to_string(addresses.size()) + " mails sent"};
}

Outcome Notices::notify(const Notice& notice) {
  Outcome outcome{Settled::nobody, "neither mail nor webhook is configured"};
  if (!options_.webhook.empty()) outcome = call_webhook(notice);
  if (outcome.settled == Settled::later || !send_mail_) return outcome;
  auto mails = send_mails(notice);
  // One way that worked is enough.
  return mails.settled == Settled::nobody && outcome.settled == Settled::done ? outcome : mails;
}

}  // namespace echoflow::tasks
