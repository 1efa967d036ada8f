#include <cstdint>
#include <cstdlib>
#include <string>

#include "adapters/channels/cursors.hpp"
#include "adapters/channels/event_stream.hpp"
#include "adapters/channels/import/csv.hpp"
#include "adapters/channels/registry.hpp"
#include "adapters/channels/rss/feed.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/channels/twilio/signature.hpp"
#include "adapters/http/client.hpp"
#include "models/base/base64.hpp"
#include "models/base/hex.hpp"

using namespace echoflow;

namespace {

constexpr const char* secret = "fuzz-secret-1234";

std::string hex(const std::string& body) {
  return to_hex(std::string_view(channels::hmac_sha256(secret, body)));
}

/// All networks that take calls, with one secret.
struct Desk {
  http::Client client;
  channels::MemoryCursors cursors;
  channels::Channels all;

  Desk() {
    setenv("FUZZ_SECRET", secret, 1);
    const std::string s = "env:FUZZ_SECRET", url = "http://127.0.0.1:1";
    const std::map<std::string, std::string> meta{
        {"app_secret", s}, {"verify_token", s}, {"access_token", s}, {"api_url", url}};
    const auto with = [](std::map<std::string, std::string> settings, const char* name, const char* value) {
      settings[name] = value;
      return settings;
    };
    auto opened = channels::Channels::open(
        {{"facebook", "facebook", with(meta, "page_id", "p1")},
         {"instagram", "instagram", with(meta, "account_id", "p1")},
         {"whatsapp", "whatsapp", with(meta, "phone_number_id", "n1")},
         {"telegram", "telegram", {{"bot_token", s}, {"webhook_secret", s}}},
         {"slack", "slack", {{"signing_secret", s}, {"bot_token", s}}},
         {"sms", "sms", {{"account_sid", "AC1"}, {"auth_token", s}, {"number", "+1"}}},
         {"x", "x", {{"consumer_secret", s}, {"access_token", s}, {"user_id", "42"}}},
         {"json",
          "webhook",
          {{"secret", s}, {"mapping.id", "/id"}, {"mapping.text", "/text"}, {"mapping.items", "/a"}}},
         {"xml",
          "webhook",
          {{"secret", s}, {"format", "xml"}, {"mapping.id", "@id"}, {"mapping.items", "*"}, {"mapping.text", "."}}},
         {"form", "webhook", {{"secret", s}, {"format", "form"}, {"mapping.id", "id"}, {"mapping.rating", "r"}}},
         {"import", "import", {{"secret", s}}},
         {"survey", "survey", {{"question", "?"}, {"per_minute", "100000"}}}},
        {client, cursors, [] { return TimePoint{1'700'000'000'000'000}; }});
    if (!opened) std::abort();
    all = std::move(opened).value();
  }
};

/// What the network would sign, so that the reader behind the signature is reached.
http::Pairs headers_for(const std::string& network, const std::string& body, bool csv) {
  const std::string stamp = "1700000000";
  return {
      {"Content-Type", network == "import" ? (csv ? "text/csv" : "application/x-ndjson")
                       : csv               ? "application/x-www-form-urlencoded"
                                           : "application/json"},
      {"X-Hub-Signature-256", "sha256=" + hex(body)},
      {"X-Telegram-Bot-Api-Secret-Token", secret},
      {"X-Slack-Request-Timestamp", stamp},
      {"X-Slack-Signature", "v0=" + hex("v0:" + stamp + ":" + body)},
      {"X-Twilio-Signature", channels::twilio::signature("u", http::parse_query(body).value_or(http::Pairs{}), secret)},
      {"x-twitter-webhooks-signature", "sha256=" + to_base64(channels::hmac_sha256(secret, body))},
      {"X-Signature-256", hex(body)},
      {"X-Echoflow-Import", secret}};
}

}  // namespace

/// The first byte chooses the channel; the rest is a signed body. What comes out is whole, and comes out the same
/// again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Desk desk;
  if (size == 0) return 0;
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto all = desk.all.all();
  const std::size_t which = data[0] % (all.size() + 2);
  if (which == all.size()) {
    (void)channels::rss::read_feed(body);
    return 0;
  }
  if (which > all.size()) {
    channels::EventParser parser([](const auto&, const auto&) { return true; });
    (void)parser.take(body);
    return 0;
  }
  channels::Channel& channel = *all[which];
  http::Request request;
  request.method = "POST";
  request.body = body;
  request.headers = headers_for(channel.network(), body, (data[0] & 0x80) != 0);
  auto first = channel.receive({request, "u"});
  auto second = channel.receive({request, "u"});
  if (first.ok() != second.ok()) std::abort();
  if (!first) return 0;
  for (const auto& feedback : first->feedback) {
    if (feedback.external_id.empty() || feedback.conversation.empty() || feedback.customer.empty()) std::abort();
    if (feedback.channel != channel.name()) std::abort();
  }
  return 0;
}
