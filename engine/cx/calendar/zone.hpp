#pragma once
#include <memory>
#include <string>

#include "engine/cx/calendar/date.hpp"
#include "models/base/result.hpp"
#include "models/base/time.hpp"

namespace echoflow::calendar {

/// A time zone of the tz database ("Europe/Berlin"). Immutable; may be asked by many threads.
class Zone {
 public:
  static Result<Zone> named(const std::string& name);

  struct Local {
    std::int64_t day = 0;     ///< day_number
    std::int64_t micros = 0;  ///< since that day's local midnight as the clock shows it
  };
  Local local(TimePoint at) const;
  /// The first moment at which the clock shows this time (minutes after midnight, 0 … 1440) or, where it leaps over
  /// it, the moment of the leap. Grows with day and minutes.
  TimePoint moment(std::int64_t day, std::int32_t minutes) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace echoflow::calendar
