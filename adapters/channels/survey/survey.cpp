#include "adapters/channels/survey/survey.hpp"

#include <openssl/rand.h>

#include <charconv>
#include <mutex>

#include "adapters/channels/build.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/channels/survey/page.hpp"
#include "adapters/json/access.hpp"
#include "models/base/sha256.hpp"
#include "models/base/utf8.hpp"

namespace echoflow::channels {

namespace {

struct Options {
  survey::Question question;
  std::string survey;  ///< nps, csat, ces or a name of its own; empty: a form for messages
  std::string secret;  ///< of invitations; empty: everybody may answer
  std::int64_t per_minute = 60;
};

std::string random_id() {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return {};
  return to_hex(std::string_view(reinterpret_cast<const char*>(bytes), sizeof bytes));
}

/// What was sent, as a form or as JSON.
struct Sheet {
  http::Pairs fields;
  std::string field(std::string_view name) const {
    for (const auto& [key, value] : fields)
      if (key == name) return value;
    return {};
  }
};

class Survey : public Channel {
 public:
  Survey(const Config& config, Options options, const World& world)
      : Channel(config.name, config.network, {}), options_(std::move(options)), world_(world) {}

 protected:
  TimePoint now() const override { return world_.now(); }

  std::optional<http::Response> do_handshake(const Webhook& webhook) const override {
    if (webhook.request.method != "GET") return std::nullopt;
    std::vector<std::pair<std::string, std::string>> hidden;
    for (const char* name : {"id", "customer", "case", "signature"})
      if (auto value = query_value(webhook.request, name); !value.empty()) hidden.emplace_back(name, std::move(value));
    if (options_.secret.empty()) hidden = {{"id", random_id()}};
    return survey::form_page(options_.question, hidden);
  }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    auto sheet = read_sheet(webhook.request);
    if (!sheet) return fail(sheet.error());
    if (auto refusal = check_invitation(*sheet)) return fail(std::move(*refusal));
    if (!is_slow_enough()) return fail(Refusal{429, "rate", "Too many answers at the moment; try again in a minute."});
    cx::Feedback feedback;
    if (auto refusal = fill(*sheet, feedback)) return fail(std::move(*refusal));
    Received received;
    complete(feedback, *this, now());
    received.feedback.push_back(std::move(feedback));
    const bool by_page = http::media_type(webhook.request.header("Content-Type")) != "application/json";
    received.response =
        by_page ? survey::thanks_page(options_.question) : plain_response(202, "{}", "application/json");
    return received;
  }

 private:
  static Result<Sheet, Refusal> read_sheet(const http::Request& request) {
    Sheet sheet;
    const auto type = http::media_type(request.header("Content-Type"));
    if (type == "application/json") {
      auto body = json_body(request);
      if (!body) return fail(body.error());
      for (const auto& [name, value] : body->members) sheet.fields.emplace_back(name, json::text_at(value, ""));
    } else if (type == "application/x-www-form-urlencoded") {
      auto pairs = http::parse_query(request.body);
      if (!pairs) return fail(Refusal{400, "malformed", "The form is not well-formed."});
      sheet.fields = std::move(*pairs);
    } else {
      return fail(Refusal{415, "unsupported", "The answer must be a form or application/json."});
    }
    for (const auto& [name, value] : sheet.fields)
      if (!is_valid_utf8(value) || value.size() > 20'000)
        return fail(Refusal{400, "malformed", "A field is too long or no UTF-8."});
    return sheet;
  }

  std::optional<Refusal> check_invitation(const Sheet& sheet) const {
    const auto id = sheet.field("id");
    if (id.empty() || id.size() > 200)
      return Refusal{400, "malformed", "The member \"id\" is missing; an answer that comes twice is known by it."};
    if (options_.secret.empty()) return std::nullopt;
    const auto signed_text = id + "\n" + sheet.field("customer") + "\n" + sheet.field("case");
    if (equal_in_constant_time(sheet.field("signature"),
                               to_hex(std::string_view(hmac_sha256(options_.secret, signed_text)))))
      return std::nullopt;
    return Refusal{403, "signature", "The invitation was changed or is not of this survey."};
  }

  bool is_slow_enough() {
    std::lock_guard lock(mutex_);
    const auto minute = now().micros / 60'000'000;
    if (minute != minute_) minute_ = minute, answers_ = 0;
    return ++answers_ <= options_.per_minute;
  }

  std::optional<Refusal> fill(const Sheet& sheet, cx::Feedback& feedback) const {
    const auto& question = options_.question;
    feedback.external_id = sheet.field("id");
    feedback.text = sheet.field("comment");
    feedback.survey = options_.survey;
    feedback.kind = options_.survey.empty() ? cx::FeedbackKind::direct_message : cx::FeedbackKind::survey_answer;
    if (question.most > 0) {
      const auto text = sheet.field("score");
      int score = 0;
      auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), score);
      if (text.empty() || error != std::errc() || end != text.data() + text.size() || score < question.least ||
          score > question.most)
        return Refusal{422, "malformed",
                       "The score must be a whole number from " + std::to_string(question.least) + " to " +
                           std::to_string(question.most) + "."};
      feedback.rating = score;
    } else if (feedback.text.empty()) {
      return Refusal{422, "malformed", "The message is empty."};
    }
    feedback.case_id = options_.secret.empty() ? std::string() : sheet.field("case");
    feedback.customer = options_.secret.empty() ? std::string() : sheet.field("customer");
    const auto email = sheet.field("email");
    feedback.author = {
        email.empty() ? (feedback.customer.empty() ? "anonymous:" + feedback.external_id : feedback.customer) : email,
        sheet.field("name"),
        email,
        {}};
    remember(feedback, "reply_to", email);
    json::Writer raw;
    raw.begin_object();
    for (const auto& [name, value] : sheet.fields)
      if (name != "signature") raw.member(name, value);
    feedback.raw = raw.end_object().text();
    return std::nullopt;
  }

  const Options options_;
  const World world_;
  std::mutex mutex_;
  std::int64_t minute_ = 0, answers_ = 0;
};

}  // namespace

ChannelPtr make_survey(const Config& config, Settings& settings, const World& world) {
  Options options;
  auto& question = options.question;
  const bool is_form = config.network == "webform";
  options.survey = is_form ? std::string() : settings.text("survey", "nps");
  const int least = options.survey == "nps" ? 0 : 1, most = options.survey == "nps"   ? 10
                                                            : options.survey == "ces" ? 7
                                                                                      : 5;
  question.least = is_form ? 0 : static_cast<int>(settings.number("least", least, 0, 100));
  question.most = is_form ? 0 : static_cast<int>(settings.number("most", most, 1, 100));
  question.language = settings.text("language", "en");
  question.title = settings.text("title", is_form ? "Write to us" : "Your opinion");
  question.text = is_form ? settings.text("question", "What can we do for you?") : settings.required("question");
  question.comment_label =
      settings.text("comment_label", is_form ? "Your message" : "What is the reason for your score?");
  question.button = settings.text("button", "Send");
  question.thanks = settings.text("thanks", "Thank you.");
  question.asks_for_sender = is_form;
  options.secret = settings.optional_secret("secret");
  options.per_minute = settings.number("per_minute", 60, 1, 100'000);
  return std::make_unique<Survey>(config, std::move(options), world);
}

}  // namespace echoflow::channels
