#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/cx/warning/burst.hpp"
#include "engine/cx/warning/charts.hpp"
#include "models/cx/polarity.hpp"

namespace echoflow::warning {

/// How the monitor watches. The charts' limits are far above the textbook's, whose false alarm every 465 samples would
/// be more than one a week for each series.
struct Options {
  std::vector<cx::Polarity> watched = {cx::Polarity::negative};
  std::int32_t zone_minutes = 0;     ///< of the hours of the week, east of UTC
  std::int64_t sample_minutes = 15;  ///< what one sample of the charts counts; divides an hour
  CusumLimits cusum{0.75, 10};
  EwmaLimits ewma{0.2, 5};
  BurstLimits burst;
  double floor_per_hour = 0.1;     ///< a series is expected to have at least this many posts
  double learning_weeks = 2;       ///< until then the charts are silent and a burst needs twice as many posts
  std::uint64_t least_posts = 8;   ///< fewer posts are no burst and no shift
  std::int64_t calm_minutes = 60;  ///< how long a series must be calm before the all-clear
  std::size_t most_series = 2000;  ///< beyond it the series that was silent longest is forgotten
  std::size_t most_evidence = 20;
  std::size_t most_topics = 8;  ///< of one post; the rest are not counted
};

}  // namespace echoflow::warning
