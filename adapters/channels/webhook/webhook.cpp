#include "adapters/channels/webhook/webhook.hpp"

#include <charconv>
#include <cstdlib>

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/mapping.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/channels/xml_path.hpp"
#include "adapters/json/access.hpp"
#include "models/base/base64.hpp"
#include "models/base/hex.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::channels {

namespace {

enum class Format { json, xml, form };
enum class Scheme { hmac_sha256_hex, hmac_sha256_base64, hmac_sha1_hex, token };

struct Options {
  Format format = Format::json;
  Scheme scheme = Scheme::hmac_sha256_hex;
  std::string secret, header, prefix, timestamp_header, signed_text, reply_url;
  std::int64_t tolerance_seconds = 300;
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

class AnyWebhook : public Channel {
 public:
  AnyWebhook(const Config& config, Rules rules, Options options, Mapping mapping, const World& world)
      : Channel(config.name, "webhook", rules),
        options_(std::move(options)),
        mapping_(std::move(mapping)),
        world_(world) {}

 protected:
  TimePoint now() const override { return world_.now(); }

  Result<Received, Refusal> do_receive(const Webhook& webhook) override {
    if (auto refusal = check_signature(webhook.request)) return fail(std::move(*refusal));
    switch (options_.format) {
      case Format::json:
        return read_json(webhook.request.body);
      case Format::xml:
        return read_xml(webhook.request.body);
      case Format::form:
        return read_form(webhook.request.body);
    }
    return Received{};
  }

  /// The other side holds Idempotency-Key, so a text that is sent twice is said once.
  SendResult do_send(const Outgoing& outgoing) override {
    if (options_.reply_url.empty()) return Refused{"no-post", "The channel '" + name() + "' has no 'reply_url'."};
    auto request = json_post(options_.reply_url, body_of(outgoing), "");
    const auto stamp = std::to_string(now().micros / 1'000'000);
    if (!options_.timestamp_header.empty()) request.headers.emplace_back(options_.timestamp_header, stamp);
    request.headers.emplace_back(options_.header, options_.prefix + code_of(stamp, request.body));
    request.headers.emplace_back("Idempotency-Key", outgoing.key);
    auto answer = call(world_.client, "The receiver of '" + name() + "'", std::move(request), now());
    if (!answer) return std::move(answer).error();
    if (answer->status < 300) {
      auto id = json::text_at(answer->body, "/id");
      return Sent{id.empty() ? outgoing.key : id, json::text_at(answer->body, "/url")};
    }
    if (answer->status == 401 || answer->status == 403)
      return Later{std::chrono::minutes(10), "The receiver does not accept the signature.", false};
    const auto detail = json::text_at(answer->body, "/detail");
    return Refused{"network", detail.empty()
                                  ? "The receiver answered with status " + std::to_string(answer->status) + "."
                                  : detail};
  }

 private:
  std::string code_of(std::string_view stamp, const std::string& body) const {
    if (options_.scheme == Scheme::token) return options_.secret;
    const auto text = replaced(replaced(options_.signed_text, "{timestamp}", stamp), "{body}", body);
    switch (options_.scheme) {
      case Scheme::hmac_sha256_hex:
        return to_hex(std::string_view(hmac_sha256(options_.secret, text)));
      case Scheme::hmac_sha256_base64:
        return to_base64(hmac_sha256(options_.secret, text));
      case Scheme::hmac_sha1_hex:
        return to_hex(std::string_view(hmac_sha1(options_.secret, text)));
      case Scheme::token:
        break;
    }
    return {};
  }

  std::optional<Refusal> check_signature(const http::Request& request) const {
    const auto stamp = options_.timestamp_header.empty() ? "" : request.header(options_.timestamp_header);
    if (!equal_in_constant_time(request.header(options_.header), options_.prefix + code_of(stamp, request.body)))
      return Refusal{401, options_.scheme == Scheme::token ? "token" : "signature",
                     "The header " + options_.header + " does not fit the body and the channel's secret."};
    if (options_.timestamp_header.empty()) return std::nullopt;
    std::int64_t seconds = 0;
    auto [end, error] = std::from_chars(stamp.data(), stamp.data() + stamp.size(), seconds);
    const auto at = error == std::errc() ? from_unix_seconds(seconds) : std::nullopt;
    if (!at || std::llabs(now().micros - at->micros) > options_.tolerance_seconds * 1'000'000)
      return Refusal{401, "stale",
                     "The request's time is more than " + std::to_string(options_.tolerance_seconds) +
                         " seconds away from this clock."};
    return std::nullopt;
  }

  std::optional<Refusal> add(const Lookup& lookup, std::string raw, Received& received) const {
    if (received.feedback.size() >= most_items)
      return Refusal{413, "malformed", "One call may bring at most 1000 pieces of feedback."};
    auto feedback = mapping_.build(lookup);
    if (!feedback) return Refusal{422, "malformed", feedback.error().message};
    feedback->raw = std::move(raw);
    complete(*feedback, *this, now());
    received.feedback.push_back(std::move(feedback).value());
    return std::nullopt;
  }

