#include "engine/cx/calendar/zone.hpp"
#include "models/base/micros.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>

namespace echoflow::calendar {

namespace {

constexpr double millis_of_day = 86'400'000.0;

/// Milliseconds, rounded down: zones change on whole seconds.
double millis(TimePoint at) {
  const std::int64_t whole = at.micros / 1000;
  return static_cast<double>(at.micros % 1000 < 0 ? whole - 1 : whole);
}

}  // namespace

struct Zone::Impl {
  std::unique_ptr<icu::BasicTimeZone> zone;

  double offset(double utc) const {
    std::int32_t raw = 0, saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone->getOffset(utc, false, raw, saving, status);
    return raw + saving;
  }
};

Result<Zone> Zone::named(const std::string& name) {
  std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  auto* basic = dynamic_cast<icu::BasicTimeZone*>(found.get());
  if (!basic || *found == icu::TimeZone::getUnknown())
    return fail("There is no time zone '" + name + "'; use a name of the tz database as Europe/Berlin.");
  found.release();
  auto impl = std::make_shared<Impl>();
  impl->zone.reset(basic);
  Zone zone;
  zone.impl_ = std::move(impl);
  return zone;
}

Zone::Local Zone::local(TimePoint at) const {
  const std::int64_t shown = at.micros + static_cast<std::int64_t>(impl_->offset(millis(at))) * 1000;
  std::int64_t day = shown / day_micros;
  if (shown % day_micros < 0) --day;
  return {day, shown - day * day_micros};
}

TimePoint Zone::moment(std::int64_t day, std::int32_t minutes) const {
  const double wanted = static_cast<double>(day) * millis_of_day + minutes * 60'000.0;
  std::int32_t raw = 0, saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  impl_->zone->getOffsetFromLocal(wanted, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, saving, status);
  double utc = wanted - raw - saving;
  if (utc + impl_->offset(utc) != wanted) {
    // The clock leaps over this time: with the offset before the leap, utc lies behind it.
    icu::TimeZoneTransition leap;
    if (impl_->zone->getPreviousTransition(utc, true, leap)) utc = leap.getTime();
  }
  return {static_cast<std::int64_t>(utc) * 1000};
}

}  // namespace echoflow::calendar
