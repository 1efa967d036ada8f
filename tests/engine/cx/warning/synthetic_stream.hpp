#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/cx/warning/monitor.hpp"

/// A labelled stream of posts that is the same everywhere: day and week rhythm, clusters of posts about one event, and
/// outbreaks of known beginning, size and topic.
namespace echoflow::warning::test {

struct Outbreak {
  std::int64_t start_minute = 0;
  std::int64_t minutes = 0;
  double per_hour = 0;  ///< posts on top of the usual ones
  std::string topic, channel;
};

struct StreamPlan {
  std::int64_t weeks = 12;
  std::int64_t first_outbreak_week = 4;
  std::uint64_t seed = 1;
  double negative_per_hour = 6;  ///< mean over the week, all topics and channels
  double cluster_share = 0.15;   ///< posts that draw one to four more within the hour
};

struct Stream {
  std::vector<Post> posts;  ///< in order of time
  std::vector<Outbreak> outbreaks;
};

Stream make_stream(const StreamPlan& plan);

/// What a monitor made of a stream.
struct Outcome {
  std::vector<double> delay_minutes;  ///< of the outbreaks that were found
  std::vector<double> delay_posts;    ///< outbreak posts until the alert
  std::size_t missed = 0;
  std::size_t false_alarms = 0;
  std::size_t alerts = 0;  ///< raised
  std::size_t cleared = 0;
  std::size_t surplus = 0;  ///< further alerts of an outbreak that was already found
  double quiet_weeks = 0;   ///< time without outbreaks after learning, in weeks
};

Outcome play(const Stream& stream, const StreamPlan& plan, const Options& options);
double median(std::vector<double> values);

}  // namespace echoflow::warning::test