  Result<Received, Refusal> read_json(const std::string& body) const {
    auto value = json::parse(body);
    if (!value) return fail(Refusal{400, "malformed", value.error().message});
    Received received;
    const auto* found = json::at(*value, mapping_.items());
    if (!found) return fail(Refusal{422, "malformed", "There is nothing at '" + mapping_.items() + "'."});
    const bool many = found->kind == json::Kind::array;
    const auto count = many ? found->items.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& item = many ? found->items[i] : *found;
      auto lookup = [&](const std::string& path) { return json::text_at(item, path); };
      if (auto refusal = add(lookup, json::to_text(item), received)) return fail(std::move(*refusal));
    }
    return received;
  }

  Result<Received, Refusal> read_xml(const std::string& body) const {
    auto document = xml::read(body);
    if (!document) return fail(Refusal{400, "malformed", document.error().message});
    Received received;
    for (auto node : elements_at(*document, document->document_element(), mapping_.items())) {
      auto lookup = [&](const std::string& path) { return text_at(*document, node, path); };
      if (auto refusal = add(lookup, received.feedback.empty() ? body : "", received)) return fail(std::move(*refusal));
    }
    return received;
  }

  Result<Received, Refusal> read_form(const std::string& body) const {
    const auto fields = http::parse_query(body);
    if (!fields) return fail(Refusal{400, "malformed", "The body is no form."});
    Received received;
    auto lookup = [&](const std::string& path) {
      for (const auto& [name, value] : *fields)
        if (name == path) return value;
      return std::string();
    };
    if (auto refusal = add(lookup, body, received)) return fail(std::move(*refusal));
    return received;
  }

  static std::string body_of(const Outgoing& outgoing) {
    json::Writer writer;
    writer.begin_object().member("key", outgoing.key).member("text", outgoing.text);
    writer.member("visibility", outgoing.kind == OutgoingKind::private_reply ? "private" : "public");
    if (!outgoing.subject.empty()) writer.member("subject", outgoing.subject);
    if (!outgoing.to.empty()) writer.member("to", outgoing.to);
    if (outgoing.answers) {
      writer.member("inReplyTo", outgoing.answers->external_id);
      writer.member("conversation", outgoing.answers->conversation);
      writer.key("context").begin_object();
      for (const auto& [name, value] : outgoing.answers->reply_context) writer.member(name, value);
      writer.end_object();
    }
    writer.end_object();
    return writer.take();
  }

  const Options options_;
  const Mapping mapping_;
  const World world_;
};

Scheme read_scheme(Settings& settings) {
  const auto name = settings.text("signature", "hmac-sha256-hex");
  if (name == "hmac-sha256-base64") return Scheme::hmac_sha256_base64;
  if (name == "hmac-sha1-hex") return Scheme::hmac_sha1_hex;
  if (name == "token") return Scheme::token;
  if (name != "hmac-sha256-hex")
    settings.refuse("signature", "must be hmac-sha256-hex, hmac-sha256-base64, hmac-sha1-hex or token");
  return Scheme::hmac_sha256_hex;
}

Format read_format(Settings& settings) {
  const auto name = settings.text("format", "json");
  if (name == "xml") return Format::xml;
  if (name == "form") return Format::form;
  if (name != "json") settings.refuse("format", "must be json, xml or form");
  return Format::json;
}

}  // namespace

ChannelPtr make_webhook(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.format = read_format(settings);
  options.scheme = read_scheme(settings);
  options.secret = settings.secret("secret");
  options.header = settings.text("signature_header", "X-Signature-256");
  options.prefix = settings.text("signature_prefix");
  options.timestamp_header = settings.text("timestamp_header");
  options.signed_text = settings.text("signed", options.timestamp_header.empty() ? "{body}" : "{timestamp}.{body}");
  options.tolerance_seconds = settings.number("tolerance_seconds", 300, 1, 86'400);
  if (options.signed_text.find("{body}") == std::string::npos)
    settings.refuse("signed", "must hold {body}, else the signature says nothing about it");
  if (!settings.text("reply_url").empty()) options.reply_url = settings.address("reply_url", "");
  Rules rules;
  const auto most = static_cast<std::uint32_t>(settings.number("max_length", 10'000, 1, 1'000'000));
  if (!options.reply_url.empty()) rules.max_public = rules.max_private = most;
  rules.public_posts = rules.first_word = rules.network_knows_key = !options.reply_url.empty();
  auto mapping = Mapping::read(settings, {});
  return std::make_unique<AnyWebhook>(config, rules, std::move(options), std::move(mapping), world);
}

}  // namespace echoflow::channels
