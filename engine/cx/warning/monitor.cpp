#include "engine/cx/warning/monitor.hpp"

#include <algorithm>

namespace echoflow::warning {

namespace {

constexpr std::size_t most_name_bytes = 200;

/// Cuts at a character's beginning, so that what is kept stays UTF-8.
std::string shortened(const std::string& text) {
  if (text.size() <= most_name_bytes) return text;
  std::size_t end = most_name_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

/// Every series that a post counts in, narrow ones first so that they name an episode.
std::vector<cx::SeriesKey> keys_of(const Post& post, const Options& options) {
  std::vector<std::string> topics;
  for (const auto& topic : post.topics) {
    const std::string name = shortened(topic);
    if (topics.size() < options.most_topics && !name.empty() &&
        std::find(topics.begin(), topics.end(), name) == topics.end())
      topics.push_back(name);
  }
  topics.emplace_back();
  const std::string channel = shortened(post.channel);
  std::vector<cx::SeriesKey> keys;
  for (const auto& topic : topics) {
    if (!channel.empty()) keys.push_back({topic, post.sentiment, channel});
    keys.push_back({topic, post.sentiment, ""});
  }
  return keys;
}

}  // namespace

void Monitor::forget_one() {
  auto oldest = series_.end();
  for (auto it = series_.begin(); it != series_.end(); ++it) {
    if (episodes_.shows(it->first)) continue;
    if (oldest == series_.end() || it->second.state().last_post < oldest->second.state().last_post) oldest = it;
  }
  if (oldest != series_.end()) series_.erase(oldest);
}

void Monitor::count(const cx::SeriesKey& key, const std::string& id, std::vector<cx::Alert>& alerts) {
  auto it = series_.find(key);
  if (it == series_.end()) {
    if (series_.size() >= options_.most_series) forget_one();
    if (series_.size() >= options_.most_series) return;
    it = series_.emplace(key, Series(now_, options_)).first;
  }
  it->second.advance(now_, options_);
  it->second.post(now_, id, options_);
  episodes_.count(key, id, options_);
  if (auto alert = episodes_.look(key, it->second, now_, options_)) alerts.push_back(std::move(*alert));
}

std::vector<cx::Alert> Monitor::add(const Post& post) {
  now_ = std::max(now_, post.at);
  std::vector<cx::Alert> alerts;
  const auto& watched = options_.watched;
  if (std::find(watched.begin(), watched.end(), post.sentiment) == watched.end()) return alerts;
  const std::string id = shortened(post.id);
  const auto keys = keys_of(post, options_);
  for (const auto& key : keys) count(key, id, alerts);
  for (auto& alert : alerts)
    for (const auto& key : keys)
      if (auto it = series_.find(key); it != series_.end() && alert.state == cx::AlertState::raised)
        episodes_.narrow(alert, key, it->second);
  return alerts;
}

std::vector<cx::Alert> Monitor::advance(TimePoint now) {
  now_ = std::max(now_, now);
  std::vector<cx::Alert> alerts;
  for (auto& [key, series] : series_) {
    series.advance(now_, options_);
    if (auto alert = episodes_.look(key, series, now_, options_)) alerts.push_back(std::move(*alert));
  }
  for (auto& alert : episodes_.clear(series_, now_, options_)) alerts.push_back(std::move(alert));
  return alerts;
}

}  // namespace echoflow::warning
