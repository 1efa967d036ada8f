#include "engine/cx/warning/baseline.hpp"

#include <algorithm>

namespace echoflow::warning {

namespace {

/// A slot remembers about this many weeks, the average of all hours about this many hours.
constexpr double most_slot_hours = 8;
constexpr double most_all_hours = 336;
/// An hour of the week counts as much as the average of all once it was seen this many hours.
constexpr double prior_hours = 0.5;

void take_in(Baseline::Slot& slot, double count, double hours, double most) {
  const double total = slot.hours + hours;
  slot.per_hour = (slot.per_hour * slot.hours + count) / total;
  slot.hours = std::min(total, most);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

std::size_t hour_of_week(TimePoint at, std::int32_t zone_minutes) {
  constexpr std::int64_t thursday = 72;  // 1970-01-01 was one
  const std::int64_t hour = floor_div(at.micros + std::int64_t{zone_minutes} * 60'000'000, hour_micros) + thursday;
  constexpr auto week = static_cast<std::int64_t>(hours_of_week);
  return static_cast<std::size_t>(hour - floor_div(hour, week) * week);
}

double Baseline::per_hour(std::size_t hour, double floor) const {
  const Slot& slot = slots_[hour];
  const double rate = (slot.per_hour * slot.hours + all_.per_hour * prior_hours) / (slot.hours + prior_hours);
  return std::max(rate, floor);
}

void Baseline::learn(std::size_t hour, double count, double hours) {
  if (hours <= 0) return;
  take_in(slots_[hour], count, hours, most_slot_hours);
  take_in(all_, count, hours, most_all_hours);
  hours_seen_ += hours;
}

Baseline Baseline::of(const std::array<Slot, hours_of_week>& slots, const Slot& all, double hours_seen) {
  Baseline baseline;
  baseline.slots_ = slots;
  baseline.all_ = all;
  baseline.hours_seen_ = hours_seen;
  return baseline;
}

}  // namespace echoflow::warning
