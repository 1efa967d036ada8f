#include "adapters/channels/bluesky/bluesky.hpp"

#include <algorithm>
#include <cstdint>

#include "adapters/channels/bluesky/session.hpp"
#include "adapters/channels/build.hpp"
#include "adapters/channels/cursors.hpp"
#include "adapters/http/web_socket.hpp"
#include "adapters/json/access.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::channels {

namespace {

constexpr const char* collection = "app.bsky.feed.post";
constexpr std::int64_t cursor_step = 5'000'000;  ///< microseconds of the stream between two stored cursors

struct Options {
  std::string jetstream, service, identifier, password;
  std::vector<std::string> keywords;  ///< lower case
};

Rules bluesky_rules() {
  Rules rules;
  rules.max_public = 300;
  rules.counting = Counting::graphemes;
  rules.public_posts = true;
  rules.network_knows_key = true;  // the record's key
  rules.asks_first = true;
  return rules;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

class Bluesky : public Channel {
 public:
  Bluesky(const Config& config, Options options, const World& world)
      : Channel(config.name, "bluesky", bluesky_rules()),
        options_(std::move(options)),
        session_(options_.service, options_.identifier, options_.password, world),
        world_(world) {}

  bool pulls() const override { return true; }

  /// At least once, from the cursor on, itself included: what comes again is known by its address.
  Round pull(const std::stop_token& stop, Sink& sink) override {
    auto did = session_.did();
    if (!did) return trouble(did.error().after, did.error().reason);
    const auto cursor = world_.cursors.get(name(), "time");
    std::int64_t stored = 0;
    std::string problem;
    const auto url =
        options_.jetstream + "?wantedCollections=" + collection + (cursor.empty() ? "" : "&cursor=" + cursor);
    auto broken = http::read_web_socket(url, stop, 60, [&](std::string_view text) {
      problem = take(text, *did, stored, sink);
      return problem.empty();
    });
    if (stop.stop_requested()) return {};
    return trouble(std::chrono::seconds(1), problem.empty() ? "Bluesky: " + broken : problem);
  }

 protected:
  TimePoint now() const override { return world_.now(); }

  SendResult do_send(const Outgoing& outgoing) override {
    auto did = session_.did();
    if (!did) return did.error();
    const auto key = bluesky_record_key(outgoing.key);
    json::Writer writer;
    writer.begin_object().member("repo", *did).member("collection", collection).member("rkey", key);
    writer.key("record").begin_object().member("$type", collection).member("text", outgoing.text);
    writer.member("createdAt", format_time_point(now()));
    if (outgoing.answers) {
      writer.key("reply").begin_object();
      write_reference(writer, "root", *outgoing.answers);
      write_reference(writer, "parent", *outgoing.answers);
      writer.end_object();
    }
    writer.end_object().end_object();
    // "put": the same key again is the same post.
    auto answer = session_.call("com.atproto.repo.putRecord", "", writer.take());
    if (!answer) return std::move(answer).error();
    if (auto uri = json::text_at(answer->body, "/uri"); answer->status == 200 && !uri.empty())
      return Sent{uri, page_of(uri)};
    const auto message = json::text_at(answer->body, "/message");
    return Refused{"network", message.empty() ? "Bluesky refused the post." : message};
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    auto did = session_.did();
    if (!did) return fail(did.error());
    auto answer = session_.call(
        "com.atproto.repo.getRecord",
        form_text({{"repo", *did}, {"collection", collection}, {"rkey", bluesky_record_key(outgoing.key)}}), "");
    if (!answer) return fail(std::move(answer).error());
    const auto uri = json::text_at(answer->body, "/uri");
    if (answer->status != 200 || uri.empty()) return std::optional<Sent>();
    return std::optional<Sent>(Sent{uri, page_of(uri)});
  }

 private:
  Round trouble(std::chrono::milliseconds rest, std::string problem) {
    ++count().pull_problems;
    return {rest, std::move(problem)};
  }

  static void write_reference(json::Writer& writer, const std::string& which, const cx::Feedback& answered) {
    writer.key(which).begin_object().member("uri", recall(answered, which + "_uri"));
    writer.member("cid", recall(answered, which + "_cid")).end_object();
  }

  /// "at://did/app.bsky.feed.post/key" → the page that people see.
  static std::string page_of(const std::string& uri) {
    const std::string middle = std::string("/") + collection + "/";
    const auto at = uri.find(middle);
    if (!uri.starts_with("at://") || at == std::string::npos) return {};
    return "https://bsky.app/profile/" + uri.substr(5, at - 5) + "/post/" + uri.substr(at + middle.size());
  }

  /// The problem that ends the stream; empty: go on.
  std::string take(std::string_view text, const std::string& did, std::int64_t& stored, Sink& sink) {
    auto event = json::parse(text);
    if (!event) {
      ++count().refused_malformed;
      return {};
    }
    const auto time = json::integer_at(*event, "/time_us").value_or(0);
    auto feedback = read_event(*event, did);
    const bool is_ours = feedback.has_value();
    if (is_ours) {
      std::vector<cx::Feedback> batch;
      batch.push_back(std::move(*feedback));
      if (!sink.accept(std::move(batch))) return "What was read could not be stored.";
      ++count().received;
    }
    if (time > 0 && (is_ours || time - stored >= cursor_step)) {
      if (auto kept = world_.cursors.put(name(), "time", std::to_string(time)); !kept) return kept.error().message;
      stored = time;
    }
    return {};
  }

  std::optional<cx::Feedback> read_event(const json::Value& event, const std::string& did) const {
    const auto author = json::text_at(event, "/did");
    const auto* record = json::at(event, "/commit/record");
    if (!record || author == did || json::text_at(event, "/commit/operation") != "create" ||
        json::text_at(event, "/commit/collection") != collection || !concerns_us(*record, did))
      return std::nullopt;
    cx::Feedback feedback;
    feedback.external_id = "at://" + author + "/" + collection + "/" + json::text_at(event, "/commit/rkey");
    feedback.text = json::text_at(*record, "/text");
    if (feedback.text.empty()) return std::nullopt;
    feedback.author = {author, "", author, {}};
    feedback.in_reply_to = json::text_at(*record, "/reply/parent/uri");
    const auto root = json::text_at(*record, "/reply/root/uri");
    feedback.conversation = root;
    feedback.kind = root.empty() ? cx::FeedbackKind::post : cx::FeedbackKind::comment;
    feedback.published_at = from_iso(json::text_at(*record, "/createdAt"));
    feedback.links.push_back(page_of(feedback.external_id));
    const auto cid = json::text_at(event, "/commit/cid");
    remember(feedback, "parent_uri", feedback.external_id);
    remember(feedback, "parent_cid", cid);
    remember(feedback, "root_uri", root.empty() ? feedback.external_id : root);
    remember(feedback, "root_cid", root.empty() ? cid : json::text_at(*record, "/reply/root/cid"));
    feedback.raw = json::to_text(event);
    complete(feedback, *this, now());
    return feedback;
  }

  /// It answers us, names us, or holds a word that is watched.
  bool concerns_us(const json::Value& record, const std::string& did) const {
    const auto own = "at://" + did + "/";
    if (json::text_at(record, "/reply/parent/uri").starts_with(own) ||
        json::text_at(record, "/reply/root/uri").starts_with(own))
      return true;
    for (const auto& facet : json::items_at(record, "/facets"))
      for (const auto& feature : json::items_at(facet, "/features"))
        if (json::text_at(feature, "/did") == did) return true;
    if (options_.keywords.empty()) return false;
    const auto text = lower(json::text_at(record, "/text"));
    return std::any_of(options_.keywords.begin(), options_.keywords.end(),
                       [&](const auto& word) { return text.find(word) != std::string::npos; });
  }

  const Options options_;
  bluesky::Session session_;
  const World world_;
};

}  // namespace

std::string bluesky_record_key(std::string_view key) {
  constexpr std::string_view digits = "234567abcdefghijklmnopqrstuvwxyz";
  const auto digest = sha256(key);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = (bits << 8) | digest[i];
  bits &= 0x7fff'ffff'ffff'ffffu;  // 13 digits of five bits; the first bit is always 0
  std::string text(13, '2');
  for (std::size_t i = text.size(); i-- > 0; bits >>= 5) text[i] = digits[bits & 31];
  return text;
}

ChannelPtr make_bluesky(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.jetstream = settings.text("jetstream", "wss://jetstream2.us-east.bsky.network/subscribe");
  if (!options.jetstream.starts_with("ws://") && !options.jetstream.starts_with("wss://"))
    settings.refuse("jetstream", "must be a wss:// address");
  options.service = settings.address("service", "https://bsky.social");
  options.identifier = settings.required("identifier");
  options.password = settings.secret("password");
  for (auto& word : lines_of(settings.text("keywords"))) options.keywords.push_back(lower(std::move(word)));
  return std::make_unique<Bluesky>(config, std::move(options), world);
}

}  // namespace echoflow::channels
