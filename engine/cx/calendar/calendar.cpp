#include "engine/cx/calendar/calendar.hpp"

#include <algorithm>

#include "engine/cx/calendar/holidays.hpp"

namespace echoflow::calendar {

namespace {

constexpr std::int64_t horizon_days = 20 * 366;  ///< how far `add` looks for an opening
constexpr std::int32_t minutes_of_day = 1440;

bool ascending_and_apart(const std::vector<Hours>& hours) {
  std::int32_t end = 0;
  for (const auto& span : hours) {
    if (span.from < end || span.from >= span.to || span.to > minutes_of_day) return false;
    end = span.to;
  }
  return true;
}

Result<std::int32_t> parse_minutes(std::string_view text) {
  const bool shaped = text.size() == 5 && text[2] == ':';
  for (std::size_t i : {0u, 1u, 3u, 4u})
    if (!shaped || text[i] < '0' || text[i] > '9')
      return fail("'" + std::string(text) + "' is no time of day; write it as 09:30.");
  const std::int32_t hour = (text[0] - '0') * 10 + (text[1] - '0'), minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
    return fail("'" + std::string(text) + "' is no time of day between 00:00 and 24:00.");
  return hour * 60 + minute;
}

}  // namespace

Result<std::vector<Hours>> parse_hours(std::string_view text) {
  std::vector<Hours> hours;
  while (!text.empty()) {
    const auto blank = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    if (word.empty()) continue;
    const auto dash = word.find('-');
    if (dash == std::string_view::npos) return fail("'" + std::string(word) + "' are no hours; write 09:00-17:00.");
    auto from = parse_minutes(word.substr(0, dash)), to = parse_minutes(word.substr(dash + 1));
    if (!from) return fail(from.error());
    if (!to) return fail(to.error());
    hours.push_back({*from, *to});
  }
  if (!ascending_and_apart(hours)) return fail("Hours must begin before they end, follow each other and not overlap.");
  return hours;
}

Result<Calendar> Calendar::make(Plan plan) {
  const std::string place = "Calendar '" + plan.name + "': ";
  if (plan.name.empty()) return fail("A calendar needs a name.");
  if (!plan.region.empty() && !is_region(plan.region))
    return fail(place + "'" + plan.region + "' is no region; use DE or a German state as DE-BY.");
  for (const auto& hours : plan.week)
    if (!ascending_and_apart(hours)) return fail(place + "hours must follow each other and not overlap.");
  for (const auto& own : plan.own_days)
    if (!ascending_and_apart(own.hours)) return fail(place + "hours must follow each other and not overlap.");
  if (std::all_of(plan.week.begin(), plan.week.end(), [](const auto& hours) { return hours.empty(); }))
    return fail(place + "it is closed on every weekday; give at least one day hours.");
  auto zone = Zone::named(plan.zone);
  if (!zone) return fail(place + zone.error().message);
  Calendar calendar;
  calendar.plan_ = std::move(plan);
  calendar.zone_ = std::move(zone).value();
  return calendar;
}

Calendar Calendar::standard() {
  Plan plan;
  plan.name = "standard";
  plan.region = "DE";
  for (std::size_t day = 0; day < 5; ++day) plan.week[day] = {{9 * 60, 17 * 60}};
  return make(std::move(plan)).value();
}

const std::vector<Hours>& Calendar::hours_of(std::int64_t day) const {
  static const std::vector<Hours> closed;
  const Date date = date_of(day);
  const OwnDay* yearly = nullptr;
  for (const auto& own : plan_.own_days) {
    if (own.date == date) return own.hours;
    if (own.date.year == 0 && own.date.month == date.month && own.date.day == date.day) yearly = &own;
  }
  if (yearly) return yearly->hours;
  if (!plan_.region.empty() && holiday_on(plan_.region, date)) return closed;
  return plan_.week[static_cast<std::size_t>(weekday(day))];
}

Result<TimePoint> Calendar::add(TimePoint from, std::int64_t micros) const {
  const std::int64_t first = zone_.local(from).day;
  std::int64_t left = std::max<std::int64_t>(micros, 0);
  std::int64_t last = first + horizon_days;
  for (std::int64_t day = first; day <= last; ++day) {
    for (const auto& span : hours_of(day)) {
      const TimePoint opens = std::max(zone_.moment(day, span.from), from), closes = zone_.moment(day, span.to);
      if (closes <= opens) continue;
      const std::int64_t open = closes.micros - opens.micros;
      // Exactly at closing time is still today, but for nothing at all, which waits for somebody to be there.
      if (left < open || (left == open && micros > 0)) return TimePoint{opens.micros + left};
      left -= open;
      last = day + horizon_days;
    }
  }
  return fail("Calendar '" + plan_.name + "' does not open for 20 years.");
}

Result<TimePoint> Calendar::next_open(TimePoint at) const {
  return add(at, 0);
}

bool Calendar::open_at(TimePoint at) const {
  const std::int64_t day = zone_.local(at).day;
  for (const auto& span : hours_of(day))
    if (zone_.moment(day, span.from) <= at && at < zone_.moment(day, span.to)) return true;
  return false;
}

std::int64_t Calendar::between(TimePoint from, TimePoint to) const {
  if (to < from) return -between(to, from);
  std::int64_t sum = 0;
  const std::int64_t last = zone_.local(to).day;
  for (std::int64_t day = zone_.local(from).day; day <= last; ++day)
    for (const auto& span : hours_of(day)) {
      const TimePoint opens = std::max(zone_.moment(day, span.from), from);
      const TimePoint closes = std::min(zone_.moment(day, span.to), to);
      if (opens < closes) sum += closes.micros - opens.micros;
    }
  return sum;
}

void Calendars::put(Calendar calendar) {
  auto name = calendar.plan().name;
  calendars_.insert_or_assign(std::move(name), std::move(calendar));
}

const Calendar* Calendars::find(const std::string& name) const {
  auto found = calendars_.find(name);
  return found == calendars_.end() ? nullptr : &found->second;
}

std::vector<std::string> Calendars::names() const {
  std::vector<std::string> names;
  for (const auto& [name, calendar] : calendars_) names.push_back(name);
  return names;
}

Result<TimePoint> Calendars::add(const std::string& name, TimePoint from, std::int64_t micros) const {
  if (name.empty()) return TimePoint{from.micros + micros};
  const auto* calendar = find(name);
  if (!calendar) return fail("There is no calendar '" + name + "'.");
  return calendar->add(from, micros);
}

Result<std::int64_t> Calendars::between(const std::string& name, TimePoint from, TimePoint to) const {
  if (name.empty()) return to.micros - from.micros;
  const auto* calendar = find(name);
  if (!calendar) return fail("There is no calendar '" + name + "'.");
  return calendar->between(from, to);
}

}  // namespace echoflow::calendar
