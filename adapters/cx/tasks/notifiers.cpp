#include "adapters/cx/tasks/notifiers.hpp"

#include <algorithm>

#include "adapters/channels/signature.hpp"
#include "adapters/http/client.hpp"
#include "adapters/json/writer.hpp"
#include "models/base/hex.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::tasks {

namespace {

constexpr std::size_t most_unsettled = 10'000;

std::string signature(const std::string& secret, const std::string& body) {
  return "sha256=" + to_hex(channels::hmac_sha256(secret, body));
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

/// The same whenever this is sent to this address.
std::string Notices::message_id(const Notice& notice, const std::string& address) const {
  return notice.key + "-" + to_hex(sha256(address)).substr(0, 12) + "@" + options_.mail_host;
}

bool Notices::open(const Notice& notice, const std::string& way) const {
  const std::lock_guard lock(mutex_);
  const auto known = gone_.find(notice.key);
  return known == gone_.end() || !known->second.contains(way);
}

void Notices::gone(const Notice& notice, const std::string& way) {
  const std::lock_guard lock(mutex_);
  // Those that were given up stay behind; what is forgotten is told once more under the same key.
  if (gone_.size() >= most_unsettled) gone_.clear();
  gone_[notice.key].insert(way);
}

Outcome Notices::call_webhook(const Notice& notice) {
  if (!open(notice, options_.webhook)) return {Settled::done, "webhook told"};
  http::ClientRequest request;
  request.url = options_.webhook;
  request.body = body_of(notice);
  request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", notice.key}};
  if (!options_.webhook_secret.empty())
    request.headers.emplace_back("X-Echoflow-Signature", signature(options_.webhook_secret, request.body));
  auto answer = client_.send(request);
  if (!answer) return {Settled::later, answer.error().message};
  if (answer->status >= 200 && answer->status < 300) {
    gone(notice, options_.webhook);
    return {Settled::done, "webhook told"};
  }
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
  for (const auto& address : addresses) {
    if (!open(notice, address)) continue;
    auto sent = send_mail_({address, notice.subject, notice.text, message_id(notice, address)});
    if (sent.settled == Settled::later) return sent;
    gone(notice, address);
  }
  return {Settled::done, std::to_string(addresses.size()) + " mails sent"};
}

Outcome Notices::notify(const Notice& notice) {
  auto outcome = tell(notice);
  if (outcome.settled != Settled::later) {
    const std::lock_guard lock(mutex_);
    gone_.erase(notice.key);
  }
  return outcome;
}

Outcome Notices::tell(const Notice& notice) {
  Outcome hook{Settled::nobody, "neither mail nor webhook is configured"};
  if (!options_.webhook.empty()) hook = call_webhook(notice);
  if (!send_mail_) return hook;
  Outcome mails = send_mails(notice);
  if (hook.settled == Settled::later) return hook;
  // One way that worked is enough.
  return mails.settled == Settled::nobody && hook.settled == Settled::done ? hook : mails;
}

}  // namespace echoflow::tasks
