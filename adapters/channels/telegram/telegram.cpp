#include "adapters/channels/telegram/telegram.hpp"

#include <algorithm>

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/cursors.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels {

namespace {

/// Groups answer publicly, chats privately; both take 4096 characters.
Rules telegram_rules() {
  Rules rules;
  rules.max_public = 4'096;
  rules.max_private = 4'096;
  rules.counting = Counting::utf16;
  return rules;
}

struct Options {
  std::string bot_token, webhook_secret, api_url;
  bool poll = false;
  std::int64_t poll_seconds = 25;
};

class Telegram : public Channel {
 public:
  Telegram(const Config& config, Options options, const World& world)
      : Channel(config.name, "telegram", telegram_rules()), options_(std::move(options)), world_(world) {}

  bool pulls() const override { return options_.poll; }

  Round pull(const std::stop_token&, Sink& sink) override {
    const auto before = world_.cursors.get(name(), "offset");
    http::Pairs fields{{"timeout", std::to_string(options_.poll_seconds)}};
    if (!before.empty()) fields.emplace_back("offset", before);
    auto request = form_post(address("getUpdates"), fields);
    request.timeout = std::chrono::seconds(options_.poll_seconds + 10);
    auto answer = call(world_.client, "Telegram", std::move(request), now());
    if (!answer) return trouble({answer.error().after, answer.error().reason});
    if (!json::flag_at(answer->body, "/ok"))
      return trouble({std::chrono::seconds(30),
                      "Telegram refuses getUpdates: " + json::text_at(answer->body, "/description") + "."});
    std::vector<cx::Feedback> batch;
    std::int64_t next = 0;
    for (const auto& update : json::items_at(answer->body, "/result")) {
      add(update, batch);
      next = std::max(next, json::integer_at(update, "/update_id").value_or(0) + 1);
    }
    if (next == 0) return {};
    const auto size = batch.size();
    if (!sink.accept(std::move(batch))) return trouble({std::chrono::seconds(5), "What was read could not be stored."});
    count().received += size;
    if (auto stored = world_.cursors.put(name(), "offset", std::to_string(next)); !stored)
      return trouble({std::chrono::seconds(5), stored.error().message});
    return {};
  }

 protected:
  TimePoint now() const override { return world_.now(); }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (options_.webhook_secret.empty())
      return fail(Refusal{404, "unsupported", "The channel '" + name() + "' polls; it takes no webhook calls."});
    if (!equal_in_constant_time(webhook.request.header("X-Telegram-Bot-Api-Secret-Token"), options_.webhook_secret))
      return fail(Refusal{401, "token", "The header X-Telegram-Bot-Api-Secret-Token is not the channel's secret."});
    auto body = json_body(webhook.request);
    if (!body) return fail(body.error());
    Received received;
    add(*body, received.feedback);
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    if (!outgoing.answers) return Refused{"recipient", "A bot cannot write first; it can only answer."};
    const auto& answered = *outgoing.answers;
    const bool in_group = answered.kind == cx::FeedbackKind::post;
    if (outgoing.kind == OutgoingKind::reply && !in_group)
      return Refused{"no-public", "A chat with one person has no public replies; answer privately."};
    // To a member of a group the bot may write only when he has spoken to it; Telegram decides.
    const auto chat =
        in_group && outgoing.kind == OutgoingKind::private_reply ? answered.author.id : recall(answered, "chat_id");
    json::Writer writer;
    writer.begin_object().member("chat_id", chat).member("text", outgoing.text);
    if (chat == recall(answered, "chat_id")) {
      writer.key("reply_parameters").begin_object().key("message_id").raw(recall(answered, "message_id"));
      writer.member("allow_sending_without_reply", true).end_object();
    }
    writer.end_object();
    return sent_by(call(world_.client, "Telegram", json_post(address("sendMessage"), writer.take(), ""), now()), chat);
  }

 private:
  std::string address(const char* method) const {
    return options_.api_url + "/bot" + options_.bot_token + "/" + method;
  }

  Round trouble(Round round) {
    ++count().pull_problems;
    return round;
  }

  static SendResult sent_by(Result<Answer, Later> answer, const std::string& chat) {
    if (!answer) return std::move(answer).error();
    const auto id = json::text_at(answer->body, "/result/message_id");
    if (json::flag_at(answer->body, "/ok") && !id.empty()) return Sent{chat + ":" + id, ""};
    const auto text = json::text_at(answer->body, "/description");
    if (answer->status == 401) return Later{std::chrono::minutes(10), "Telegram does not know the bot's token.", false};
    return Refused{answer->status == 403 ? "recipient" : "network", text.empty() ? "Telegram refused." : text};
  }

  void add(const json::Value& update, std::vector<cx::Feedback>& batch) const {
    const auto* message = update.find("message");
    const bool edited = !message;
    if (edited) message = update.find("edited_message");
    if (!message || json::flag_at(*message, "/from/is_bot")) return;
    const auto chat = json::text_at(*message, "/chat/id"), id = json::text_at(*message, "/message_id");
    if (chat.empty() || !json::integer_at(*message, "/message_id")) return;
    cx::Feedback feedback;
    feedback.external_id = chat + ":" + id;
    if (edited) {
      feedback.in_reply_to = feedback.external_id;
      feedback.external_id += ":edited:" + json::text_at(*message, "/edit_date");
    } else if (auto answered = json::text_at(*message, "/reply_to_message/message_id"); !answered.empty()) {
      feedback.in_reply_to = chat + ":" + answered;
    }
    feedback.text = json::text_at(*message, "/text");
    if (feedback.text.empty()) feedback.text = json::text_at(*message, "/caption");
    if (feedback.text.empty()) return;
    const bool alone = json::text_at(*message, "/chat/type") == "private";
    feedback.kind = alone ? cx::FeedbackKind::chat : cx::FeedbackKind::post;
    feedback.author.id = json::text_at(*message, "/from/id");
    feedback.author.name = json::text_at(*message, "/from/first_name");
    if (auto last = json::text_at(*message, "/from/last_name"); !last.empty()) feedback.author.name += " " + last;
    feedback.author.handle = json::text_at(*message, "/from/username");
    feedback.conversation = alone ? chat : chat + ":" + feedback.author.id;
    feedback.published_at = from_unix_seconds(json::integer_at(*message, "/date"));
    remember(feedback, "chat_id", chat);
    remember(feedback, "message_id", id);
    feedback.raw = json::to_text(update);
    complete(feedback, *this, now());
    batch.push_back(std::move(feedback));
  }

  const Options options_;
  const World world_;
};

bool is_secret_token(const std::string& text) {
  return text.size() <= 256 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

}  // namespace

ChannelPtr make_telegram(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.bot_token = settings.secret("bot_token");
  options.webhook_secret = settings.optional_secret("webhook_secret");
  options.api_url = settings.address("api_url", "https://api.telegram.org");
  options.poll = settings.flag("poll", options.webhook_secret.empty());
  options.poll_seconds = settings.number("poll_seconds", 25, 0, 50);
  if (!is_secret_token(options.webhook_secret))
    settings.refuse("webhook_secret", "may hold only letters, digits, '_' and '-', at most 256 (Telegram's rule)");
  return std::make_unique<Telegram>(config, std::move(options), world);
}

}  // namespace echoflow::channels
