#include <algorithm>
#include <cmath>

#include "engine/cx/kpis/kpi.hpp"

/// What is being measured in one case, task or instance, and its alarms.
namespace echoflow::kpis {

Span& Kpi::open_span(const std::string& subject, const Fact& fact) {
  let_oldest_go(fact.at);
  Span& span = spans_.add(subject);
  span.opened = fact.time().micros;
  span.instance = fact.origin.instance;
  for (const auto& wanted : groups_of(fact.origin)) {
    const bool room = groups_.contains(wanted) || groups_.size() < most_groups;
    span.groups.push_back(room ? wanted : std::string(other_group));
    Group& group = group_for(span.groups.back());
    ++group.open;
    group.opened_millis += span.opened / 1'000;
    if (is_state()) group.beginnings.insert(span.opened);
  }
  by_opened_.emplace(span.opened, subject);
  return span;
}

void Kpi::close_span(const std::string& subject, TimePoint at) {
  const Span* span = spans_.find(subject);
  if (!span) return;
  agenda_.move(span->due, 0, serial_, true, subject);
  for (const auto& name : span->groups) {
    Group& group = group_for(name);
    --group.open;
    group.opened_millis -= span->opened / 1'000;
    if (const auto begun = group.beginnings.find(span->opened); begun != group.beginnings.end())
      group.beginnings.erase(begun);
  }
  by_opened_.erase({span->opened, subject});
  const auto groups = span->groups;
  spans_.remove(subject);
  if (!is_state()) return;
  for (const auto& name : groups) {
    judge_group(name, groups_[name], at);
    plan_group(name, groups_[name], at);
  }
}

void Kpi::let_oldest_go(TimePoint at) {
  if (spans_.size() < most_open) return;
  const auto subject = by_opened_.begin()->second;
  for (const auto& name : spans_.find(subject)->groups) ++group_for(name).let_go;
  close_span(subject, at);
}

void Kpi::begin(const std::string& subject, const Fact& fact) {
  if (spans_.find(subject)) return;
  Span& span = open_span(subject, fact);
  span.running_since = fact.time().micros;
  plan_span(subject, span, fact.at);
  if (!is_state()) return;
  const auto groups = span.groups;
  for (const auto& name : groups) {
    judge_group(name, groups_[name], fact.at);
    plan_group(name, groups_[name], fact.at);
  }
}

void Kpi::begin_until(const std::string& subject, const Fact& fact, double limit, bool on_calendar) {
  if (spans_.find(subject)) return;
  Span& span = open_span(subject, fact);
  span.running_since = fact.time().micros;
  const auto micros = std::llround(limit * 1e6);
  const auto last = on_calendar ? calendar_.add(fact.time(), micros) : TimePoint{fact.time().micros + micros};
  // What happens at the very end is in time.
  span.due = last.micros + 1;
  agenda_.move(0, span.due, serial_, true, subject);
}

void Kpi::pause(const std::string& subject, TimePoint at) {
  Span* span = spans_.change(subject);
  if (!span || span->running_since == 0) return;
  span->gathered += calendar_.between({span->running_since}, at);
  span->running_since = 0;
  plan_span(subject, *span, at);
}

void Kpi::resume(const std::string& subject, TimePoint at) {
  Span* span = spans_.change(subject);
  if (!span || span->running_since != 0) return;
  span->running_since = at.micros;
  plan_span(subject, *span, at);
}

void Kpi::end(const std::string& subject, const Fact& fact) {
  Span* span = spans_.change(subject);
  if (!span) return;
  const double measured = value(*span, fact.time());
  if (is_alarm()) judge_span(subject, *span, fact.at, measured);
  clear_alarm(*span, fact.at, measured);
  close_span(subject, fact.at);
  record(groups_of(fact.origin), fact.at, measured, 1);
}

void Kpi::drop(const std::string& subject, TimePoint at) {
  Span* span = spans_.change(subject);
  if (!span) return;
  clear_alarm(*span, at, value(*span, at));
  close_span(subject, at);
}

void Kpi::decide(const std::string& subject, TimePoint at, double value) {
  Span* span = spans_.change(subject);
  if (!span) return;
  const auto groups = span->groups;
  close_span(subject, at);
  record(groups, at, value, 1);
}

void Kpi::decide_by_limit(const std::string& subject, const Fact& fact) {
  if (const Span* span = spans_.find(subject)) decide(subject, fact.at, fact.time().micros < span->due ? 100 : 0);
}

void Kpi::add_to_instance(const Fact& fact, double value, bool replace) {
  if (fact.origin.instance == 0) return;
  const std::string subject = "i" + std::to_string(fact.origin.instance);
  Span& span = spans_.find(subject) ? *spans_.change(subject) : open_span(subject, fact);
  span.is_value = true;
  span.value = replace ? value : span.value + value;
  judge_span(subject, span, fact.at, span.value);
}

double Kpi::value(const Span& span, TimePoint now) const {
  if (span.is_value) return span.value;
  const auto running = span.running_since != 0 ? calendar_.between({span.running_since}, now) : 0;
  return static_cast<double>(span.gathered + running) / 1e6;
}

/// When the time that runs reaches the next limit.
std::optional<TimePoint> Kpi::next_limit(const Span& span) const {
  const auto limits = this->limits();
  if (!is_alarm() || span.is_value || span.running_since == 0) return std::nullopt;
  if (limits.direction != cx::KpiDirection::lower_is_better || span.level == Level::critical) return std::nullopt;
  const auto& limit = span.level == Level::normal && limits.warning ? limits.warning : limits.critical;
  if (!limit) return std::nullopt;
  return calendar_.add({span.running_since}, std::max<std::int64_t>(std::llround(*limit * 1e6) - span.gathered, 0));
}

void Kpi::plan_span(const std::string& subject, Span& span, TimePoint now) {
  const auto next = next_limit(span);
  const auto due = next ? std::max(next->micros, now.micros + 1'000) : 0;
  agenda_.move(span.due, due, serial_, true, subject);
  span.due = due;
}

void Kpi::judge_span(const std::string&, Span& span, TimePoint at, double value) {
  const auto limits = this->limits();
  if (!is_alarm() || !limits.any()) return;
  const auto level = judge(limits, span.level, value);
  if (level == span.level) return;
  const auto from = std::exchange(span.level, level);
  cross(span.groups.front(), groups_[span.groups.front()], from, level, value, span.instance, at);
}

/// What ended is in alarm no more. Where the value is known only at the end there is nothing to clear.
void Kpi::clear_alarm(Span& span, TimePoint at, double value) {
  const bool known_at_the_end =
      span.is_value ? span.opened == at.micros : definition().direction == cx::KpiDirection::higher_is_better;
  if (span.level == Level::normal || known_at_the_end) return;
  const auto from = std::exchange(span.level, Level::normal);
  cross(span.groups.front(), groups_[span.groups.front()], from, Level::normal, value, span.instance, at);
}

}  // namespace echoflow::kpis
