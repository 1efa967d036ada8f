#include "engine/cx/warning/episodes.hpp"

#include <algorithm>

namespace echoflow::warning {

namespace {

cx::Alert alert_of(const Episode& episode, cx::AlertState state, TimePoint now) {
  cx::Alert alert;
  alert.episode = episode.id;
  alert.state = state;
  alert.kind = episode.kind;
  alert.severity = episode.severity;
  alert.key = episode.key;
  alert.series.assign(episode.series.begin(), episode.series.end());
  alert.started_at = {episode.started_at};
  alert.at = now;
  alert.posts = episode.posts;
  alert.expected = episode.expected;
  alert.evidence = episode.evidence;
  return alert;
}

/// The newest posts that belong to the present excitement.
std::vector<std::string> evidence_of(const SeriesState& state) {
  const auto size = state.evidence.size();
  const auto wanted = std::min<std::size_t>(size, static_cast<std::size_t>(state.unusual_posts));
  return {state.evidence.end() - static_cast<std::ptrdiff_t>(wanted), state.evidence.end()};
}

bool mostly_same(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  const auto shared = std::count_if(some.begin(), some.end(), [&](const auto& id) {
    return std::find(others.begin(), others.end(), id) != others.end();
  });
  return !some.empty() && 2 * static_cast<std::size_t>(shared) >= std::min(some.size(), others.size()) && shared > 0;
}

void take_over(Episode& episode, const cx::SeriesKey& key, const SeriesState& state) {
  episode.key = key;
  episode.posts = state.unusual_posts;
  episode.expected = state.unusual_expected;
  episode.evidence = evidence_of(state);
}

}  // namespace

Episode* Episodes::showing(const cx::SeriesKey& key) {
  for (auto& episode : active_)
    if (episode.series.contains(key)) return &episode;
  return nullptr;
}

bool Episodes::shows(const cx::SeriesKey& key) const {
  return std::any_of(active_.begin(), active_.end(), [&](const auto& each) { return each.series.contains(key); });
}

Episode* Episodes::related(const cx::SeriesKey& key, const std::vector<std::string>& evidence) {
  for (auto& episode : active_)
    if (episode.key.covers(key) || key.covers(episode.key) || mostly_same(evidence, episode.evidence)) return &episode;
  return nullptr;
}

std::optional<cx::Alert> Episodes::look(const cx::SeriesKey& key, const Series& series, TimePoint now,
                                        const Options& options) {
  const Reading reading = series.reading(options);
  if (!reading.alarming) return std::nullopt;
  const auto& state = series.state();
  Episode* episode = showing(key);
  if (!episode) {
    episode = related(key, evidence_of(state));
    if (episode) {
      episode->series.insert(key);
      if (episode->key.covers(key)) take_over(*episode, key, state);
    }
  }
  if (!episode) {
    Episode begun;
    begun.id = ++last_id_;
    begun.series = {key};
    begun.kind = reading.kind;
    begun.severity = reading.severity;
    begun.started_at = state.unusual_since;
    take_over(begun, key, state);
    active_.push_back(std::move(begun));
    return alert_of(active_.back(), cx::AlertState::raised, now);
  }
  if (episode->key == key) episode->expected = state.unusual_expected;
  if (reading.severity <= episode->severity) return std::nullopt;
  episode->severity = reading.severity;
  return alert_of(*episode, cx::AlertState::worsened, now);
}

void Episodes::narrow(cx::Alert& alert, const cx::SeriesKey& key, const Series& series) {
  const auto& state = series.state();
  if (key == alert.key || !alert.key.covers(key) || 4 * state.unusual_posts < 3 * alert.posts) return;
  for (auto& episode : active_) {
    if (episode.id != alert.episode) continue;
    episode.series.insert(key);
    take_over(episode, key, state);
    alert = alert_of(episode, alert.state, alert.at);
  }
}

void Episodes::count(const cx::SeriesKey& key, const std::string& id, const Options& options) {
  for (auto& episode : active_) {
    if (episode.key != key) continue;
    ++episode.posts;
    episode.evidence.push_back(id);
    if (episode.evidence.size() > options.most_evidence) episode.evidence.erase(episode.evidence.begin());
  }
}

std::vector<cx::Alert> Episodes::clear(const SeriesMap& all, TimePoint now, const Options& options) {
  std::vector<cx::Alert> alerts;
  std::vector<Episode> left;
  for (auto& episode : active_) {
    const bool calm = std::all_of(episode.series.begin(), episode.series.end(), [&](const auto& key) {
      auto it = all.find(key);
      return it == all.end() || it->second.reading(options).calm;
    });
    if (!calm) episode.calm_since = 0;
    if (calm && episode.calm_since == 0) episode.calm_since = now.micros;
    if (calm && now.micros - episode.calm_since >= options.calm_minutes * 60'000'000)
      alerts.push_back(alert_of(episode, cx::AlertState::cleared, now));
    else
      left.push_back(std::move(episode));
  }
  active_ = std::move(left);
  return alerts;
}

Episodes Episodes::of(std::vector<Episode> active, std::uint64_t last_id) {
  Episodes episodes;
  episodes.active_ = std::move(active);
  episodes.last_id_ = last_id;
  return episodes;
}

}  // namespace echoflow::warning
