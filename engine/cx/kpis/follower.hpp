#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/cx/kpis/fact_reader.hpp"
#include "engine/cx/kpis/kpi_events.hpp"
#include "engine/cx/kpis/kpis.hpp"

namespace echoflow::kpis {

/// Turns the journal into figures and crossings, row by row. Only rows change it: what is declared and the time that
/// passes are rows, too. So whoever follows the same journal has the same figures, live or later.
class Follower {
 public:
  /// Both outlive it.
  Follower(const calendar::Calendars& calendars, ProcessFinder& processes);
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Takes in the next row; gives what crossed. A row at or before position() is left out.
  Crossings apply(const engine::JournalRow& row);
  std::int64_t position() const { return position_; }
  /// Without any KPI nothing is counted, and rows need not be read one by one.
  bool counts() const { return !kpis_->all().empty(); }
  void skip_to(std::int64_t position) { position_ = std::max(position_, position); }

  Kpis& kpis() { return *kpis_; }
  const Kpis& kpis() const { return *kpis_; }
  /// Of each KPI and group ("<id>\n<group>"): the number of the last crossing that the journal has.
  std::uint64_t recorded(const Crossing& crossing) const;

  /// What changed since the last time; with `everything`, all.
  std::vector<SavedPart> save(bool everything = false);
  /// Failure: a part that is damaged, by its name.
  static Result<std::unique_ptr<Follower>> load(const std::vector<SavedPart>& parts,
                                                const calendar::Calendars& calendars, ProcessFinder& processes);

 private:
  void apply_own(const engine::JournalRow& row, Crossings& crossings);

  const calendar::Calendars& calendars_;
  std::unique_ptr<Kpis> kpis_;
  FactReader reader_;
  std::int64_t position_ = 0;
  std::map<std::string, std::uint64_t> recorded_;
};

/// The name of a part that is a figure: its KPI and its group. Others belong to the whole.
std::string id_of(const Crossing& crossing);

}  // namespace echoflow::kpis
