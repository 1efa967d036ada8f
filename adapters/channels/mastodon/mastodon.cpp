#include "adapters/channels/mastodon/mastodon.hpp"

#include <algorithm>

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/cursors.hpp"
#include "adapters/channels/event_stream.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels {

namespace {

struct Options {
  std::string server, access_token, account;  ///< account: our own "name", as the server knows us
  std::string hashtag;
  std::uint32_t max_characters = 500;
  bool backlog = false;
};

Rules mastodon_rules(const Options& options) {
  Rules rules;
  rules.max_public = rules.max_private = options.max_characters;
  rules.public_posts = true;
  rules.first_word = true;
  rules.network_knows_key = true;  // Idempotency-Key, for an hour
  rules.asks_first = true;         // after that hour
  return rules;
}

/// Ids are numbers too large for some: the longer one is the newer, then by digits.
bool is_newer(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

class Mastodon : public Channel {
 public:
  Mastodon(const Config& config, Options options, const World& world)
      : Channel(config.name, "mastodon", mastodon_rules(options)), options_(std::move(options)), world_(world) {}

  bool pulls() const override { return true; }

  /// What was missed is asked for first; then the stream tells when something new is there. Its events are only a sign:
  /// what is taken is always what lies behind the cursor, in order.
  Round pull(const std::stop_token& stop, Sink& sink) override {
    if (auto problem = catch_up(stop, sink); !problem.empty()) return trouble(std::move(problem));
    std::string problem;
    EventParser parser([&](const std::string& type, const std::string&) {
      const bool is_sign =
          options_.hashtag.empty() ? type == "notification" : type == "update" || type == "status.update";
      if (is_sign) problem = catch_up(stop, sink);
      return problem.empty() && !stop.stop_requested();
    });
    const auto path = options_.hashtag.empty() ? std::string("/user/notification")
                                               : "/hashtag?tag=" + http::percent_encoded(options_.hashtag);
    auto broken = read_stream({options_.server + "/api/v1/streaming" + path,
                               {{"Authorization", "Bearer " + options_.access_token}, {"Accept", "text/event-stream"}}},
                              stop, [&](std::string_view bytes) { return parser.take(bytes); });
    if (stop.stop_requested()) return {};
    return trouble(problem.empty() ? "Mastodon: " + broken : problem);
  }

 protected:
  TimePoint now() const override { return world_.now(); }

  SendResult do_send(const Outgoing& outgoing) override {
    json::Writer writer;
    const auto text = text_for(outgoing);
    if (length_of(text, Counting::characters) > options_.max_characters)
      return Refused{"length",
                     "With the name of whom it answers, the text is longer than the server takes. Shorten it."};
    writer.begin_object().member("status", text);
    if (outgoing.answers) writer.member("in_reply_to_id", recall(*outgoing.answers, "status_id"));
    const bool in_private = outgoing.kind == OutgoingKind::private_reply || !outgoing.to.empty();
    writer.member("visibility", in_private ? "direct" : "public").end_object();
    auto request = json_post(options_.server + "/api/v1/statuses", writer.take(), options_.access_token);
    request.headers.emplace_back("Idempotency-Key", outgoing.key);
    auto answer = call(world_.client, "Mastodon", std::move(request), now());
    if (!answer) return std::move(answer).error();
    if (auto id = json::text_at(answer->body, "/id"); answer->status < 300 && !id.empty())
      return Sent{id, json::text_at(answer->body, "/url")};
    if (answer->status == 401)
      return Later{std::chrono::minutes(10), "Mastodon does not know the token (any more).", false};
    const auto error = json::text_at(answer->body, "/error");
    return Refused{answer->status == 404 ? "recipient" : "network",
                   error.empty() ? "Mastodon refused the post." : error};
  }

  Result<std::optional<Sent>, Later> do_find_sent(const Outgoing& outgoing) override {
    auto me = ask("/api/v1/accounts/verify_credentials");
    if (!me) return fail(me.error());
    auto posts = ask("/api/v1/accounts/" + json::text_at(me->body, "/id") + "/statuses?limit=40");
    if (!posts) return fail(posts.error());
    const auto below = outgoing.answers ? recall(*outgoing.answers, "status_id") : std::string();
    for (const auto& status : posts->body.items)
      if (json::text_at(status, "/in_reply_to_id") == below &&
          text_of_html(json::text_at(status, "/content")) == text_for(outgoing))
        return std::optional<Sent>(Sent{json::text_at(status, "/id"), json::text_at(status, "/url")});
    return std::optional<Sent>();
  }

 private:
  Round trouble(std::string problem) {
    ++count().pull_problems;
    return {std::chrono::seconds(1), std::move(problem)};
  }
  Result<Answer, Later> ask(const std::string& path) const {
    return call(world_.client, "Mastodon", get(options_.server + path, options_.access_token), now());
  }

  /// Whom it is for must be named, else he is told nothing.
  std::string text_for(const Outgoing& outgoing) const {
    const auto handle = outgoing.answers ? outgoing.answers->author.handle : outgoing.to;
    if (handle.empty() || outgoing.text.find("@" + handle) != std::string::npos) return outgoing.text;
    return "@" + handle + " " + outgoing.text;
  }

  /// Takes all that lies behind the cursor, oldest first. Empty: done.
  std::string catch_up(const std::stop_token& stop, Sink& sink) {
    while (!stop.stop_requested()) {
      const auto cursor = world_.cursors.get(name(), "newest");
      const bool first = cursor.empty() && !options_.backlog;
      const std::string base = options_.hashtag.empty()
                                   ? "/api/v1/notifications?types[]=mention&limit="
                                   : "/api/v1/timelines/tag/" + http::percent_encoded(options_.hashtag) + "?limit=";
      auto answer = ask(base + (first ? "1" : "40&min_id=" + (cursor.empty() ? "0" : cursor)));
      if (!answer) return answer.error().reason;
      if (answer->status >= 300) return "Mastodon answers with status " + std::to_string(answer->status) + ".";
      auto newest = cursor.empty() ? std::string("0") : cursor;
      std::vector<cx::Feedback> batch;
      for (const auto& item : answer->body.items) {
        if (const auto id = json::text_at(item, "/id"); is_newer(id, newest)) newest = id;
        if (first) continue;  // only where to begin
        auto feedback = read_status(options_.hashtag.empty() ? json::at(item, "/status") : &item);
        if (feedback) batch.push_back(std::move(*feedback));
      }
      std::reverse(batch.begin(), batch.end());
      const auto size = batch.size();
      if (!batch.empty() && !sink.accept(std::move(batch))) return "What was read could not be stored.";
      count().received += size;
      if (newest == cursor) return {};
      if (auto stored = world_.cursors.put(name(), "newest", newest); !stored) return stored.error().message;
      if (first || answer->body.items.empty()) return {};
    }
    return {};
  }

  std::optional<cx::Feedback> read_status(const json::Value* status) const {
    if (!status || json::text_at(*status, "/account/acct") == options_.account) return std::nullopt;
    cx::Feedback feedback;
    feedback.external_id = json::text_at(*status, "/id");
    feedback.text = text_of_html(json::text_at(*status, "/content"));
    if (feedback.external_id.empty() || feedback.text.empty()) return std::nullopt;
    feedback.author = {json::text_at(*status, "/account/id"),
                       json::text_at(*status, "/account/display_name"),
                       json::text_at(*status, "/account/acct"),
                       {}};
    if (auto reach = json::integer_at(*status, "/account/followers_count"); reach && *reach >= 0)
      feedback.author.reach = static_cast<std::uint64_t>(*reach);
    feedback.in_reply_to = json::text_at(*status, "/in_reply_to_id");
    feedback.kind = json::text_at(*status, "/visibility") == "direct" ? cx::FeedbackKind::direct_message
                    : feedback.in_reply_to.empty()                    ? cx::FeedbackKind::post
                                                                      : cx::FeedbackKind::comment;
    feedback.conversation = thread_of(feedback);
    feedback.published_at = from_iso(json::text_at(*status, "/created_at"));
    if (auto url = json::text_at(*status, "/url"); !url.empty()) feedback.links.push_back(std::move(url));
    for (const auto& media : json::items_at(*status, "/media_attachments"))
      feedback.attachments.push_back(
          {json::text_at(media, "/description"), json::text_at(media, "/type"), json::text_at(media, "/url")});
    remember(feedback, "status_id", feedback.external_id);
    feedback.raw = json::to_text(*status);
    complete(feedback, *this, now());
    return feedback;
  }

  /// The first post of the thread; the server knows the ones before.
  std::string thread_of(const cx::Feedback& feedback) const {
    if (feedback.in_reply_to.empty()) return {};
    auto context = ask("/api/v1/statuses/" + feedback.external_id + "/context");
    const auto root = context ? json::text_at(context->body, "/ancestors/0/id") : std::string();
    return root.empty() ? feedback.in_reply_to : root;
  }

  const Options options_;
  const World world_;
};

}  // namespace

ChannelPtr make_mastodon(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.server = settings.address("server", "");
  options.access_token = settings.secret("access_token");
  options.account = settings.required("account");
  options.hashtag = settings.text("hashtag");
  options.backlog = settings.flag("backlog", false);
  options.max_characters = static_cast<std::uint32_t>(settings.number("max_characters", 500, 1, 100'000));
  return std::make_unique<Mastodon>(config, std::move(options), world);
}

}  // namespace echoflow::channels
