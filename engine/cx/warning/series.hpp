#pragma once
#include <cstdint>
#include <deque>
#include <string>

#include "engine/cx/warning/baseline.hpp"
#include "engine/cx/warning/options.hpp"
#include "models/cx/alert.hpp"

namespace echoflow::warning {

/// Everything that is kept of one series; plain values, so that it can be stored.
struct SeriesState {
  Baseline baseline;
  Cusum cusum;
  Ewma ewma;
  BurstAutomaton burst;
  double variance = 1;            ///< of the standardised samples: above 1 where posts come in clusters
  std::int64_t sample_start = 0;  ///< micros, of the sample that is being counted
  std::uint64_t in_sample = 0;
  std::int64_t seen_until = 0;     ///< micros: how far time has passed for the burst automaton
  std::int64_t last_post = 0;      ///< micros
  std::int64_t unusual_since = 0;  ///< micros of the first post of the present excitement; 0: none
  std::uint64_t unusual_posts = 0;
  double unusual_expected = 0;
  std::deque<std::string> evidence;  ///< ids of the newest posts
};

/// What a series says of itself now.
struct Reading {
  bool alarming = false;
  bool calm = true;  ///< nothing unusual at all; between calm and alarming lies doubt
  cx::AlertKind kind = cx::AlertKind::burst;
  cx::AlertSeverity severity = cx::AlertSeverity::notice;
};

/// Baseline, charts and burst automaton of one series.
class Series {
 public:
  Series(TimePoint start, const Options& options);
  explicit Series(SeriesState state) : state_(std::move(state)) {}

  /// Lets time pass: samples that end are charted and learned from.
  void advance(TimePoint now, const Options& options);
  /// Counts a post at a time that advance() has reached.
  void post(TimePoint now, const std::string& id, const Options& options);
  Reading reading(const Options& options) const;
  const SeriesState& state() const { return state_; }

 private:
  void end_sample(const Options& options);
  void pass(std::int64_t until, const Options& options);
  void note_excitement(bool with_post, std::int64_t at, const Options& options);
  double expected_in_sample(const Options& options) const;
  bool calm(const Options& options) const;
  bool doubtful(const Options& options) const;
  bool learning(const Options& options) const;

  SeriesState state_;
};

}  // namespace echoflow::warning
