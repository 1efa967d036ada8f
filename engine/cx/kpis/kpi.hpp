#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/cx/kpis/agenda.hpp"
#include "engine/cx/kpis/business_time.hpp"
#include "engine/cx/kpis/case_book.hpp"
#include "engine/cx/kpis/crossing.hpp"
#include "engine/cx/kpis/declaration.hpp"
#include "engine/cx/kpis/facts.hpp"
#include "engine/cx/kpis/window.hpp"

namespace echoflow::kpis {

/// The most groups that a KPI keeps apart; what comes later is counted in `other_group`.
inline constexpr std::size_t most_groups = 1'000;
/// The most cases, tasks or instances that a KPI measures at the same time; beyond it the oldest is let go.
inline constexpr std::size_t most_open = 100'000;
/// The crossings that are kept of each group, for those who ask.
inline constexpr std::size_t most_history = 50;
inline constexpr std::string_view other_group = "(other)";
/// Where it is not known what a fact is to be grouped by.
inline constexpr std::string_view no_group = "(none)";

/// The figures of one group.
struct Group {
  Window window;
  double last = 0;                 ///< the newest value
  std::uint64_t open = 0;          ///< what is being measured now
  std::int64_t opened_millis = 0;  ///< the sum of their beginnings, for their mean age
  std::uint64_t let_go = 0;        ///< measurements that were given up because there were too many
  Level level = Level::normal;
  std::uint64_t crossings = 0;
  Crossings history;  ///< newest last
  std::int64_t due = 0;
  std::multiset<std::int64_t> beginnings;  ///< micros, of the open ones of a KPI that is a state

  template <class V>
  void fields(V& v) {
    v(1, window);
    real(v, 2, last);
    v(3, open);
    v(4, opened_millis);
    v(5, let_go);
    v(6, level);
    v(7, crossings);
    v(8, history);
    v(9, due);
  }
};

/// Something that is being measured: of a case, a task or an instance.
struct Span {
  std::int64_t opened = 0;         ///< micros
  std::int64_t gathered = 0;       ///< micros of business hours before `running_since`
  std::int64_t running_since = 0;  ///< micros; 0: paused
  double value = 0;                ///< of a count or a measured value
  bool is_value = false;
  Level level = Level::normal;
  InstanceId instance = 0;
  std::vector<std::string> groups;
  std::int64_t due = 0;

  template <class V>
  void fields(V& v) {
    v(1, opened);
    v(2, gathered);
    v(3, running_since);
    real(v, 4, value);
    v(5, is_value);
    v(6, level);
    v(7, instance);
    v(8, groups);
    v(9, due);
  }
};

/// One KPI: its groups, what is being measured, and their levels. The measures (measures.hpp) tell it what counts.
class Kpi {
 public:
  /// The agenda outlives it.
  Kpi(Declaration declaration, std::uint32_t serial, BusinessTime calendar, Agenda& agenda);

  const Declaration& declaration() const { return declaration_; }
  const cx::KpiDefinition& definition() const { return declaration_.definition; }
  const std::optional<cx::KpiBuiltInUse>& built_in() const { return built_in_; }
  std::uint32_t serial() const { return serial_; }

  /// Takes a fact in; `step` is what it changed in its case, or null. What crosses is added to `crossings`.
  void see(const Fact& fact, const CaseStep* step, Crossings& crossings);
  /// A time that stands in the agenda has come.
  void come_due(const Agenda::Due& due, TimePoint now, Crossings& crossings);

