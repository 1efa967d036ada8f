#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/cx/kpis/kpi.hpp"
#include "engine/cx/kpis/measures.hpp"

namespace echoflow::kpis {

/// A part of the whole state, as it is saved. A figure has the id of its KPI and its group; other parts have an empty
/// `kpi` and a name of their own in `group`.
struct SavedPart {
  std::string kpi, group;
  Level level = Level::normal;
  std::uint64_t crossings = 0;
  std::string body;
};

/// All KPIs of a server: facts and time in, crossings out. Pure: the same calls give the same figures and crossings.
/// A call costs the same however much was counted before; time that comes does not go back (an earlier one counts as
/// the latest).
class Kpis {
 public:
  /// The calendars outlive it.
  explicit Kpis(const calendar::Calendars& calendars) : calendars_(calendars) {}

  /// Begins to count from now on; a KPI of the same id that means something else begins anew, but its crossings are
  /// numbered on. Failure: it cannot be computed; nothing changed.
  Result<void> declare(Declaration declaration);
  void withdraw(const std::string& id);
  Crossings see(Fact fact);
  Crossings advance(TimePoint now);
  /// When time alone changes something; none: never.
  std::optional<TimePoint> next_change() const { return agenda_.next(); }
  TimePoint now() const { return now_; }

  const Kpi* find(const std::string& id) const;
  /// A process's own KPI of this name, else the server's.
  const Kpi* find(const std::string& process, const std::string& name) const;
  const std::map<std::string, std::unique_ptr<Kpi>>& all() const { return kpis_; }
  /// Names of the activities that the KPIs of a process look at.
  const std::set<std::string>& watched(const std::string& process) const;
  std::size_t open_cases() const { return cases_.size(); }

  /// The stored form of every group by its KPI's id and its name: equal for equal figures.
  std::map<std::pair<std::string, std::string>, std::string> figures() const;
  /// What changed since the last time; with `everything`, all.
  std::vector<SavedPart> save(bool everything = false);
  /// In any order, before anything else is called. Failure: a part that is damaged, by its name.
  static Result<std::unique_ptr<Kpis>> load(const std::vector<SavedPart>& parts, const calendar::Calendars& calendars);

 private:
  struct Entry {
    Kpi* kpi;
    Interest interest;
  };
  std::unique_ptr<Kpi> make(Declaration declaration, std::uint32_t serial);
  void index();
  void come_due_until(TimePoint now, Crossings& crossings);
  void tell(const std::string& process, const Fact& fact, const CaseStep* step, Crossings& crossings);
  std::string encode_head() const;
  bool decode_head(std::string_view bytes);
  bool load_part(const SavedPart& part);

  const calendar::Calendars& calendars_;
  Agenda agenda_;
  CaseBook cases_;
  std::map<std::string, std::unique_ptr<Kpi>> kpis_;
  std::map<std::uint32_t, Kpi*> by_serial_;
  std::map<std::string, std::vector<Entry>> by_process_;
  std::map<std::string, std::set<std::string>> watched_;
  std::uint32_t last_serial_ = 0;
  TimePoint now_;
};

}  // namespace echoflow::kpis
