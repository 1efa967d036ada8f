#include "adapters/runtime/shelf.hpp"

#include <algorithm>

namespace echoflow::runtime {
namespace {

bool matches(const engine::InstanceRow& row, const engine::InstanceFilter& filter,
             const std::vector<std::int64_t>& key_processes) {
  auto among = [](const auto& values, auto value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  return (filter.status.empty() || among(filter.status, row.status)) &&
         (filter.process_key.empty() || among(key_processes, row.process)) &&
         (filter.process == 0 || filter.process == row.process) &&
         (filter.business_key.empty() || filter.business_key == row.business_key) &&
         (!filter.started_after || row.started_at > *filter.started_after) &&
         (!filter.started_before || row.started_at < *filter.started_before);
}

}  // namespace

bool is_live(engine::InstanceStatus status) {
  return status == engine::InstanceStatus::running || status == engine::InstanceStatus::suspended;
}

void Shelf::record(engine::Turn& turn) {
  std::lock_guard lock(mutex_);
  auto [at, added] = kept_.try_emplace(turn.instance.id);
  auto& kept = at->second;
  if (added) ++running_;
  kept.row = turn.instance;
  kept.journal.push_back(std::move(turn.journal));
  for (auto activity : turn.incidents_resolved)
    std::erase_if(kept.incidents, [&](const auto& incident) { return incident.activity == activity; });
  for (const auto& incident : turn.incidents_raised) kept.incidents.push_back(incident);
  if (is_live(kept.row.status)) return;
  --running_;
  ended_.push_back(turn.instance.id);
  forget_oldest();
}

void Shelf::forget_oldest() {
  while (ended_.size() > keep_ended_) {
    kept_.erase(ended_.front());
    ended_.pop_front();
  }
}

void Shelf::remove_process(std::int64_t process) {
  std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& entry) {
    if (entry.second.row.process != process) return false;
    if (is_live(entry.second.row.status)) --running_;
    return true;
  });
  std::erase_if(ended_, [&](InstanceId id) { return !kept_.contains(id); });
}

void Shelf::remove(InstanceId id) {
  std::lock_guard lock(mutex_);
  auto found = kept_.find(id);
  if (found == kept_.end() || !is_live(found->second.row.status)) return;
  --running_;
  kept_.erase(found);
}

std::optional<engine::InstanceRow> Shelf::instance(InstanceId id) const {
  std::lock_guard lock(mutex_);
  auto found = kept_.find(id);
  return found == kept_.end() ? std::nullopt : std::optional(found->second.row);
}

std::vector<engine::JournalRow> Shelf::journal(InstanceId id, std::uint64_t after_seq, std::uint32_t limit) const {
  std::lock_guard lock(mutex_);
  std::vector<engine::JournalRow> rows;
  auto found = kept_.find(id);
  if (found == kept_.end()) return rows;
  for (const auto& row : found->second.journal)
    if (row.seq > after_seq && rows.size() < limit) rows.push_back(row);
  return rows;
}

std::vector<engine::InstanceRow> Shelf::instances(const engine::InstanceFilter& filter,
                                                  const std::vector<std::int64_t>& key_processes) const {
  std::lock_guard lock(mutex_);
  std::vector<engine::InstanceRow> rows;
  auto at = filter.before > 0 ? kept_.lower_bound(filter.before) : kept_.end();
  while (at != kept_.begin() && rows.size() < filter.limit) {
    --at;
    if (matches(at->second.row, filter, key_processes)) rows.push_back(at->second.row);
  }
  return rows;
}

std::vector<engine::IncidentRow> Shelf::incidents() const {
  std::lock_guard lock(mutex_);
  std::vector<engine::IncidentRow> rows;
  for (const auto& [id, kept] : kept_) rows.insert(rows.end(), kept.incidents.begin(), kept.incidents.end());
  return rows;
}

std::size_t Shelf::running() const {
  std::lock_guard lock(mutex_);
  return running_;
}

std::size_t Shelf::running_of(std::int64_t process) const {
  std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(kept_.begin(), kept_.end(), [&](const auto& entry) {
    return entry.second.row.process == process && is_live(entry.second.row.status);
  }));
}

}  // namespace echoflow::runtime
