#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/time.hpp"
#include "models/cx/polarity.hpp"

namespace echoflow::cx {

/// What is counted together. An empty topic or channel stands for all of them.
struct SeriesKey {
  std::string topic;
  Polarity sentiment = Polarity::negative;
  std::string channel;

  /// True when every post of `other` also counts here.
  bool covers(const SeriesKey& other) const {
    return sentiment == other.sentiment && (topic.empty() || topic == other.topic) &&
           (channel.empty() || channel == other.channel);
  }
  friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

/// An episode is raised once, may worsen, and is cleared once.
enum class AlertState : std::uint8_t { raised, worsened, cleared };
/// burst: posts come several times as fast as usual; shift: the level has risen and stays there.
enum class AlertKind : std::uint8_t { burst, shift };
enum class AlertSeverity : std::uint8_t { notice, warning, critical };

/// What the early-warning monitor says, once for each change of an episode.
struct Alert {
  std::uint64_t episode = 0;  ///< the same from raised to cleared; counts from 1
  AlertState state = AlertState::raised;
  AlertKind kind = AlertKind::burst;
  AlertSeverity severity = AlertSeverity::notice;
  SeriesKey key;                      ///< the narrowest series that shows the episode
  std::vector<SeriesKey> series;      ///< all series that show it
  TimePoint started_at;               ///< of the first post that counts towards it
  TimePoint at;                       ///< of this change
  std::uint64_t posts = 0;            ///< in `key` since started_at
  double expected = 0;                ///< posts that the baseline expects in that time
  std::vector<std::string> evidence;  ///< ids of the newest posts, oldest first

  friend bool operator==(const Alert&, const Alert&) = default;
};

constexpr std::string_view to_string(AlertState state) {
  switch (state) {
    case AlertState::raised:
      return "raised";
    case AlertState::worsened:
      return "worsened";
    case AlertState::cleared:
      return "cleared";
  }
  return "";
}

constexpr std::string_view to_string(AlertKind kind) {
  switch (kind) {
    case AlertKind::burst:
      return "burst";
    case AlertKind::shift:
      return "shift";
  }
  return "";
}

constexpr std::string_view to_string(AlertSeverity severity) {
  switch (severity) {
    case AlertSeverity::notice:
      return "notice";
    case AlertSeverity::warning:
      return "warning";
    case AlertSeverity::critical:
      return "critical";
  }
  return "";
}

}  // namespace echoflow::cx
