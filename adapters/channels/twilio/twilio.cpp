#include "adapters/channels/twilio/twilio.hpp"

#include <algorithm>

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/channels/twilio/signature.hpp"
#include "adapters/json/access.hpp"
#include "models/base/base64.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::channels {

namespace {

Rules twilio_rules() {
  Rules rules;
  rules.max_private = 1'600;
  rules.counting = Counting::utf16;
  rules.first_word = true;
  rules.asks_first = true;
  return rules;
}

struct Options {
  std::string account_sid, auth_token, number, api_url, public_url, greeting, language;
};

std::string field(const http::Pairs& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

void add_media(const http::Pairs& fields, cx::Feedback& feedback) {
  for (int i = 0; i < 10; ++i) {
    const auto number = std::to_string(i);
    if (auto url = field(fields, "MediaUrl" + number); !url.empty())
      feedback.attachments.push_back({"", field(fields, "MediaContentType" + number), url});
  }
}

class Twilio : public Channel {
 public:
  Twilio(const Config& config, Options options, const World& world)
      : Channel(config.name, config.network, twilio_rules()), options_(std::move(options)), world_(world) {}

 protected:
  TimePoint now() const override { return world_.now(); }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    const auto fields = http::parse_query(webhook.request.body);
    if (!fields || fields->size() > 500) return fail(Refusal{400, "malformed", "The body is no form."});
    const auto url = options_.public_url.empty() ? webhook.url : options_.public_url;
    if (!equal_in_constant_time(webhook.request.header("X-Twilio-Signature"),
                                twilio::signature(url, *fields, options_.auth_token)))
      return fail(Refusal{401, "signature",
                          "X-Twilio-Signature does not fit the address and the form. Behind a proxy set 'public_url' "
                          "to the address that Twilio calls."});
    if (field(*fields, "AccountSid") != options_.account_sid)
      return fail(Refusal{403, "signature", "The form is of another account."});
    Received received;
    received.response = plain_response(200, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>", "text/xml");
    if (!field(*fields, "MessageSid").empty())
      add_message(*fields, received);
    else if (!field(*fields, "CallSid").empty())
      add_call(*fields, received);
    return received;
  }

  SendResult do_send(const Outgoing& outgoing) override {
    const auto to = outgoing.answers ? recall(*outgoing.answers, "from") : outgoing.to;
    if (to.empty()) return Refused{"recipient", "There is no telephone number to write to."};
    auto request = form_post(messages_url(), {{"To", to}, {"From", options_.number}, {"Body", outgoing.text}});
    request.headers.push_back(authorization());
    auto answer = call(world_.client, "Twilio", std::move(request), now());
    if (!answer) return std::move(answer).error();
    if (answer->status < 300) return Sent{json::text_at(answer->body, "/sid"), ""};
    const auto code = json::integer_at(answer->body, "/code").value_or(0);
    const auto message = json::text_at(answer->body, "/message");
    if (answer->status == 401)
      return Later{std::chrono::minutes(10), "Twilio does not know the account's token.", false};
    if (code == 21610 || code == 21211 || code == 21614) return Refused{"recipient", message};
    if (code == 21617) return Refused{"length", message};
    return Refused{"network", message.empty() ? "Twilio refused the message." : message};
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    const auto to = outgoing.answers ? recall(*outgoing.answers, "from") : outgoing.to;
    auto request =
        get(messages_url() + "?" + form_text({{"To", to}, {"From", options_.number}, {"PageSize", "50"}}), "");
    request.headers.push_back(authorization());
    auto answer = call(world_.client, "Twilio", std::move(request), now());
    if (!answer) return fail(std::move(answer).error());
    for (const auto& message : json::items_at(answer->body, "/messages")) {
      if (json::text_at(message, "/body") != outgoing.text) continue;
      const auto at = from_http_date(json::text_at(message, "/date_created"));
      if (outgoing.answers && at && *at < outgoing.answers->received_at) continue;  // the same words, said before
      return std::optional<Sent>(Sent{json::text_at(message, "/sid"), ""});
    }
    return std::optional<Sent>();
  }

 private:
  std::string messages_url() const {
    return options_.api_url + "/2010-04-01/Accounts/" + options_.account_sid + "/Messages.json";
  }
  std::pair<std::string, std::string> authorization() const {
    return {"Authorization", "Basic " + to_base64(options_.account_sid + ":" + options_.auth_token)};
  }

  void add_message(const http::Pairs& fields, Received& received) const {
    cx::Feedback feedback;
    feedback.external_id = field(fields, "MessageSid");
    feedback.kind = cx::FeedbackKind::sms;
    feedback.text = field(fields, "Body");
    add_media(fields, feedback);
    if (!field(fields, "MessageStatus").empty()) return;  // about one of our own
    finish(fields, feedback, received);
  }

  /// A call is an event with a transcript, which comes after the call; its beginning is answered with what to do.
  void add_call(const http::Pairs& fields, Received& received) const {
    auto text = field(fields, "TranscriptionText");
    if (text.empty()) text = field(fields, "SpeechResult");
    if (text.empty()) {
      if (field(fields, "CallStatus") == "ringing" || field(fields, "CallStatus") == "in-progress")
        received.response.body = greeting();
      return;
    }
    cx::Feedback feedback;
    const auto transcription = field(fields, "TranscriptionSid");
    // A call may be asked several things; each answer is a piece of its own.
    feedback.external_id =
        transcription.empty() ? field(fields, "CallSid") + ":" + sha256_hex(text).substr(0, 16) : transcription;
    feedback.kind = cx::FeedbackKind::call_transcript;
    feedback.text = std::move(text);
    if (auto url = field(fields, "RecordingUrl"); !url.empty())
      feedback.attachments.push_back({"", "audio/x-wav", url});
    remember(feedback, "call_sid", field(fields, "CallSid"));
    finish(fields, feedback, received);
  }

  void finish(const http::Pairs& fields, cx::Feedback& feedback, Received& received) const {
    feedback.author.id = field(fields, "From");
    if (feedback.author.id.empty()) feedback.author.id = field(fields, "Caller");
    feedback.conversation = field(fields, "To") + ":" + feedback.author.id;
    remember(feedback, "from", feedback.author.id);
    feedback.raw = form_text(fields);
    complete(feedback, *this, now());
    received.feedback.push_back(std::move(feedback));
  }

  std::string greeting() const {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>";
    if (options_.greeting.empty()) return head + "<Reject/></Response>";
    return head + "<Say language=\"" + xml_text(options_.language) + "\">" + xml_text(options_.greeting) +
           "</Say><Record maxLength=\"120\" playBeep=\"true\" transcribe=\"true\" transcribeCallback=\"" +
           xml_text(options_.public_url) + "\"/></Response>";
  }

  const Options options_;
  const World world_;
};

}  // namespace

std::string twilio::signature(const std::string& url, http::Pairs fields, const std::string& auth_token) {
  std::stable_sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string signed_text = url;
  for (const auto& [name, value] : fields) (signed_text += name) += value;
  return to_base64(hmac_sha1(auth_token, signed_text));
}

ChannelPtr make_twilio(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.account_sid = settings.required("account_sid");
  options.auth_token = settings.secret("auth_token");
  options.number = settings.required("number");
  options.api_url = settings.address("api_url", "https://api.twilio.com");
  options.public_url = settings.text("public_url");
  options.greeting = settings.text("voice_greeting");
  options.language = settings.text("voice_language", "en-GB");
  if (!options.greeting.empty() && options.public_url.empty())
    settings.refuse("public_url", "is missing; Twilio delivers the transcript of a call to it");
  return std::make_unique<Twilio>(config, std::move(options), world);
}

}  // namespace echoflow::channels
