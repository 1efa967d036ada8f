#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/cx/calendar/date.hpp"
#include "engine/cx/calendar/zone.hpp"

/// Business time: when is somebody there, and how much of that lies between two moments?
namespace echoflow::calendar {

/// From … to as minutes after local midnight, 0 ≤ from < to ≤ 1440.
struct Hours {
  std::int32_t from = 0;
  std::int32_t to = 0;
  friend auto operator<=>(const Hours&, const Hours&) = default;
};

/// A day with hours of its own; without any it is closed. Wins over weekday and holiday.
struct OwnDay {
  Date date;  ///< `year` 0: every year
  std::vector<Hours> hours;
  std::string name;
};

/// A calendar as data.
struct Plan {
  std::string name;
  std::string zone = "Europe/Berlin";
  std::string region;                      ///< whose public holidays are closed: DE, DE-BY …; empty: none
  std::array<std::vector<Hours>, 7> week;  ///< from Monday; ascending and apart
  std::vector<OwnDay> own_days;
};

/// "09:00-12:00 13:00-17:30" as hours; the error names what is wrong.
Result<std::vector<Hours>> parse_hours(std::string_view text);

/// An immutable calendar.
class Calendar {
 public:
  static Result<Calendar> make(Plan plan);
  /// Monday to Friday 9 to 17, Europe/Berlin, holidays of all Germany.
  static Calendar standard();

  const Plan& plan() const { return plan_; }
  bool open_at(TimePoint at) const;
  /// `at` itself when open then; the next opening else. Fails where nothing opens within 20 years.
  Result<TimePoint> next_open(TimePoint at) const;
  /// The moment at which `micros` (≥ 0) of business time have passed since `from`: the earliest such moment, and for
  /// 0 the next opening. An hour from Friday 16:30 with hours to 17:00 ends on Monday half an hour after opening.
  Result<TimePoint> add(TimePoint from, std::int64_t micros) const;
  /// Business time within [from, to); negative the other way round.
  std::int64_t between(TimePoint from, TimePoint to) const;

 private:
  const std::vector<Hours>& hours_of(std::int64_t day) const;
  Plan plan_;
  Zone zone_;
};

/// The calendars of a server by name. A name that is empty stands for "around the clock" and gives nullptr.
class Calendars {
 public:
  /// Replaces one of the same name.
  void put(Calendar calendar);
  const Calendar* find(const std::string& name) const;
  std::vector<std::string> names() const;
  /// As Calendar::add; an empty name counts every microsecond. Fails for a name that does not exist.
  Result<TimePoint> add(const std::string& name, TimePoint from, std::int64_t micros) const;
  Result<std::int64_t> between(const std::string& name, TimePoint from, TimePoint to) const;

 private:
  std::map<std::string, Calendar> calendars_;
};

}  // namespace echoflow::calendar
