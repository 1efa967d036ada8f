#include "adapters/channels/x/x.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/channels/threads.hpp"
#include "adapters/json/access.hpp"
#include "models/base/base64.hpp"

namespace echoflow::channels {

namespace {

Rules x_rules() {
  Rules rules;
  rules.max_public = 280;
  rules.max_private = 10'000;
  rules.counting = Counting::weighted;
  rules.public_posts = true;
  rules.asks_first = true;
  return rules;
}

struct Options {
  std::string consumer_secret, access_token, user_id, api_url;
};

std::string whole_text(const json::Value& post) {
  auto text = json::text_at(post, "/extended_tweet/full_text");
  if (text.empty()) text = json::text_at(post, "/full_text");
  return text_of_html(text.empty() ? json::text_at(post, "/text") : text);  // '&', '<' and '>' come as entities
}

class X : public Channel {
 public:
  X(const Config& config, Options options, const World& world)
      : Channel(config.name, "x", x_rules()),
        options_(std::move(options)),
        world_(world),
        threads_(world.cursors, config.name) {}

 protected:
  TimePoint now() const override { return world_.now(); }

  std::optional<http::Response> do_handshake(const Webhook& webhook) const override {
    if (webhook.request.method != "GET") return std::nullopt;
    const auto token = query_value(webhook.request, "crc_token");
    if (token.empty() || token.size() > 1'000) return plain_response(400, "The parameter crc_token is missing.\n");
    json::Writer writer;
    writer.begin_object().member("response_token", signature_of(token)).end_object();
    return plain_response(200, writer.take(), "application/json");
  }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (!equal_in_constant_time(webhook.request.header("x-twitter-webhooks-signature"),
                                signature_of(webhook.request.body)))
      return fail(Refusal{401, "signature", "x-twitter-webhooks-signature does not fit the body and the secret."});
    auto body = json_body(webhook.request);
    if (!body) return fail(body.error());
    Received received;
    if (json::text_at(*body, "/for_user_id") != options_.user_id) return received;
    for (const auto& post : json::items_at(*body, "/tweet_create_events")) add(read_post(post), received);
    for (const auto& event : json::items_at(*body, "/direct_message_events")) add(read_message(event, *body), received);
    if (received.feedback.size() > most_items)
      return fail(Refusal{413, "malformed", "One call may bring at most 1000 pieces of feedback."});
    std::vector<std::pair<std::string, std::string>> posts;
    for (const auto& feedback : received.feedback)
      if (!feedback.in_reply_to.empty()) posts.emplace_back(feedback.external_id, feedback.conversation);
    threads_.remember(posts);
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    json::Writer writer;
    writer.begin_object().member("text", outgoing.text);
    if (outgoing.kind == OutgoingKind::private_reply) {
      writer.end_object();
      return sent_by(
          post("/2/dm_conversations/with/" + http::percent_encoded(outgoing.answers->author.id) + "/messages",
               writer.take()),
          "/data/dm_event_id", "");
    }
    if (outgoing.answers) {
      const auto id = recall(*outgoing.answers, "post_id");
      if (id.empty()) return Refused{"no-public", "A direct message has no public replies; answer privately."};
      writer.key("reply").begin_object().member("in_reply_to_tweet_id", id).end_object();
    }
    writer.end_object();
    auto result = sent_by(post("/2/tweets", writer.take()), "/data/id", "https://x.com/i/status/");
    if (const auto* done = std::get_if<Sent>(&result)) keep_thread(outgoing, done->external_id);
    return result;
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    const bool in_private = outgoing.kind == OutgoingKind::private_reply;
    const auto path =
        in_private ? "/2/dm_conversations/with/" + http::percent_encoded(outgoing.answers->author.id) +
                         "/dm_events?max_results=50&dm_event.fields=sender_id,text"
                   : "/2/users/" + options_.user_id + "/tweets?max_results=50&tweet.fields=referenced_tweets,text";
    auto answer = call(world_.client, "X", get(options_.api_url + path, options_.access_token), now());
    if (!answer) return fail(std::move(answer).error());
    const auto wanted = outgoing.answers && !in_private ? recall(*outgoing.answers, "post_id") : std::string();
    for (const auto& item : json::items_at(answer->body, "/data")) {
      if (text_of_html(json::text_at(item, "/text")).find(outgoing.text) == std::string::npos) continue;
      if (in_private && json::text_at(item, "/sender_id") != options_.user_id) continue;
      if (!in_private && json::text_at(item, "/referenced_tweets/0/id") != wanted) continue;
      if (!in_private) keep_thread(outgoing, json::text_at(item, "/id"));
      return std::optional<Sent>(Sent{json::text_at(item, "/id"), ""});
    }
    return std::optional<Sent>();
  }

