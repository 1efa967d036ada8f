#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/cx/warning/series.hpp"

namespace echoflow::warning {

/// One outbreak, however many series show it.
struct Episode {
  std::uint64_t id = 0;
  cx::SeriesKey key;  ///< the narrowest series that shows it
  std::set<cx::SeriesKey> series;
  cx::AlertKind kind = cx::AlertKind::burst;
  cx::AlertSeverity severity = cx::AlertSeverity::notice;
  std::int64_t started_at = 0;
  std::int64_t calm_since = 0;  ///< micros; 0: not calm
  std::uint64_t posts = 0;
  double expected = 0;
  std::vector<std::string> evidence;
};

using SeriesMap = std::map<cx::SeriesKey, Series>;

/// Turns the readings of many series into few alerts: series that cover one another, or whose posts are mostly the
/// same, show the same episode.
class Episodes {
 public:
  /// Looks at one series; a changed episode is an alert.
  std::optional<cx::Alert> look(const cx::SeriesKey& key, const Series& series, TimePoint now, const Options& options);
  /// A series that an alert's covers and that has most of its posts names the episode better.
  void narrow(cx::Alert& alert, const cx::SeriesKey& key, const Series& series);
  /// A post was counted in a series.
  void count(const cx::SeriesKey& key, const std::string& id, const Options& options);
  /// Episodes all of whose series have been calm long enough.
  std::vector<cx::Alert> clear(const SeriesMap& all, TimePoint now, const Options& options);

  bool shows(const cx::SeriesKey& key) const;
  const std::vector<Episode>& active() const { return active_; }
  std::uint64_t last_id() const { return last_id_; }
  static Episodes of(std::vector<Episode> active, std::uint64_t last_id);

 private:
  Episode* showing(const cx::SeriesKey& key);
  Episode* related(const cx::SeriesKey& key, const std::vector<std::string>& evidence);

  std::vector<Episode> active_;
  std::uint64_t last_id_ = 0;
};

}  // namespace echoflow::warning
