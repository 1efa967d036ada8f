#include "tests/engine/cx/warning/synthetic_stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "tests/engine/cx/warning/random.hpp"

namespace echoflow::warning::test {

namespace {

constexpr std::int64_t minute_of_stream = 60'000'000;
constexpr std::int64_t week_minutes = 7 * 24 * 60;
/// Monday 2026-01-05T00:00Z.
constexpr std::int64_t beginning = 1'767'571'200'000'000;

constexpr std::array<std::string_view, 5> topics = {"delivery", "price", "service", "app", "returns"};
constexpr std::array<double, 5> topic_shares = {0.35, 0.2, 0.2, 0.15, 0.1};
constexpr std::array<std::string_view, 4> channels = {"facebook", "mastodon", "email", "x"};
constexpr std::array<double, 4> channel_shares = {0.4, 0.15, 0.25, 0.2};

template <std::size_t N>
std::string pick(const std::array<std::string_view, N>& names, const std::array<double, N>& shares, Random& random) {
  double left = random.uniform();
  for (std::size_t i = 0; i + 1 < N; ++i)
    if ((left -= shares[i]) < 0) return std::string(names[i]);
  return std::string(names[N - 1]);
}

/// Nights are quiet, evenings busy, weekends half as busy; 1 on average.
double rhythm(std::int64_t at_minute) {
  const double hour = static_cast<double>(at_minute % 1440) / 60;
  const auto day = at_minute / 1440 % 7;
  const double of_day =
      1 + 0.6 * std::cos((hour - 17) / 24 * 6.283185307179586) + 0.3 * std::cos((hour - 10) / 12 * 6.283185307179586);
  return of_day * (day >= 5 ? 0.58 : 1.17);
}

Post make_post(std::int64_t micros, std::string topic, std::string channel) {
  Post post;
  post.at = {micros};
  post.topics = {std::move(topic)};
  post.sentiment = cx::Polarity::negative;
  post.channel = std::move(channel);
  return post;
}

void add_usual(Stream& stream, const StreamPlan& plan, Random& random) {
  constexpr double peak = 2.4;
  const double end = static_cast<double>(plan.weeks * week_minutes);
  const double per_minute = plan.negative_per_hour / 60 / (1 + 1.5 * plan.cluster_share);
  for (double at = 0; (at += random.exponential(per_minute * peak)) < end;) {
    if (random.uniform() * peak > rhythm(static_cast<std::int64_t>(at))) continue;
    auto micros = beginning + static_cast<std::int64_t>(at * minute_of_stream);
    auto post = make_post(micros, pick(topics, topic_shares, random), pick(channels, channel_shares, random));
    const bool draws_more = random.uniform() < plan.cluster_share;
    const int followers = draws_more ? 1 + static_cast<int>(random.next() % 2) : 0;
    for (int i = 0; i < followers; ++i) {
      auto follower = post;
      follower.at.micros += static_cast<std::int64_t>(random.uniform() * 60 * minute_of_stream);
      stream.posts.push_back(std::move(follower));
    }
    stream.posts.push_back(std::move(post));
  }
}

void add_outbreaks(Stream& stream, const StreamPlan& plan, Random& random) {
  constexpr std::array<double, 6> sizes = {200, 100, 60, 40, 25, 15};
  constexpr std::array<std::int64_t, 6> lengths = {60, 120, 180, 240, 480, 720};
  std::size_t kind = 0;
  for (std::int64_t week = plan.first_outbreak_week; week < plan.weeks; ++week) {
    for (std::int64_t half = 0; half < 2; ++half, ++kind) {
      Outbreak outbreak;
      outbreak.per_hour = sizes[kind % sizes.size()];
      outbreak.minutes = lengths[kind % lengths.size()];
      outbreak.start_minute =
          week * week_minutes + half * 4 * 1440 + 360 + static_cast<std::int64_t>(random.next() % 960);
      outbreak.topic = pick(topics, topic_shares, random);
      outbreak.channel = pick(channels, channel_shares, random);
      const auto start = static_cast<double>(outbreak.start_minute);
      const auto end = start + static_cast<double>(outbreak.minutes);
      for (double at = start; (at += random.exponential(outbreak.per_hour / 60)) < end;)
        stream.posts.push_back(
            make_post(beginning + static_cast<std::int64_t>(at * minute_of_stream), outbreak.topic, outbreak.channel));
      stream.outbreaks.push_back(outbreak);
    }
  }
}

}  // namespace

Stream make_stream(const StreamPlan& plan) {
  Stream stream;
  Random random(plan.seed);
  add_usual(stream, plan, random);
  add_outbreaks(stream, plan, random);
  std::stable_sort(stream.posts.begin(), stream.posts.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  for (std::size_t i = 0; i < stream.posts.size(); ++i) stream.posts[i].id = "post-" + std::to_string(i);
  return stream;
}

namespace {

/// Joins the alerts to the outbreaks: an alert from an outbreak's start until two hours after its end is its.
class Judge {
 public:
  Judge(const Stream& stream, Outcome& outcome)
      : stream_(stream), outcome_(outcome), found_(stream.outbreaks.size(), false) {}

  void take(const cx::Alert& alert) {
    if (alert.state == cx::AlertState::cleared) ++outcome_.cleared;
    if (alert.state != cx::AlertState::raised) return;
    ++outcome_.alerts;
    const auto at = (alert.at.micros - beginning) / minute_of_stream;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const auto& outbreak = stream_.outbreaks[i];
      if (at < outbreak.start_minute || at > outbreak.start_minute + outbreak.minutes + 120) continue;
      if (found_[i]) {
        ++outcome_.surplus;
      } else {
        found_[i] = true;
        const auto start = beginning + outbreak.start_minute * minute_of_stream;
        const double minutes = static_cast<double>(alert.at.micros - start) / minute_of_stream;
        outcome_.delay_minutes.push_back(minutes);
        outcome_.delay_posts.push_back(minutes / 60 * outbreak.per_hour);
      }
      return;
    }
    ++outcome_.false_alarms;
  }
  void finish() { outcome_.missed = static_cast<std::size_t>(std::count(found_.begin(), found_.end(), false)); }

 private:
  const Stream& stream_;
  Outcome& outcome_;
  std::vector<bool> found_;
};

}  // namespace

Outcome play(const Stream& stream, const StreamPlan& plan, const Options& options) {
  Outcome outcome;
  Judge judge(stream, outcome);
  Monitor monitor(options);
  std::size_t next = 0;
  for (std::int64_t at = 0; at <= plan.weeks * week_minutes; ++at) {
    const auto now = beginning + at * minute_of_stream;
    for (; next < stream.posts.size() && stream.posts[next].at.micros <= now; ++next)
      for (const auto& alert : monitor.add(stream.posts[next])) judge.take(alert);
    for (const auto& alert : monitor.advance({now})) judge.take(alert);
  }
  judge.finish();
  double outbreak_minutes = 0;
  for (const auto& outbreak : stream.outbreaks) outbreak_minutes += static_cast<double>(outbreak.minutes + 120);
  outcome.quiet_weeks = static_cast<double>(plan.weeks) - outbreak_minutes / static_cast<double>(week_minutes);
  return outcome;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace echoflow::warning::test
