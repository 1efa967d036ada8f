#pragma once
#include <algorithm>
#include <cstdint>

#include "engine/cx/calendar/calendar.hpp"

namespace echoflow::kpis {

/// Time on a business calendar, or round the clock without one.
class BusinessTime {
 public:
  /// The calendar outlives it; null: round the clock.
  explicit BusinessTime(const calendar::Calendar* calendar = nullptr) : calendar_(calendar) {}

  /// Microseconds from `from` to `to`; 0 when `to` is not later.
  std::int64_t between(TimePoint from, TimePoint to) const {
    if (to <= from) return 0;
    return calendar_ ? std::max<std::int64_t>(calendar_->between(from, to), 0) : to.micros - from.micros;
  }
  /// The first moment at which so many microseconds have passed; far in the future where nothing ever opens.
  TimePoint add(TimePoint from, std::int64_t micros) const {
    constexpr std::int64_t century = 100ll * 366 * 86'400 * 1'000'000;
    if (!calendar_) return {from.micros + micros};
    const auto at = calendar_->add(from, micros);
    return at ? *at : TimePoint{from.micros + century};
  }

 private:
  const calendar::Calendar* calendar_;
};

}  // namespace echoflow::kpis