 private:
  /// An answer to our answer belongs to the customer's conversation.
  void keep_thread(const Outgoing& outgoing, const std::string& id) {
    if (outgoing.answers) threads_.remember({{id, outgoing.answers->conversation}});
  }

  std::string signature_of(std::string_view bytes) const {
    return "sha256=" + to_base64(hmac_sha256(options_.consumer_secret, bytes));
  }
  Result<Answer, Later> post(const std::string& path, std::string body) const {
    return call(world_.client, "X", json_post(options_.api_url + path, std::move(body), options_.access_token), now());
  }

  static SendResult sent_by(Result<Answer, Later> answer, const std::string& pointer, const std::string& url_prefix) {
    if (!answer) return std::move(answer).error();
    if (auto id = json::text_at(answer->body, pointer); answer->status < 300 && !id.empty())
      return Sent{id, url_prefix.empty() ? std::string() : url_prefix + id};
    if (answer->status == 401)
      return Later{std::chrono::minutes(10), "X does not know the access token (any more).", false};
    const auto detail = json::text_at(answer->body, "/detail");
    return Refused{"network",
                   detail.empty() ? "X answered with status " + std::to_string(answer->status) + "." : detail};
  }

  void add(std::optional<cx::Feedback> feedback, Received& received) const {
    if (!feedback || feedback->external_id.empty() || feedback->author.id == options_.user_id) return;
    complete(*feedback, *this, now());
    received.feedback.push_back(std::move(*feedback));
  }

  std::optional<cx::Feedback> read_post(const json::Value& post) {
    if (post.find("retweeted_status")) return std::nullopt;
    cx::Feedback feedback;
    feedback.external_id = json::text_at(post, "/id_str");
    feedback.text = whole_text(post);
    feedback.author = {json::text_at(post, "/user/id_str"),
                       json::text_at(post, "/user/name"),
                       json::text_at(post, "/user/screen_name"),
                       {}};
    if (auto reach = json::integer_at(post, "/user/followers_count"); reach && *reach >= 0)
      feedback.author.reach = static_cast<std::uint64_t>(*reach);
    feedback.in_reply_to = json::text_at(post, "/in_reply_to_status_id_str");
    feedback.kind = feedback.in_reply_to.empty() ? cx::FeedbackKind::post : cx::FeedbackKind::comment;
    feedback.conversation = json::text_at(post, "/conversation_id_str");
    if (feedback.conversation.empty()) feedback.conversation = threads_.find(feedback.in_reply_to);
    if (feedback.conversation.empty()) feedback.conversation = feedback.in_reply_to;
    feedback.published_at = from_http_date(json::text_at(post, "/created_at"));
    for (const auto& url : json::items_at(post, "/entities/urls"))
      feedback.links.push_back(json::text_at(url, "/expanded_url"));
    remember(feedback, "post_id", feedback.external_id);
    feedback.raw = json::to_text(post);
    return feedback;
  }

  static std::optional<cx::Feedback> read_message(const json::Value& event, const json::Value& body) {
    if (json::text_at(event, "/type") != "message_create") return std::nullopt;
    cx::Feedback feedback;
    feedback.external_id = "dm:" + json::text_at(event, "/id");
    feedback.kind = cx::FeedbackKind::direct_message;
    feedback.author.id = json::text_at(event, "/message_create/sender_id");
    feedback.author.name = json::text_at(body, "/users/" + feedback.author.id + "/name");
    feedback.author.handle = json::text_at(body, "/users/" + feedback.author.id + "/screen_name");
    feedback.text = text_of_html(json::text_at(event, "/message_create/message_data/text"));
    feedback.conversation = "dm:" + feedback.author.id;
    feedback.published_at = from_unix_millis(json::integer_at(event, "/created_timestamp"));
    feedback.raw = json::to_text(event);
    return feedback;
  }

  const Options options_;
  const World world_;
  Threads threads_;
};

}  // namespace

ChannelPtr make_x(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.consumer_secret = settings.secret("consumer_secret");
  options.access_token = settings.secret("access_token");
  options.user_id = settings.required("user_id");
  options.api_url = settings.address("api_url", "https://api.x.com");
  return std::make_unique<X>(config, std::move(options), world);
}

}  // namespace echoflow::channels
