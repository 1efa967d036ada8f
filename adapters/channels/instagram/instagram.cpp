#include "adapters/channels/instagram/instagram.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/facebook/messaging.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels {

namespace {

Rules instagram_rules() {
  Rules rules;
  rules.max_public = 2'200;
  rules.max_private = 1'000;
  rules.private_window = std::chrono::hours(7 * 24);
  rules.private_replies = 1;
  rules.no_promotion_after = std::chrono::hours(24);
  rules.asks_first = true;
  return rules;
}

class Instagram : public Channel {
 public:
  Instagram(const Config& config, std::string account_id, bool human_agent, meta::Account account, const World& world)
      : Channel(config.name, "instagram", instagram_rules()),
        own_(std::move(account_id)),
        human_agent_(human_agent),
        graph_("Instagram", std::move(account), world) {}

 protected:
  TimePoint now() const override { return graph_.now(); }

  std::optional<http::Response> do_handshake(const Webhook& webhook) const override {
    return meta::handshake(webhook.request, graph_.account());
  }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (auto refusal = meta::check_signature(webhook.request, graph_.account())) return fail(std::move(*refusal));
    auto body = json_body(webhook.request);
    if (!body) return fail(body.error());
    if (json::text_at(*body, "/object") != "instagram")
      return fail(Refusal{400, "malformed", "The body is no event of Instagram (\"object\": \"instagram\")."});
    Received received;
    for (const auto& entry : json::items_at(*body, "/entry")) {
      if (json::text_at(entry, "/id") != own_) continue;
      const auto time = from_unix_seconds(json::integer_at(entry, "/time"));
      for (const auto& change : json::items_at(entry, "/changes"))
        if (json::text_at(change, "/field") == "comments") add(read_comment(change, time), received);
      for (const auto& event : json::items_at(entry, "/messaging")) add(meta::read_message(event, own_), received);
    }
    if (received.feedback.size() > most_items)
      return fail(Refusal{413, "malformed", "One call may bring at most 1000 pieces of feedback."});
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    if (outgoing.kind == OutgoingKind::private_reply) {
      auto body = meta::message_body(outgoing, human_agent_, now());
      if (auto* refused = std::get_if<Refused>(&body)) return std::move(*refused);
      return meta::sent_by(graph_.post("/" + own_ + "/messages", std::move(*std::get_if<std::string>(&body))),
                           "/message_id", "");
    }
    const auto comment = recall(*outgoing.answers, "comment_id");
    if (comment.empty()) return Refused{"no-public", "A direct message has no public replies; answer privately."};
    json::Writer writer;
    writer.begin_object().member("message", outgoing.text).end_object();
    return meta::sent_by(graph_.post("/" + comment + "/replies", writer.take()), "/id", "");
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    const auto comment = recall(*outgoing.answers, "comment_id"), user = recall(*outgoing.answers, "user_id");
    if (outgoing.kind == OutgoingKind::reply)
      return meta::find_text(graph_.get("/" + comment + "/replies?fields=id,text,from&limit=100"), "/data", "/text",
                             outgoing.text, "/from/id", own_);
    if (user.empty())
      return meta::find_text(
          graph_.get("/" + comment + "?fields=private_reply_conversation{messages{id,message,from}}"),
          "/private_reply_conversation/messages/data", "/message", outgoing.text, "/from/id", own_);
    return meta::find_text(graph_.get("/" + own_ + "/conversations?platform=instagram&user_id=" +
                                      http::percent_encoded(user) + "&fields=messages{id,message,from}"),
                           "/data/0/messages/data", "/message", outgoing.text, "/from/id", own_);
  }

 private:
  void add(std::optional<cx::Feedback> feedback, Received& received) const {
    if (!feedback) return;
    complete(*feedback, *this, now());
    received.feedback.push_back(std::move(*feedback));
  }

  std::optional<cx::Feedback> read_comment(const json::Value& change, std::optional<TimePoint> time) const {
    cx::Feedback feedback;
    feedback.external_id = json::text_at(change, "/value/id");
    feedback.author.id = json::text_at(change, "/value/from/id");
    feedback.author.handle = json::text_at(change, "/value/from/username");
    feedback.text = json::text_at(change, "/value/text");
    if (feedback.external_id.empty() || feedback.text.empty() || feedback.author.id == own_) return std::nullopt;
    feedback.kind = cx::FeedbackKind::comment;
    feedback.in_reply_to = json::text_at(change, "/value/parent_id");
    feedback.conversation = feedback.in_reply_to;
    feedback.published_at = time;
    remember(feedback, "comment_id", feedback.external_id);
    remember(feedback, "media_id", json::text_at(change, "/value/media/id"));
    feedback.raw = json::to_text(change);
    return feedback;
  }

  const std::string own_;
  const bool human_agent_;
  const meta::Graph graph_;
};

}  // namespace

ChannelPtr make_instagram(const Config& config, Settings& settings, const World& world) {
  auto account_id = settings.required("account_id");
  const bool human_agent = settings.flag("human_agent", false);
  return std::make_unique<Instagram>(config, std::move(account_id), human_agent, meta::read_account(settings), world);
}

}  // namespace echoflow::channels
