#include "adapters/channels/slack/slack.hpp"

#include <charconv>
#include <cstdlib>

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/json/access.hpp"
#include "models/base/hex.hpp"

namespace echoflow::channels {

namespace {

constexpr std::int64_t tolerance_seconds = 300;

Rules slack_rules() {
  Rules rules;
  rules.max_public = 4'000;
  rules.max_private = 4'000;
  rules.public_posts = true;
  rules.first_word = true;
  rules.asks_first = true;
  return rules;
}

struct Options {
  std::string signing_secret, bot_token, channel, api_url;
};

/// Slack writes these three characters as entities, in both directions.
constexpr std::pair<std::string_view, std::string_view> entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}};

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    std::string_view written(&c, 1);
    for (const auto& [entity, plain] : entities)
      if (plain == written) written = entity;
    out += written;
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view read = text.substr(0, 1);
    std::size_t size = 1;
    for (const auto& [entity, plain] : entities)
      if (text.starts_with(entity)) read = plain, size = entity.size();
    out += read;
    text.remove_prefix(size);
  }
  return out;
}

/// "1700000000.000100" → the time.
std::optional<TimePoint> time_of(const std::string& ts) {
  std::int64_t seconds = 0;
  auto [end, error] = std::from_chars(ts.data(), ts.data() + ts.size(), seconds);
  if (error != std::errc()) return std::nullopt;
  return from_unix_seconds(seconds);
}

class Slack : public Channel {
 public:
  Slack(const Config& config, Options options, const World& world)
      : Channel(config.name, "slack", slack_rules()), options_(std::move(options)), world_(world) {}

