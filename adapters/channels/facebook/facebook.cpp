#include "adapters/channels/facebook/facebook.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/facebook/messaging.hpp"
#include "adapters/channels/threads.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels {

namespace {

Rules page_rules() {
  Rules rules;
  rules.max_public = 8'000;
  rules.max_private = 2'000;
  rules.public_posts = true;
  rules.private_window = std::chrono::hours(7 * 24);
  rules.private_replies = 1;
  rules.no_promotion_after = std::chrono::hours(24);
  rules.asks_first = true;
  return rules;
}

bool is_new_words(const json::Value& value) {
  const auto item = json::text_at(value, "/item"), verb = json::text_at(value, "/verb");
  const bool speaks =
      item == "comment" || item == "post" || item == "status" || item == "photo" || item == "video" || item == "share";
  return speaks && (verb == "add" || verb == "edited");
}

class Facebook : public Channel {
 public:
  Facebook(const Config& config, std::string page, bool human_agent, meta::Account account, const World& world)
      : Channel(config.name, "facebook", page_rules()),
        page_(std::move(page)),
        human_agent_(human_agent),
        graph_("Facebook", std::move(account), world),
        threads_(world.cursors, config.name) {}

 protected:
  TimePoint now() const override { return graph_.now(); }

  std::optional<http::Response> do_handshake(const Webhook& webhook) const override {
    return meta::handshake(webhook.request, graph_.account());
  }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (auto refusal = meta::check_signature(webhook.request, graph_.account())) return fail(std::move(*refusal));
    auto body = json_body(webhook.request);
    if (!body) return fail(body.error());
    if (json::text_at(*body, "/object") != "page")
      return fail(Refusal{400, "malformed", "The body is no event of a page (\"object\": \"page\")."});
    Received received;
    for (const auto& entry : json::items_at(*body, "/entry")) {
      if (json::text_at(entry, "/id") != page_) continue;  // the app also listens to other pages
      for (const auto& change : json::items_at(entry, "/changes"))
        if (json::text_at(change, "/field") == "feed") add(read_change(change), received);
      for (const auto& event : json::items_at(entry, "/messaging")) add(meta::read_message(event, page_), received);
    }
    if (received.feedback.size() > most_items)
      return fail(Refusal{413, "malformed", "One call may bring at most 1000 pieces of feedback."});
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    if (outgoing.kind == OutgoingKind::private_reply) {
      auto body = meta::message_body(outgoing, human_agent_, now());
      if (auto* refused = std::get_if<Refused>(&body)) return std::move(*refused);
      return meta::sent_by(graph_.post("/" + page_ + "/messages", std::move(*std::get_if<std::string>(&body))),
                           "/message_id", "");
    }
    json::Writer writer;
    writer.begin_object().member("message", outgoing.text).end_object();
    const auto target = target_of(outgoing);
    if (target.empty()) return Refused{"no-public", "A direct message has no public replies; answer privately."};
    auto result = meta::sent_by(graph_.post(target, writer.take()), "/id", "https://www.facebook.com/");
    // Whoever answers our comment goes on with the conversation that it is part of.
    if (const auto* done = std::get_if<Sent>(&result); done && outgoing.answers)
      threads_.remember({{done->external_id, outgoing.answers->conversation}});
    return result;
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    const std::string fields = "?fields=id,message,from,permalink_url&limit=100&order=reverse_chronological";
    if (outgoing.kind == OutgoingKind::private_reply) return find_private(outgoing);
    const auto target = target_of(outgoing);
    if (target.empty()) return std::optional<Sent>();
    auto found = meta::find_text(graph_.get(target + fields), "/data", "/message", outgoing.text, "/from/id", page_);
    if (found && *found && outgoing.answers)
      threads_.remember({{(*found)->external_id, outgoing.answers->conversation}});
    return found;
  }

 private:
  void add(std::optional<cx::Feedback> feedback, Received& received) const {
    if (!feedback) return;
    complete(*feedback, *this, now());
    received.feedback.push_back(std::move(*feedback));
  }

  /// Nothing for what is not said by a customer.
  std::optional<cx::Feedback> read_change(const json::Value& change) {
    const auto* value = change.find("value");
    if (!value || !is_new_words(*value) || json::text_at(*value, "/from/id") == page_) return std::nullopt;
    const auto post = json::text_at(*value, "/post_id"), comment = json::text_at(*value, "/comment_id"),
               parent = json::text_at(*value, "/parent_id");
    cx::Feedback feedback;
    feedback.external_id = comment.empty() ? post : comment;
    feedback.text = json::text_at(*value, "/message");
    if (feedback.external_id.empty() || feedback.text.empty()) return std::nullopt;
    feedback.kind = comment.empty() ? cx::FeedbackKind::post : cx::FeedbackKind::comment;
    feedback.author.id = json::text_at(*value, "/from/id");
    feedback.author.name = json::text_at(*value, "/from/name");
    feedback.in_reply_to = comment.empty() ? std::string() : parent;
    const bool begins = comment.empty() || parent.empty() || parent == post;
    feedback.conversation = begins ? feedback.external_id : threads_.find(parent);
    if (feedback.conversation.empty()) feedback.conversation = parent;
    feedback.published_at = from_unix_seconds(json::integer_at(*value, "/created_time"));
    if (auto link = json::text_at(*value, "/post/permalink_url"); !link.empty()) feedback.links.push_back(link);
    remember(feedback, "comment_id", comment);
    remember(feedback, "page_id", page_);
    remember(feedback, "post_id", post);
    if (json::text_at(*value, "/verb") == "edited") {  // words of their own: who answers should see them
      feedback.in_reply_to = feedback.external_id;
      feedback.external_id += ":edited:" + json::text_at(*value, "/created_time");
    }
    feedback.raw = json::to_text(change);
    return feedback;
  }

  /// Path of the comments that a text would be among; "/{page}/feed" for a post; empty where there is none.
  std::string target_of(const Outgoing& outgoing) const {
    if (outgoing.kind == OutgoingKind::post) return "/" + page_ + "/feed";
    const auto comment = recall(*outgoing.answers, "comment_id"), post = recall(*outgoing.answers, "post_id");
    const auto& below = comment.empty() ? post : comment;
    return below.empty() ? std::string() : "/" + below + "/comments";
  }

  Result<std::optional<Sent>, Later> find_private(const Outgoing& outgoing) const {
    const auto comment = recall(*outgoing.answers, "comment_id"), user = recall(*outgoing.answers, "user_id");
    if (!user.empty())
      return meta::find_text(graph_.get("/" + page_ + "/conversations?user_id=" + http::percent_encoded(user) +
                                        "&fields=messages{id,message,from}"),
                             "/data/0/messages/data", "/message", outgoing.text, "/from/id", page_);
    return meta::find_text(graph_.get("/" + comment + "?fields=private_reply_conversation{messages{id,message,from}}"),
                           "/private_reply_conversation/messages/data", "/message", outgoing.text, "/from/id", page_);
  }

  const std::string page_;
  const bool human_agent_;
  const meta::Graph graph_;
  Threads threads_;
};

}  // namespace

ChannelPtr make_facebook(const Config& config, Settings& settings, const World& world) {
  auto page = settings.required("page_id");
  const bool human_agent = settings.flag("human_agent", false);
  return std::make_unique<Facebook>(config, std::move(page), human_agent, meta::read_account(settings), world);
}

}  // namespace echoflow::channels