  // What the measures do.
  void sample(const Fact& fact, double value, double weight = 1);
  /// A sample that is no value of its instance.
  void count_once(const Fact& fact) { record(groups_of(fact.origin), fact.at, 1, 1); }
  /// Begins to measure; nothing where it is being measured already. With `limit` seconds it comes due after them,
  /// on the KPI's calendar or round the clock.
  void begin(const std::string& subject, const Fact& fact);
  void begin_until(const std::string& subject, const Fact& fact, double limit, bool on_calendar);
  void pause(const std::string& subject, TimePoint at);
  void resume(const std::string& subject, TimePoint at);
  /// Gives the time that was measured as a sample.
  void end(const std::string& subject, const Fact& fact);
  /// Ends without a sample.
  void drop(const std::string& subject, TimePoint at);
  /// Ends with a sample of this value, in the groups in which it began.
  void decide(const std::string& subject, TimePoint at, double value);
  /// Ends with 100 where the fact happened before its time was up, else with 0.
  void decide_by_limit(const std::string& subject, const Fact& fact);
  bool measures(const std::string& subject) const { return spans_.find(subject) != nullptr; }
  /// Adds to the value of an instance (a count), or sets it.
  void add_to_instance(const Fact& fact, double value, bool replace);

  // What can be asked.
  const std::map<std::string, Group>& groups() const { return groups_; }
  const Group* group(const std::string& name) const;
  /// The figure of a group; none where nothing was measured.
  std::optional<double> value(const Group& group, TimePoint now) const;
  double value(const Span& span, TimePoint now) const;
  /// Of all groups together; its level is that of the worst group.
  std::optional<double> overall(TimePoint now) const;
  Level worst_level() const;
  const Shards<Span>& spans() const { return spans_; }
  std::size_t open() const { return spans_.size(); }
  Limits limits() const;
  std::string unit() const { return unit_of(definition()); }

  /// The numbers of crossings go on where an earlier declaration of the same KPI ended.
  void continue_numbers(const Kpi& earlier);
  // Saving: groups that changed since the last time, and spans by parts.
  std::set<std::string> take_changed_groups() { return std::exchange(changed_, {}); }
  Shards<Span>& saved_spans() { return spans_; }
  Group& whole() { return whole_; }
  bool has_whole() const { return !definition().group_by.empty(); }
  void load_group(const std::string& name, Group group);
  /// After everything was loaded: takes up what is due.
  void restore();
  /// Before it goes: nothing comes due any more.
  void leave_agenda();

 private:
  bool is_alarm() const { return definition().kind == cx::KpiKind::alarm; }
  bool is_state() const { return built_in_ && cx::info_of(built_in_->measure).is_state; }
  bool is_share_of_all() const { return built_in_ && built_in_->measure == cx::KpiBuiltIn::share_of_voice; }
  std::vector<std::string> groups_of(const Origin& origin) const;
  Group& group_for(const std::string& name);
  void record(const std::vector<std::string>& groups, TimePoint at, double value, double weight);
  Span& open_span(const std::string& subject, const Fact& fact);
  void close_span(const std::string& subject, TimePoint at);
  void let_oldest_go(TimePoint at);
  std::optional<TimePoint> next_limit(const Span& span) const;
  std::optional<TimePoint> next_age_limit(const Group& group) const;
  void plan_span(const std::string& subject, Span& span, TimePoint now);
  void plan_group(const std::string& name, Group& group, TimePoint now);
  void judge_group(const std::string& name, Group& group, TimePoint at);
  void judge_span(const std::string& subject, Span& span, TimePoint at, double value);
  void clear_alarm(Span& span, TimePoint at, double value);
  void cross(const std::string& name, Group& group, Level from, Level to, double value, InstanceId instance,
             TimePoint at);
  std::optional<double> aggregate(const Figures& figures, const Group& group) const;
  std::optional<double> age(const Group& group, TimePoint now) const;
  void add_to_whole(TimePoint at, double value, double weight);

  Declaration declaration_;
  std::optional<cx::KpiBuiltInUse> built_in_;
  std::uint32_t serial_;
  BusinessTime calendar_;
  Agenda& agenda_;
  std::map<std::string, Group> groups_;
  Group whole_;  ///< of all groups together; nobody judges it
  Shards<Span> spans_;
  std::set<std::pair<std::int64_t, std::string>> by_opened_;
  std::set<std::string> changed_;
  Crossings* crossings_ = nullptr;  ///< of the call that runs
};

}  // namespace echoflow::kpis
