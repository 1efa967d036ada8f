#include "adapters/store_memory/tables.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace echoflow::store {
namespace {

using engine::StoreError;
using engine::StoreErrorKind;

bool ended(const engine::InstanceRow& row) {
  return row.status != engine::InstanceStatus::running && row.status != engine::InstanceStatus::suspended;
}

/// Erases the entries of a map keyed by (instance, …) that belong to one instance.
template <class Map>
void erase_of(Map& map, InstanceId id) {
  std::erase_if(map, [&](const auto& entry) { return entry.second.instance == id; });
}

}  // namespace

std::optional<StoreError> MemoryTables::check(std::span<const engine::Turn> turns) const {
  std::set<std::pair<InstanceId, std::uint64_t>> seen;
  for (const engine::Turn& turn : turns) {
    const InstanceId id = turn.instance.id;
    const auto found = positions.find(id);
    bool taken = !seen.insert({id, turn.journal.seq}).second;
    if (found != positions.end()) {
      const auto seq_of = [&](std::int64_t position) { return journal[static_cast<std::size_t>(position - 1)].seq; };
      // Rows come in order: only one that does not go on from the last needs a search.
      taken = taken || (turn.journal.seq <= seq_of(found->second.back()) &&
                        std::any_of(found->second.begin(), found->second.end(),
                                    [&](std::int64_t at) { return seq_of(at) == turn.journal.seq; }));
    }
    if (taken) {
      return StoreError{
          StoreErrorKind::conflict,
          fmt::format("instance {} has a journal row {} already; load the instance again", id, turn.journal.seq)};
    }
    for (const engine::RecordChange& change : turn.records) {
      if (auto error = cx.check(change)) return error;
    }
  }
  return std::nullopt;
}

void MemoryTables::apply(engine::Turn& turn) {
  const InstanceId id = turn.instance.id;
  turn.journal.instance = id;
  turn.journal.erased = false;
  engine::append(end, turn.journal);
  journal.push_back(turn.journal);
  positions[id].push_back(turn.journal.position);
  for (const engine::RecordChange& change : turn.records) cx.apply(change);
  if (turn.stream) return;
  MemoryInstance& instance = instances[id];
  instance.row = turn.instance;
  if (turn.snapshot) {
    instance.snapshot = turn.snapshot;
    instance.snapshot_seq = turn.journal.seq;
  }
  for (const auto& closed : turn.subscriptions_closed) close({id, closed.activity, closed.branch});
  for (auto row : turn.subscriptions_opened) {
    row.instance = id;
    open(row);
  }
  for (const std::uint32_t timer : turn.timers_cancelled) cancel(id, timer);
  for (const auto& timer : turn.timers_scheduled) schedule(id, timer.timer, timer.due);
  for (const ActivityId activity : turn.outbox_done) outbox.erase({id, activity});
  for (auto row : turn.outbox_added) {
    row.instance = id;
    outbox.insert_or_assign({id, row.activity}, row);
  }
  for (const ActivityId activity : turn.incidents_resolved) resolve_incidents(id, activity);
  for (auto& row : turn.incidents_raised) {
    row.id = next_id++;
    row.instance = id;
    incidents.emplace(row.id, row);
  }
  for (const std::int64_t message : turn.held_consumed) held.erase(message);
  for (auto row : turn.replies_kept) {
    row.instance = id;
    replies.insert_or_assign(row.request_key, row);
  }
  if (ended(turn.instance)) end_waiting(id);
}

void MemoryTables::open(const engine::SubscriptionRow& row) {
  const BranchKey key{row.instance, row.activity, row.branch};
  close(key);
  const std::int64_t order = ++last_opened;
  subscriptions.emplace(key, std::pair(order, row));
  waiting[{row.process_key, row.partner_link, row.operation, row.key}].emplace(order, key);
}

void MemoryTables::close(const BranchKey& key) {
  const auto found = subscriptions.find(key);
  if (found == subscriptions.end()) return;
  const auto& [order, row] = found->second;
  const auto endpoint = waiting.find({row.process_key, row.partner_link, row.operation, row.key});
  endpoint->second.erase(order);
  if (endpoint->second.empty()) waiting.erase(endpoint);
  subscriptions.erase(found);
}

void MemoryTables::schedule(InstanceId id, std::uint32_t timer, TimePoint when) {
  cancel(id, timer);
  timers.emplace(std::pair(id, timer), when);
  due.insert({when, id, timer});
}

void MemoryTables::cancel(InstanceId id, std::uint32_t timer) {
  const auto found = timers.find({id, timer});
  if (found == timers.end()) return;
  due.erase({found->second, id, timer});
  timers.erase(found);
}

void MemoryTables::resolve_incidents(InstanceId id, ActivityId activity) {
  std::erase_if(incidents,
                [&](const auto& entry) { return entry.second.instance == id && entry.second.activity == activity; });
}

void MemoryTables::end_waiting(InstanceId id) {
  for (auto at = subscriptions.lower_bound({id, 0, 0}); at != subscriptions.end() && std::get<0>(at->first) == id;) {
    const BranchKey key = at->first;
    ++at;
    close(key);
  }
  for (auto at = timers.lower_bound({id, 0}); at != timers.end() && at->first.first == id;) {
    const std::uint32_t timer = at->first.second;
    ++at;
    cancel(id, timer);
  }
}

void MemoryTables::erase_contents(InstanceId id, bool events_too) {
  MemoryInstance& instance = instances.at(id);
  for (const std::int64_t position : positions[id]) {
    engine::JournalRow& row = journal[static_cast<std::size_t>(position - 1)];
    row.payload.clear();
    if (events_too) row.events.clear();
    row.erased = true;
  }
  instance.snapshot.reset();
  instance.snapshot_seq = 0;
  erase_of(replies, id);
  for (auto& entry : incidents) {
    if (entry.second.instance == id) entry.second.detail.clear();
  }
}

void MemoryTables::remove_instance(InstanceId id) {
  end_waiting(id);
  erase_contents(id, true);
  erase_of(outbox, id);
  erase_of(incidents, id);
  instances.erase(id);
}

}  // namespace echoflow::store
