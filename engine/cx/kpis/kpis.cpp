#include "engine/cx/kpis/kpis.hpp"

#include <algorithm>

namespace echoflow::kpis {

Result<void> Kpis::declare(Declaration declaration) {
  if (auto sound = check(declaration); !sound) return sound;
  const auto& calendar = declaration.definition.calendar;
  if (!calendar.empty() && !calendars_.find(calendar))
    return fail("The KPI \"" + declaration.definition.name + "\" asks for the calendar \"" + calendar +
                "\", which the server does not have: configure it, or leave the calendar out.");
  const auto id = declaration.id();
  const auto known = kpis_.find(id);
  if (known != kpis_.end() && same(known->second->declaration(), declaration)) return {};
  auto kpi = make(std::move(declaration), ++last_serial_);
  if (known != kpis_.end()) {
    kpi->continue_numbers(*known->second);
    withdraw(id);
  }
  kpis_[id] = std::move(kpi);
  index();
  return {};
}

std::unique_ptr<Kpi> Kpis::make(Declaration declaration, std::uint32_t serial) {
  const BusinessTime time(calendars_.find(declaration.definition.calendar));
  return std::make_unique<Kpi>(std::move(declaration), serial, time, agenda_);
}

void Kpis::withdraw(const std::string& id) {
  const auto known = kpis_.find(id);
  if (known == kpis_.end()) return;
  known->second->leave_agenda();
  kpis_.erase(known);
  index();
}

void Kpis::index() {
  by_serial_.clear();
  by_process_.clear();
  watched_.clear();
  for (const auto& [id, kpi] : kpis_) {
    const auto& process = kpi->declaration().process;
    by_serial_[kpi->serial()] = kpi.get();
    by_process_[process].push_back({kpi.get(), interest_of(kpi->definition())});
    for (const auto* point : {&kpi->definition().from, &kpi->definition().to})
      if (!point->activity.empty()) watched_[process].insert(point->activity);
  }
}

Crossings Kpis::see(Fact fact) {
  Crossings crossings;
  fact.at = std::max(fact.at, now_);
  come_due_until(fact.at, crossings);
  const auto found = cases_.see(fact);
  const auto* step = found ? &*found : nullptr;
  tell("", fact, step, crossings);
  std::set<std::string> told{""};
  if (told.insert(fact.origin.process).second) tell(fact.origin.process, fact, step, crossings);
  for (auto& other : std::exchange(fact.also, {})) {
    if (!told.insert(other.process).second) continue;
    fact.origin = std::move(other);
    tell(fact.origin.process, fact, step, crossings);
  }
  return crossings;
}

void Kpis::tell(const std::string& process, const Fact& fact, const CaseStep* step, Crossings& crossings) {
  const auto interested = by_process_.find(process);
  if (interested == by_process_.end()) return;
  const auto bit = Interest{1} << fact.what.index();
  for (const auto& [kpi, interest] : interested->second)
    if (interest & bit) kpi->see(fact, step, crossings);
}

Crossings Kpis::advance(TimePoint now) {
  Crossings crossings;
  come_due_until(std::max(now, now_), crossings);
  return crossings;
}

void Kpis::come_due_until(TimePoint now, Crossings& crossings) {
  while (agenda_.next() && *agenda_.next() <= now) {
    const auto due = agenda_.first();
    now_ = std::max(now_, TimePoint{due.at});
    by_serial_.at(due.kpi)->come_due(due, now_, crossings);
  }
  now_ = std::max(now_, now);
}

const Kpi* Kpis::find(const std::string& id) const {
  const auto known = kpis_.find(id);
  return known == kpis_.end() ? nullptr : known->second.get();
}

const Kpi* Kpis::find(const std::string& process, const std::string& name) const {
  if (!process.empty())
    if (const auto* own = find(process + " " + name)) return own;
  return find(name);
}

const std::set<std::string>& Kpis::watched(const std::string& process) const {
  static const std::set<std::string> none;
  const auto known = watched_.find(process);
  return known == watched_.end() ? none : known->second;
}

}  // namespace echoflow::kpis