 protected:
  TimePoint now() const override { return world_.now(); }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (auto refusal = check_signature(webhook.request)) return fail(std::move(*refusal));
    auto body = json_body(webhook.request);
    if (!body) return fail(body.error());
    Received received;
    const auto type = json::text_at(*body, "/type");
    if (type == "url_verification") received.response = plain_response(200, json::text_at(*body, "/challenge"));
    if (type == "event_callback") add(*body, received);
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    std::string channel = outgoing.to.empty() ? options_.channel : outgoing.to, thread;
    if (outgoing.answers) {
      const bool in_private = outgoing.kind == OutgoingKind::private_reply;
      if (!in_private && outgoing.answers->kind == cx::FeedbackKind::direct_message)
        return Refused{"no-public", "A direct message has no public replies; answer privately."};
      const bool same_place = !in_private || outgoing.answers->kind == cx::FeedbackKind::direct_message;
      channel = same_place ? recall(*outgoing.answers, "channel_id") : outgoing.answers->author.id;
      thread = same_place ? recall(*outgoing.answers, "thread_ts") : std::string();
    }
    if (channel.empty()) return Refused{"recipient", "There is no Slack channel to post to; set 'channel'."};
    json::Writer writer;
    writer.begin_object().member("channel", channel).member("text", escaped(outgoing.text));
    if (!thread.empty()) writer.member("thread_ts", thread);
    writer.key("metadata").begin_object().member("event_type", "echoflow_delivery");
    writer.key("event_payload").begin_object().member("key", outgoing.key).end_object().end_object().end_object();
    return sent_by(call(world_.client, "Slack",
                        json_post(options_.api_url + "/chat.postMessage", writer.take(), options_.bot_token), now()));
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    http::Pairs query{{"include_all_metadata", "true"}, {"limit", "200"}};
    const bool in_thread = outgoing.answers && (outgoing.kind == OutgoingKind::reply ||
                                                outgoing.answers->kind == cx::FeedbackKind::direct_message);
    if (in_thread) {
      query.emplace_back("channel", recall(*outgoing.answers, "channel_id"));
      query.emplace_back("ts", recall(*outgoing.answers, "thread_ts"));
    } else {
      auto channel = open_channel(outgoing);
      if (!channel) return fail(channel.error());
      if (channel->empty()) return std::optional<Sent>();
      query.emplace_back("channel", *channel);
    }
    auto answer = call(
        world_.client, "Slack",
        get(options_.api_url + (in_thread ? "/conversations.replies?" : "/conversations.history?") + form_text(query),
            options_.bot_token),
        now());
    if (!answer) return fail(std::move(answer).error());
    for (const auto& message : json::items_at(answer->body, "/messages"))
      if (json::text_at(message, "/metadata/event_payload/key") == outgoing.key)
        return std::optional<Sent>(Sent{query[2].second + ":" + json::text_at(message, "/ts"), ""});
    return std::optional<Sent>();
  }

 private:
  std::optional<Refusal> check_signature(const http::Request& request) const {
    const auto stamp = request.header("X-Slack-Request-Timestamp"), given = request.header("X-Slack-Signature");
    const auto expected =
        "v0=" +
        to_hex(std::string_view(hmac_sha256(options_.signing_secret, "v0:" + std::string(stamp) + ":" + request.body)));
    if (!equal_in_constant_time(given, expected))
      return Refusal{401, "signature", "X-Slack-Signature does not fit the body, its time and the signing secret."};
    const auto at = time_of(std::string(stamp));
    if (!at || std::llabs(now().micros - at->micros) > tolerance_seconds * 1'000'000)
      return Refusal{401, "stale", "The request's time is more than five minutes away from this clock."};
    return std::nullopt;
  }

  void add(const json::Value& body, Received& received) const {
    const auto* event = body.find("event");
    if (!event || json::text_at(*event, "/type") != "message" || event->find("bot_id") ||
        !(json::text_at(*event, "/subtype").empty() || json::text_at(*event, "/subtype") == "file_share"))
      return;
    cx::Feedback feedback;
    const auto channel = json::text_at(*event, "/channel"), ts = json::text_at(*event, "/ts");
    const auto thread = json::text_at(*event, "/thread_ts");
    feedback.text = unescaped(json::text_at(*event, "/text"));
    feedback.author.id = json::text_at(*event, "/user");
    if (channel.empty() || ts.empty() || feedback.text.empty() || feedback.author.id.empty()) return;
    const bool direct = json::text_at(*event, "/channel_type") == "im";
    feedback.external_id = channel + ":" + ts;
    feedback.kind = direct ? cx::FeedbackKind::direct_message : cx::FeedbackKind::post;
    feedback.conversation = channel + (direct ? "" : ":" + (thread.empty() ? ts : thread));
    if (!thread.empty() && thread != ts) feedback.in_reply_to = channel + ":" + thread;
    feedback.published_at = time_of(ts);
    remember(feedback, "channel_id", channel);
    remember(feedback, "thread_ts", thread.empty() ? ts : thread);
    feedback.raw = json::to_text(body);
    complete(feedback, *this, now());
    received.feedback.push_back(std::move(feedback));
  }

  static SendResult sent_by(Result<Answer, Later> answer) {
    if (!answer) return std::move(answer).error();
    if (json::flag_at(answer->body, "/ok"))
      return Sent{json::text_at(answer->body, "/channel") + ":" + json::text_at(answer->body, "/ts"), ""};
    const auto error = json::text_at(answer->body, "/error");
    if (error == "ratelimited" || error == "rate_limited")
      return Later{std::chrono::seconds(30), "Slack asks for fewer calls.", false};
    if (error == "fatal_error" || error == "internal_error" || error == "service_unavailable" || error.empty())
      return Later{std::chrono::seconds(30), "Slack has trouble.", true};
    if (error == "invalid_auth" || error == "token_revoked" || error == "token_expired" || error == "account_inactive")
      return Later{std::chrono::minutes(10), "Slack does not know the bot's token (any more): " + error + ".", false};
    if (error == "msg_too_long") return Refused{"length", "Slack says the text is too long."};
    return Refused{error == "channel_not_found" || error == "user_not_found" ? "recipient" : "network", error};
  }

  /// The conversation that a post or a private reply is in; empty when there is none.
  Result<std::string, Later> open_channel(const Outgoing& outgoing) const {
    const std::string to = outgoing.answers ? outgoing.answers->author.id : outgoing.to;
    if (to.empty()) return options_.channel;
    if (!to.starts_with('U') && !to.starts_with('W')) return to;
    json::Writer writer;
    writer.begin_object().member("users", to).end_object();
    auto answer = call(world_.client, "Slack",
                       json_post(options_.api_url + "/conversations.open", writer.take(), options_.bot_token), now());
    if (!answer) return fail(std::move(answer).error());
    return json::text_at(answer->body, "/channel/id");
  }

  const Options options_;
  const World world_;
};

}  // namespace

ChannelPtr make_slack(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.signing_secret = settings.secret("signing_secret");
  options.bot_token = settings.secret("bot_token");
  options.channel = settings.text("channel");
  options.api_url = settings.address("api_url", "https://slack.com/api");
  return std::make_unique<Slack>(config, std::move(options), world);
}

}  // namespace echoflow::channels
