#include "adapters/channels/rss/rss.hpp"

#include <algorithm>
#include <set>

#include "adapters/channels/build.hpp"
#include "adapters/channels/calls.hpp"
#include "adapters/channels/cursors.hpp"
#include "adapters/channels/rss/feed.hpp"
#include "adapters/json/access.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::channels {

namespace {

constexpr std::size_t most_known = 2'000;

struct Options {
  std::string url;
  cx::FeedbackKind kind = cx::FeedbackKind::post;
  std::int64_t poll_seconds = 300;
  bool backlog = false;
};

/// What is known of a feed between two polls: how to ask for it conditionally, and which entries were taken.
struct Position {
  bool fresh = true;  ///< nothing is known yet
  std::string etag, last_modified;
  std::vector<std::string> known;  ///< digests, newest last
};

Position read_position(const std::string& cursor) {
  Position position;
  auto value = json::parse(cursor);
  if (!value) return position;
  position.fresh = false;
  position.etag = json::text_at(*value, "/etag");
  position.last_modified = json::text_at(*value, "/lastModified");
  for (const auto& item : json::items_at(*value, "/known")) position.known.push_back(item.text);
  return position;
}

std::string write_position(const Position& position) {
  json::Writer writer;
  writer.begin_object().member("etag", position.etag).member("lastModified", position.last_modified);
  writer.key("known").begin_array();
  const auto skipped = position.known.size() - std::min(position.known.size(), most_known);
  for (std::size_t i = skipped; i < position.known.size(); ++i) writer.string(position.known[i]);
  writer.end_array().end_object();
  return writer.take();
}

class Rss : public Channel {
 public:
  Rss(const Config& config, Options options, const World& world)
      : Channel(config.name, "rss", {}), options_(std::move(options)), world_(world) {}

  bool pulls() const override { return true; }

  Round pull(const std::stop_token&, Sink& sink) override {
    auto position = read_position(world_.cursors.get(name(), "feed"));
    auto request = get(options_.url, "");
    if (!position.etag.empty()) request.headers.emplace_back("If-None-Match", position.etag);
    if (!position.last_modified.empty()) request.headers.emplace_back("If-Modified-Since", position.last_modified);
    auto answer = call(world_.client, "The feed", std::move(request), now());
    if (!answer) return trouble({answer.error().after, answer.error().reason});
    const Round rest{std::chrono::seconds(options_.poll_seconds), ""};
    if (answer->status == 304) return rest;
    if (answer->status != 200)
      return trouble({rest.rest, "The feed answers with status " + std::to_string(answer->status) + "."});
    auto entries = rss::read_feed(answer->plain.body);
    if (!entries) return trouble({rest.rest, entries.error().message});
    if (!take(*entries, position, sink))
      return trouble({std::chrono::seconds(5), "What was read could not be stored."});
    position.etag = answer->plain.header("ETag");
    position.last_modified = answer->plain.header("Last-Modified");
    if (auto stored = world_.cursors.put(name(), "feed", write_position(position)); !stored)
      return trouble({std::chrono::seconds(5), stored.error().message});
    return rest;
  }

 protected:
  TimePoint now() const override { return world_.now(); }

 private:
  Round trouble(Round round) {
    ++count().pull_problems;
    return round;
  }

  /// Feeds have the newest on top; what customers said is told oldest first.
  bool take(const std::vector<rss::Entry>& entries, Position& position, Sink& sink) {
    const std::set<std::string> known(position.known.begin(), position.known.end());
    std::vector<cx::Feedback> batch;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      const auto digest = sha256_hex(entry->id).substr(0, 24);
      if (known.contains(digest)) continue;
      position.known.push_back(digest);
      if (!position.fresh || options_.backlog) batch.push_back(feedback_of(*entry));
    }
    const auto size = batch.size();
    if (size && !sink.accept(std::move(batch))) return false;
    count().received += size;
    return true;
  }

  cx::Feedback feedback_of(const rss::Entry& entry) const {
    cx::Feedback feedback;
    feedback.external_id = entry.id;
    feedback.kind = options_.kind;
    feedback.subject = entry.title;
    feedback.text = entry.text.empty() ? entry.title : entry.text;
    feedback.author = {entry.author.empty() ? options_.url : entry.author, entry.author, "", {}};
    feedback.published_at = entry.published_at;
    if (!entry.link.empty()) feedback.links.push_back(entry.link);
    feedback.raw = entry.raw;
    complete(feedback, *this, now());
    return feedback;
  }

  const Options options_;
  const World world_;
};

}  // namespace

ChannelPtr make_rss(const Config& config, Settings& settings, const World& world) {
  Options options;
  options.url = settings.address("url", "");
  options.poll_seconds = settings.number("poll_seconds", 300, 10, 86'400);
  options.backlog = settings.flag("backlog", false);
  const auto kind = settings.text("kind", "post");
  if (kind != "post" && kind != "review") settings.refuse("kind", "must be post or review");
  if (kind == "review") options.kind = cx::FeedbackKind::review;
  return std::make_unique<Rss>(config, std::move(options), world);
}

}  // namespace echoflow::channels
