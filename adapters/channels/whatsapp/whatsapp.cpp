#include "adapters/channels/whatsapp/whatsapp.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/meta/graph.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels {

namespace {

Rules whatsapp_rules() {
  Rules rules;
  rules.max_private = 4'096;
  rules.first_word = true;  // by an approved template
  rules.template_window = std::chrono::hours(24);
  return rules;
}

/// The words of a message of any type that has some.
std::string words_of(const json::Value& message) {
  for (const char* pointer : {"/text/body", "/button/text", "/interactive/button_reply/title",
                              "/interactive/list_reply/title", "/image/caption", "/video/caption", "/document/caption"})
    if (auto text = json::text_at(message, pointer); !text.empty()) return text;
  return {};
}

void add_media(const json::Value& message, cx::Feedback& feedback) {
  for (const char* type : {"image", "video", "audio", "document", "sticker"}) {
    const auto* media = message.find(type);
    if (!media) continue;
    feedback.attachments.push_back({json::text_at(*media, "/filename"), json::text_at(*media, "/mime_type"),
                                    "whatsapp-media:" + json::text_at(*media, "/id")});
  }
}

class WhatsApp : public Channel {
 public:
  WhatsApp(const Config& config, std::string number_id, std::string language, meta::Account account, const World& world)
      : Channel(config.name, "whatsapp", whatsapp_rules()),
        number_id_(std::move(number_id)),
        language_(std::move(language)),
        graph_("WhatsApp", std::move(account), world) {}

 protected:
  TimePoint now() const override { return graph_.now(); }

  std::optional<http::Response> do_handshake(const Webhook& webhook) const override {
    return meta::handshake(webhook.request, graph_.account());
  }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (auto refusal = meta::check_signature(webhook.request, graph_.account())) return fail(std::move(*refusal));
    auto body = json_body(webhook.request);
    if (!body) return fail(body.error());
    Received received;
    for (const auto& entry : json::items_at(*body, "/entry"))
      for (const auto& change : json::items_at(entry, "/changes")) read_change(change, received);
    if (received.feedback.size() > most_items)
      return fail(Refusal{413, "malformed", "One call may bring at most 1000 pieces of feedback."});
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    const auto to = outgoing.answers ? recall(*outgoing.answers, "from") : outgoing.to;
    if (to.empty()) return Refused{"recipient", "There is no telephone number to write to."};
    if (!outgoing.answers && outgoing.template_name.empty())
      return Refused{"template", "A first message needs an approved template; name one."};
    return meta::sent_by(graph_.post("/" + number_id_ + "/messages", body_of(outgoing, to)), "/messages/0/id", "");
  }

 private:
  void read_change(const json::Value& change, Received& received) const {
    if (json::text_at(change, "/value/metadata/phone_number_id") != number_id_) return;
    for (const auto& message : json::items_at(change, "/value/messages")) {
      cx::Feedback feedback;
      feedback.external_id = json::text_at(message, "/id");
      feedback.author.id = json::text_at(message, "/from");
      feedback.text = words_of(message);
      add_media(message, feedback);
      if (feedback.external_id.empty() || (feedback.text.empty() && feedback.attachments.empty())) continue;
      for (const auto& contact : json::items_at(change, "/value/contacts"))
        if (json::text_at(contact, "/wa_id") == feedback.author.id)
          feedback.author.name = json::text_at(contact, "/profile/name");
      feedback.kind = cx::FeedbackKind::chat;
      feedback.conversation = number_id_ + ":" + feedback.author.id;
      feedback.in_reply_to = json::text_at(message, "/context/id");
      feedback.published_at = from_unix_seconds(json::integer_at(message, "/timestamp"));
      remember(feedback, "from", feedback.author.id);
      remember(feedback, "message_id", feedback.external_id);
      feedback.raw = json::to_text(message);
      complete(feedback, *this, now());
      received.feedback.push_back(std::move(feedback));
    }
  }

  std::string body_of(const Outgoing& outgoing, const std::string& to) const {
    json::Writer writer;
    writer.begin_object().member("messaging_product", "whatsapp").member("recipient_type", "individual");
    writer.member("to", to).member("biz_opaque_callback_data", outgoing.key);
    if (outgoing.answers)
      writer.key("context").begin_object().member("message_id", recall(*outgoing.answers, "message_id")).end_object();
    if (outgoing.template_name.empty()) {
      writer.member("type", "text").key("text").begin_object();
      writer.member("preview_url", false).member("body", outgoing.text).end_object();
    } else {
      writer.member("type", "template").key("template").begin_object().member("name", outgoing.template_name);
      writer.key("language").begin_object().member("code", language_).end_object();
      if (!outgoing.text.empty()) {
        writer.key("components").begin_array().begin_object().member("type", "body");
        writer.key("parameters").begin_array().begin_object();
        writer.member("type", "text").member("text", outgoing.text).end_object().end_array().end_object().end_array();
      }
      writer.end_object();
    }
    writer.end_object();
    return writer.take();
  }

  const std::string number_id_, language_;
  const meta::Graph graph_;
};

}  // namespace

ChannelPtr make_whatsapp(const Config& config, Settings& settings, const World& world) {
  auto number_id = settings.required("phone_number_id");
  auto language = settings.text("template_language", "en");
  return std::make_unique<WhatsApp>(config, std::move(number_id), std::move(language), meta::read_account(settings),
                                    world);
}

}  // namespace echoflow::channels
