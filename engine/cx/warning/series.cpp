#include "engine/cx/warning/series.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::warning {

namespace {

std::int64_t sample_micros(const Options& options) {
  return options.sample_minutes * 60'000'000;
}

double hours(std::int64_t micros) {
  return static_cast<double>(micros) / static_cast<double>(hour_micros);
}

/// Longer silence teaches nothing more: the machine was off, or the series is forgotten anyway.
constexpr std::int64_t longest_gap = 4 * std::int64_t{hours_of_week} * hour_micros;
constexpr double doubt = 0.5;  ///< of a limit; below it all is calm
/// A burst is counted from the first posts that came clearly closer together than usual.
constexpr double first_signs = 1.5;

}  // namespace

Series::Series(TimePoint start, const Options& options) {
  const auto sample = sample_micros(options);
  state_.sample_start = start.micros - ((start.micros % sample) + sample) % sample;
  state_.seen_until = start.micros;
  state_.last_post = start.micros;
}

bool Series::learning(const Options& options) const {
  return state_.baseline.hours_seen() < options.learning_weeks * static_cast<double>(hours_of_week);
}

double Series::expected_in_sample(const Options& options) const {
  const auto hour = hour_of_week({state_.sample_start}, options.zone_minutes);
  return state_.baseline.per_hour(hour, options.floor_per_hour) * hours(sample_micros(options));
}

void Series::pass(std::int64_t until, const Options& options) {
  if (until <= state_.seen_until) return;
  const auto hour = hour_of_week({state_.seen_until}, options.zone_minutes);
  const double expected =
      state_.baseline.per_hour(hour, options.floor_per_hour) * hours(until - state_.seen_until) * state_.variance;
  state_.burst.pass(expected, options.burst);
  if (state_.unusual_since) state_.unusual_expected += expected / state_.variance;
  state_.seen_until = until;
}

void Series::advance(TimePoint now, const Options& options) {
  const auto sample = sample_micros(options);
  if (now.micros - state_.sample_start > longest_gap) {
    const auto skipped = (now.micros - state_.sample_start - longest_gap) / sample * sample;
    state_.sample_start += skipped;
    state_.seen_until = std::max(state_.seen_until, state_.sample_start);
  }
  while (state_.sample_start + sample <= now.micros) {
    pass(state_.sample_start + sample, options);
    end_sample(options);
    state_.sample_start += sample;
  }
  pass(now.micros, options);
  note_excitement(false, now.micros, options);
}

void Series::end_sample(const Options& options) {
  const double expected = expected_in_sample(options);
  const auto count = static_cast<double>(state_.in_sample);
  const double raw = root_residual(count, expected);
  constexpr double memory = 0.01;
  if (!learning(options)) {
    // One sample beyond all measure must not keep the charts up for days.
    const double value = std::min(raw / std::sqrt(state_.variance), 8.0);
    state_.cusum.add(value, options.cusum);
    state_.cusum.cap(options.cusum.limit + 2);
    state_.ewma.add(value, options.ewma);
  }
  const double clipped = std::clamp(raw, -3.0, 3.0);
  state_.variance = std::max(1.0, (1 - memory) * state_.variance + memory * clipped * clipped);
  // An outbreak must not teach the baseline that outbreaks are usual; a new level is still learned in time.
  const double most = learning(options) ? count : expected + 3 * std::sqrt(expected * state_.variance) + 1;
  const auto hour = hour_of_week({state_.sample_start}, options.zone_minutes);
  state_.baseline.learn(hour, std::min(count, most), hours(sample_micros(options)));
  state_.in_sample = 0;
}

void Series::post(TimePoint now, const std::string& id, const Options& options) {
  ++state_.in_sample;
  state_.last_post = now.micros;
  state_.burst.post(options.burst);
  state_.evidence.push_back(id);
  while (state_.evidence.size() > options.most_evidence) state_.evidence.pop_front();
  note_excitement(true, now.micros, options);
}

bool Series::doubtful(const Options& options) const {
  return state_.cusum.upper() > options.cusum.limit * doubt ||
         state_.ewma.standardised(options.ewma) > options.ewma.limit * doubt;
}

bool Series::calm(const Options& options) const {
  return state_.burst.level() == 0 && state_.burst.costs()[1] > options.burst.rise_cost * doubt && !doubtful(options);
}

void Series::note_excitement(bool with_post, std::int64_t at, const Options& options) {
  const bool excited =
      state_.burst.level() > 0 || state_.burst.costs()[1] < options.burst.rise_cost - first_signs || doubtful(options);
  // A series with few posts forgets slowly; what lies before a long silence is another story all the same.
  const bool over = !with_post && calm(options) && at - state_.last_post > options.calm_minutes * 60'000'000;
  if (!excited || over) {
    state_.unusual_since = 0;
    state_.unusual_posts = 0;
    state_.unusual_expected = 0;
    return;
  }
  if (!state_.unusual_since) state_.unusual_since = at;
  if (with_post) ++state_.unusual_posts;
}

Reading Series::reading(const Options& options) const {
  Reading reading;
  const bool young = learning(options);
  const auto level = state_.burst.level();
  const bool burst = level > 0 && state_.unusual_posts >= options.least_posts * (young ? 2 : 1);
  const bool shift = (state_.cusum.signals_up(options.cusum) || state_.ewma.signals_up(options.ewma)) &&
                     state_.unusual_posts >= options.least_posts;
  reading.alarming = burst || shift;
  reading.calm = calm(options);
  reading.kind = burst ? cx::AlertKind::burst : cx::AlertKind::shift;
  const bool high = state_.ewma.standardised(options.ewma) > 2 * options.ewma.limit;
  const bool many = state_.unusual_posts >= 5 * options.least_posts;
  if (level >= 3 && many)
    reading.severity = cx::AlertSeverity::critical;
  else if ((level >= 2 || high) && state_.unusual_posts >= 2 * options.least_posts)
    reading.severity = cx::AlertSeverity::warning;
  return reading;
}

}  // namespace echoflow::warning
