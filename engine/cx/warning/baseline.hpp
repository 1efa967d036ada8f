#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "models/base/micros.hpp"
#include "models/base/time.hpp"

namespace echoflow::warning {

inline constexpr std::size_t hours_of_week = 168;

/// 0 is Monday 00:00–01:00 in a zone that lies `zone_minutes` east of UTC.
std::size_t hour_of_week(TimePoint at, std::int32_t zone_minutes);

/// Expected posts per hour for every hour of the week: an average over past weeks in which the newest weigh most. An
/// hour that was seen seldom leans on the average of all hours.
class Baseline {
 public:
  /// Posts per hour that are expected in this hour; never below `floor`.
  double per_hour(std::size_t hour, double floor) const;
  /// Takes in the count of a span of `hours` (at most one) within an hour of the week.
  void learn(std::size_t hour, double count, double hours);
  /// Hours of time that were learned from so far.
  double hours_seen() const { return hours_seen_; }

  struct Slot {
    double per_hour = 0;
    double hours = 0;  ///< how much time it stands for, after forgetting
    friend bool operator==(const Slot&, const Slot&) = default;
  };
  const std::array<Slot, hours_of_week>& slots() const { return slots_; }
  const Slot& all() const { return all_; }
  static Baseline of(const std::array<Slot, hours_of_week>& slots, const Slot& all, double hours_seen);
  friend bool operator==(const Baseline&, const Baseline&) = default;

 private:
  std::array<Slot, hours_of_week> slots_{};
  Slot all_;
  double hours_seen_ = 0;
};

}  // namespace echoflow::warning
