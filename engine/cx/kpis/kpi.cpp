#include "engine/cx/kpis/kpi.hpp"

#include <algorithm>
#include <cmath>

#include "engine/cx/kpis/measures.hpp"

/// The figures of the groups and their levels.
namespace echoflow::kpis {
namespace {

constexpr std::size_t most_name_bytes = 200;

/// Cut between characters.
std::string bounded(std::string text) {
  if (text.size() <= most_name_bytes) return text;
  std::size_t end = most_name_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

std::string attribute(const std::string& group_by, const Origin& origin) {
  if (group_by == "process") return origin.process;
  if (group_by == "version") return origin.version != 0 ? std::to_string(origin.version) : "";
  if (group_by == "channel") return origin.channel;
  if (group_by == "network") return origin.network;
  if (group_by == "language") return origin.language;
  if (group_by == "queue" || group_by == "team") return origin.queue;
  if (group_by == "agent") return origin.agent;
  if (group_by == "product") return origin.product;
  return origin.group;
}

}  // namespace

Kpi::Kpi(Declaration declaration, std::uint32_t serial, BusinessTime calendar, Agenda& agenda)
    : declaration_(std::move(declaration)), serial_(serial), calendar_(calendar), agenda_(agenda) {
  if (definition().measure != cx::KpiMeasure::built_in) return;
  if (auto use = cx::parse_kpi_built_in(definition().built_in)) built_in_ = std::move(*use);
}

Limits Kpi::limits() const {
  const auto& d = definition();
  return {d.warning, d.critical, d.direction, d.hysteresis};
}

void Kpi::see(const Fact& fact, const CaseStep* step, Crossings& crossings) {
  crossings_ = &crossings;
  measure(*this, fact, step);
}

void Kpi::come_due(const Agenda::Due& due, TimePoint at, Crossings& crossings) {
  crossings_ = &crossings;
  if (due.of_span) {
    if (Span* span = spans_.change(due.key)) {
      agenda_.move(span->due, 0, serial_, true, due.key);
      span->due = 0;
      if (!come_to_limit(*this, due.key, at)) {
        judge_span(due.key, *span, at, value(*span, at));
        plan_span(due.key, *span, at);
      }
    }
  } else if (auto found = groups_.find(due.key); found != groups_.end()) {
    agenda_.move(found->second.due, 0, serial_, false, due.key);
    found->second.due = 0;
    found->second.window.advance(definition().window, at);
    whole_.window.advance(definition().window, at);
    changed_.insert(due.key);
    judge_group(due.key, found->second, at);
    plan_group(due.key, found->second, at);
  }
}

std::vector<std::string> Kpi::groups_of(const Origin& origin) const {
  const auto& by = definition().group_by;
  if (by.empty()) return {""};
  std::vector<std::string> names;
  if (by == "topic")
    for (const auto& topic : origin.topics) names.push_back(bounded(topic));
  else if (auto name = attribute(by, origin); !name.empty())
    names.push_back(bounded(std::move(name)));
  if (names.empty()) names.emplace_back(no_group);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Group& Kpi::group_for(const std::string& name) {
  changed_.insert(name);
  return groups_[name];
}

const Group* Kpi::group(const std::string& name) const {
  const auto found = groups_.find(name);
  return found == groups_.end() ? nullptr : &found->second;
}

void Kpi::sample(const Fact& fact, double value, double weight) {
  record(groups_of(fact.origin), fact.at, value, weight);
  if (is_alarm() && weight > 0) add_to_instance(fact, value, true);
}

void Kpi::record(const std::vector<std::string>& groups, TimePoint at, double value, double weight) {
  const auto& spec = definition().window;
  if (has_whole() && !is_share_of_all()) add_to_whole(at, value, weight);
  for (const auto& wanted : groups) {
    // A topic that nobody named has no share of what was said of topics.
    if (is_share_of_all() && wanted == no_group) continue;
    const bool room = groups_.contains(wanted) || groups_.size() < most_groups;
    const std::string name = room ? wanted : std::string(other_group);
    Group& group = group_for(name);
    group.window.advance(spec, at);
    group.window.add(spec, at, value, weight);
    if (weight > 0) group.last = value;
    if (is_share_of_all()) add_to_whole(at, value, weight);
    judge_group(name, group, at);
    plan_group(name, group, at);
  }
}

void Kpi::add_to_whole(TimePoint at, double value, double weight) {
  whole_.window.advance(definition().window, at);
  whole_.window.add(definition().window, at, value, weight);
  if (weight > 0) whole_.last = value;
}

std::optional<double> Kpi::aggregate(const Figures& figures, const Group& group) const {
  const auto& d = definition();
  const bool counts = d.measure == cx::KpiMeasure::count || d.aggregate == cx::KpiAggregate::count;
  if (built_in_ && cx::info_of(built_in_->measure).is_share) return figures.mean();
  if (counts) return static_cast<double>(figures.count);
  if (figures.count == 0) return std::nullopt;
  switch (d.aggregate) {
    case cx::KpiAggregate::mean:
      return figures.mean();
    case cx::KpiAggregate::sum:
      return figures.sum;
    case cx::KpiAggregate::min:
      return figures.least;
    case cx::KpiAggregate::max:
      return figures.most;
    case cx::KpiAggregate::count:
      return static_cast<double>(figures.count);
    case cx::KpiAggregate::percentile:
      return figures.sketch.quantile(d.percentile / 100);
    case cx::KpiAggregate::last:
      return group.last;
  }
  return std::nullopt;
}

std::optional<double> Kpi::value(const Group& group, TimePoint now) const {
  if (is_state())
    return built_in_->measure == cx::KpiBuiltIn::backlog ? static_cast<double>(group.open) : age(group, now);
  const auto& figures = group.window.figures();
  if (!is_share_of_all()) return aggregate(figures, group);
  const auto all = whole_.window.figures().count;
  if (all == 0) return std::nullopt;
  return 100.0 * static_cast<double>(figures.count) / static_cast<double>(all);
}

std::optional<double> Kpi::overall(TimePoint now) const {
  if (!has_whole()) return group("") ? value(*group(""), now) : std::nullopt;
  if (is_share_of_all()) return whole_.window.figures().count > 0 ? std::optional(100.0) : std::nullopt;
  if (!is_state()) return aggregate(whole_.window.figures(), whole_);
  Group all;
  for (const auto& [name, group] : groups_) {
    all.open += group.open;
    all.opened_millis += group.opened_millis;
    if (!group.beginnings.empty()) all.beginnings.insert(*group.beginnings.begin());
  }
  return value(all, now);
}

Level Kpi::worst_level() const {
  Level worst = Level::normal;
  for (const auto& [name, group] : groups_) worst = std::max(worst, group.level);
  return worst;
}

std::optional<double> Kpi::age(const Group& group, TimePoint now) const {
  if (group.open == 0) return 0;
  if (definition().aggregate == cx::KpiAggregate::max)
    return static_cast<double>(calendar_.between({*group.beginnings.begin()}, now)) / 1e6;
  const double begun = static_cast<double>(group.opened_millis) / static_cast<double>(group.open);
  return std::max(static_cast<double>(now.micros) / 1e6 - begun / 1e3, 0.0);
}

void Kpi::judge_group(const std::string& name, Group& group, TimePoint at) {
  const auto limits = this->limits();
  if (is_alarm() || !limits.any()) return;
  const bool counts = definition().measure == cx::KpiMeasure::count || is_state();
  if (!counts && group.window.figures().count < definition().least_values) return;
  const auto now = value(group, at);
  if (!now) return;
  const auto level = judge(limits, group.level, *now);
  if (level != group.level) cross(name, group, group.level, level, *now, 0, at);
  group.level = level;
}

void Kpi::cross(const std::string& name, Group& group, Level from, Level to, double value, InstanceId instance,
                TimePoint at) {
  Crossing crossing{declaration_.process,
                    definition().name,
                    name,
                    ++group.crossings,
                    instance,
                    from,
                    to,
                    value,
                    unit(),
                    crossed(limits(), from, to),
                    at};
  group.history.push_back(crossing);
  if (group.history.size() > most_history) group.history.erase(group.history.begin());
  changed_.insert(name);
  if (crossings_) crossings_->push_back(std::move(crossing));
}

/// When the age of what is open reaches the next limit.
std::optional<TimePoint> Kpi::next_age_limit(const Group& group) const {
  const auto limits = this->limits();
  if (group.open == 0 || limits.direction != cx::KpiDirection::lower_is_better) return std::nullopt;
  const auto& limit = group.level == Level::normal && limits.warning ? limits.warning : limits.critical;
  if (!limit || group.level == Level::critical) return std::nullopt;
  if (definition().aggregate == cx::KpiAggregate::max)
    return calendar_.add({*group.beginnings.begin()}, std::llround(*limit * 1e6));
  const double begun = static_cast<double>(group.opened_millis) / static_cast<double>(group.open);
  return TimePoint{std::llround((begun / 1e3 + *limit) * 1e6)};
}

void Kpi::plan_group(const std::string& name, Group& group, TimePoint now) {
  auto next = group.window.next_change(definition().window);
  if (built_in_ && built_in_->measure == cx::KpiBuiltIn::backlog_age) next = next_age_limit(group);
  // Rounding may leave a value just below its limit.
  const auto due = next ? std::max(next->micros, now.micros + 1'000) : 0;
  agenda_.move(group.due, due, serial_, false, name);
  group.due = due;
}

void Kpi::continue_numbers(const Kpi& earlier) {
  for (const auto& [name, group] : earlier.groups_) {
    if (group.crossings == 0) continue;
    Group& mine = group_for(name);
    mine.crossings = group.crossings;
    mine.history = group.history;
  }
}

void Kpi::leave_agenda() {
  spans_.each(
      [this](const std::string& subject, const Span& span) { agenda_.move(span.due, 0, serial_, true, subject); });
  for (const auto& [name, group] : groups_) agenda_.move(group.due, 0, serial_, false, name);
}

void Kpi::load_group(const std::string& name, Group group) {
  group.window.restore();
  groups_[name] = std::move(group);
}

void Kpi::restore() {
  spans_.each([this](const std::string& subject, const Span& span) {
    by_opened_.emplace(span.opened, subject);
    agenda_.move(0, span.due, serial_, true, subject);
    if (!is_state()) return;
    for (const auto& name : span.groups) groups_[name].beginnings.insert(span.opened);
  });
  for (auto& [name, group] : groups_) agenda_.move(0, group.due, serial_, false, name);
}

}  // namespace echoflow::kpis
