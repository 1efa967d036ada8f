#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/warning/episodes.hpp"
#include "models/base/result.hpp"

/// Early warning: which topics, on which channels, get unusually many posts of a kind.
namespace echoflow::warning {

/// What the monitor needs to know of a post.
struct Post {
  std::string id;  ///< evidence; at most 200 bytes of it are kept
  TimePoint at;    ///< a time before an earlier call's counts as that call's
  std::vector<std::string> topics;
  cx::Polarity sentiment = cx::Polarity::neutral;
  std::string channel;
};

/// Watches every topic, channel and both together, and all posts together. Time comes in with the calls; the same calls
/// give the same alerts. Memory is bounded by the options.
class Monitor {
 public:
  explicit Monitor(Options options) : options_(std::move(options)) {}

  /// Counts a post that is watched for; the others only move the clock.
  std::vector<cx::Alert> add(const Post& post);
  /// Lets time pass; call it about once a minute, for without it a silence is not noticed.
  std::vector<cx::Alert> advance(TimePoint now);

  TimePoint now() const { return now_; }
  std::size_t series_count() const { return series_.size(); }
  const SeriesMap& series() const { return series_; }
  const std::vector<Episode>& episodes() const { return episodes_.active(); }

  /// The whole state as text; load() with the same options goes on exactly where save() was.
  std::string save() const;
  static Result<Monitor> load(std::string_view text, Options options);

 private:
  void count(const cx::SeriesKey& key, const std::string& id, std::vector<cx::Alert>& alerts);
  void forget_one();

  Options options_;
  TimePoint now_;
  SeriesMap series_;
  Episodes episodes_;
};

}  // namespace echoflow::warning
