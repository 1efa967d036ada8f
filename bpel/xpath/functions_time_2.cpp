// XPath 2.0 functions and operators §10 (dates, times, durations) and §16 (the current time). The implicit time zone is
// UTC.
#include <cstdlib>

#include "bpel/xpath/arguments_2.hpp"
#include "bpel/xpath/date_time.hpp"
#include "models/base/micros.hpp"

namespace echoflow::xpath {
namespace {

Item decimal_of_micros(std::int64_t micros) {
  return {Type::decimal, *divide(Decimal::of(micros), Decimal::of(second_micros))};
}

Sequence current(Evaluator& e, Type type) {
  return single(cast({Type::date_time, to_date_time(e.scope().now(), 0)}, type));
}
Sequence current_date_time(Evaluator& e, const Expr&, const Focus&) {
  return current(e, Type::date_time);
}
Sequence current_date(Evaluator& e, const Expr&, const Focus&) {
  return current(e, Type::date);
}
Sequence current_time(Evaluator& e, const Expr&, const Focus&) {
  return current(e, Type::time);
}
Sequence implicit_timezone(Evaluator&, const Expr&, const Focus&) {
  return single({Type::day_time_duration, Duration{}});
}

// fn:dateTime: the zones must agree when both are there.
Sequence date_time(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto date = typed_argument(e, call, 0, focus, Type::date), time = typed_argument(e, call, 1, focus, Type::time);
  if (!date || !time) return {};
  auto result = date->date_time();
  const auto& t = time->date_time();
  if (result.zone_minutes && t.zone_minutes && *result.zone_minutes != *t.zone_minutes)
    raise("FORG0008", "the date and the time have different time zones");
  result.hour = t.hour;
  result.minute = t.minute;
  result.second = t.second;
  result.micro = t.micro;
  if (!result.zone_minutes) result.zone_minutes = t.zone_minutes;
  return single({Type::date_time, result});
}

template <Item (*component)(const Duration&)>
Sequence duration_component(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto item = typed_argument(e, call, 0, focus, Type::duration);
  return item ? single(component(item->duration())) : Sequence{};
}
Item years(const Duration& d) {
  return Item::integer(d.months / 12);
}
Item months(const Duration& d) {
  return Item::integer(d.months % 12);
}
Item days(const Duration& d) {
  return Item::integer(d.micros / day_micros);
}
Item hours(const Duration& d) {
  return Item::integer(d.micros % day_micros / hour_micros);
}
Item minutes(const Duration& d) {
  return Item::integer(d.micros % hour_micros / minute_micros);
}
Item seconds(const Duration& d) {
  return decimal_of_micros(d.micros % minute_micros);
}

template <Type type, Item (*component)(const DateTime&)>
Sequence point_component(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto item = typed_argument(e, call, 0, focus, type);
  return item ? single(component(item->date_time())) : Sequence{};
}
Item year(const DateTime& t) {
  return Item::integer(t.year);
}
Item month(const DateTime& t) {
  return Item::integer(t.month);
}
Item day(const DateTime& t) {
  return Item::integer(t.day);
}
Item hour(const DateTime& t) {
  return Item::integer(t.hour);
}
Item minute(const DateTime& t) {
  return Item::integer(t.minute);
}
Item second(const DateTime& t) {
  return decimal_of_micros(t.second * second_micros + t.micro);
}

template <Type type>
Sequence zone(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto item = typed_argument(e, call, 0, focus, type);
  if (!item || !item->date_time().zone_minutes) return {};
  return single({Type::day_time_duration, Duration{0, *item->date_time().zone_minutes * minute_micros}});
}

// §10.7: one argument means the implicit time zone, an empty second one takes the zone away.
template <Type type>
Sequence adjust_to_timezone(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto item = typed_argument(e, call, 0, focus, type);
  if (!item) return {};
  Zone target = 0;
  if (call.children.size() > 1) {
    const auto offset = typed_argument(e, call, 1, focus, Type::day_time_duration);
    target = offset ? zone_of(offset->duration()) : std::nullopt;
    if (offset && !target) raise("FODT0003", "a time zone is whole minutes and at most 14 hours away from UTC");
  }
  auto moved = adjust(item->date_time(), target);
  if (type == Type::date) moved.hour = moved.minute = moved.second = moved.micro = 0;
  if (type == Type::time) {
    moved.year = 1970;
    moved.month = moved.day = 1;
  }
  return single({type, moved});
}

constexpr Function time_2_functions[] = {
    {"current-dateTime", 0, 0, Kind::unknown, current_date_time},
    {"current-date", 0, 0, Kind::unknown, current_date},
    {"current-time", 0, 0, Kind::unknown, current_time},
    {"implicit-timezone", 0, 0, Kind::unknown, implicit_timezone},
    {"dateTime", 2, 2, Kind::unknown, date_time},
    {"years-from-duration", 1, 1, Kind::unknown, duration_component<years>},
    {"months-from-duration", 1, 1, Kind::unknown, duration_component<months>},
    {"days-from-duration", 1, 1, Kind::unknown, duration_component<days>},
    {"hours-from-duration", 1, 1, Kind::unknown, duration_component<hours>},
    {"minutes-from-duration", 1, 1, Kind::unknown, duration_component<minutes>},
    {"seconds-from-duration", 1, 1, Kind::unknown, duration_component<seconds>},
    {"year-from-dateTime", 1, 1, Kind::unknown, point_component<Type::date_time, year>},
    {"month-from-dateTime", 1, 1, Kind::unknown, point_component<Type::date_time, month>},
    {"day-from-dateTime", 1, 1, Kind::unknown, point_component<Type::date_time, day>},
    {"hours-from-dateTime", 1, 1, Kind::unknown, point_component<Type::date_time, hour>},
    {"minutes-from-dateTime", 1, 1, Kind::unknown, point_component<Type::date_time, minute>},
    {"seconds-from-dateTime", 1, 1, Kind::unknown, point_component<Type::date_time, second>},
    {"timezone-from-dateTime", 1, 1, Kind::unknown, zone<Type::date_time>},
    {"year-from-date", 1, 1, Kind::unknown, point_component<Type::date, year>},
    {"month-from-date", 1, 1, Kind::unknown, point_component<Type::date, month>},
    {"day-from-date", 1, 1, Kind::unknown, point_component<Type::date, day>},
    {"timezone-from-date", 1, 1, Kind::unknown, zone<Type::date>},
    {"hours-from-time", 1, 1, Kind::unknown, point_component<Type::time, hour>},
    {"minutes-from-time", 1, 1, Kind::unknown, point_component<Type::time, minute>},
    {"seconds-from-time", 1, 1, Kind::unknown, point_component<Type::time, second>},
    {"timezone-from-time", 1, 1, Kind::unknown, zone<Type::time>},
    {"adjust-dateTime-to-timezone", 1, 2, Kind::unknown, adjust_to_timezone<Type::date_time>},
    {"adjust-date-to-timezone", 1, 2, Kind::unknown, adjust_to_timezone<Type::date>},
    {"adjust-time-to-timezone", 1, 2, Kind::unknown, adjust_to_timezone<Type::time>},
};

}  // namespace

std::span<const Function> time_functions_2() {
  return time_2_functions;
}

}  // namespace echoflow::xpath
