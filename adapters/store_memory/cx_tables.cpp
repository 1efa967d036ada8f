#include "adapters/store_memory/cx_tables.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "adapters/store_memory/tables.hpp"

namespace echoflow::store {

using namespace engine;

namespace {

StoreError row_conflict(std::string message) {
  return {StoreErrorKind::conflict, std::move(message)};
}

template <class Map, class Key>
auto found_in(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

template <class List, class Value>
bool among(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

/// From the newest below `before` on, as many as fit.
template <class Map, class Fits>
auto newest(const Map& map, std::int64_t before, std::uint32_t limit, const Fits& fits) {
  std::vector<typename Map::mapped_type> rows;
  auto at = before > 0 ? map.lower_bound(before) : map.end();
  while (at != map.begin() && rows.size() < limit) {
    --at;
    if (fits(at->second)) rows.push_back(at->second);
  }
  return rows;
}

bool waits(const DeliveryRow& row) {
  return row.status == DeliveryStatus::due || row.status == DeliveryStatus::sending;
}

bool is_over(const TaskRow& row) {
  const auto* const state = std::find(task_states.begin(), task_states.end(), row.state);
  return state != task_states.end() && static_cast<std::size_t>(state - task_states.begin()) >= first_final_task_state;
}

auto place_of(const TaskRow& row) {
  return std::tuple(row.priority, row.created_at, row.id);
}

bool matches(const TaskRow& row, const TaskFilter& filter) {
  const bool may_own = filter.potential_owners.empty() ||
                       std::any_of(row.potential_owners.begin(), row.potential_owners.end(),
                                   [&](const auto& owner) { return among(filter.potential_owners, owner); });
  return may_own && among(filter.states, row.state) && (filter.owner.empty() || filter.owner == row.owner) &&
         (filter.queue.empty() || filter.queue == row.queue) &&
         (filter.customer.empty() || filter.customer == row.customer) &&
         (filter.instance == 0 || filter.instance == row.instance) &&
         (!filter.after ||
          std::tuple(filter.after->priority, filter.after->created_at, filter.after->id) < place_of(row));
}

void erase_stream(MemoryTables& tables, std::int64_t id) {
  const auto found = tables.positions.find(id);
  if (found == tables.positions.end()) return;
  for (const std::int64_t position : found->second) {
    JournalRow& row = tables.journal[static_cast<std::size_t>(position - 1)];
    row.payload.clear();
    row.erased = true;
  }
}

}  // namespace

std::optional<StoreError> CxTables::check(const RecordChange& change) const {
  if (const auto* row = std::get_if<FeedbackRow>(&change)) {
    const auto known = found_in(feedback_ids, std::pair(row->channel, row->external_id));
    if (known && *known != row->id)
      return row_conflict(fmt::format("feedback {} of channel {} is known already", row->external_id, row->channel));
  } else if (const auto* delivery = std::get_if<DeliveryRow>(&change)) {
    const auto known = found_in(delivery_ids, delivery->key);
    if (known && *known != delivery->id)
      return row_conflict(fmt::format("a delivery with key {} is known already", delivery->key));
  } else if (const auto* task = std::get_if<TaskRow>(&change)) {
    const auto known = found_in(tasks, task->id);
    if (known && known->version >= task->version)
      return row_conflict(fmt::format("task {} has been changed by somebody else meanwhile; load it again", task->id));
  }
  return std::nullopt;
}

void CxTables::apply(const RecordChange& change) {
  if (const auto* said = std::get_if<FeedbackRow>(&change)) {
    feedback_ids.emplace(std::pair(said->channel, said->external_id), said->id);
    const auto [at, added] = feedback.try_emplace(said->id, *said);
    if (added) return;
    FeedbackRow kept = *said;
    kept.raw = at->second.raw;
    kept.channel = at->second.channel;
    kept.external_id = at->second.external_id;
    kept.received_at = at->second.received_at;
    at->second = std::move(kept);
  } else if (const auto* delivery = std::get_if<DeliveryRow>(&change)) {
    delivery_ids.emplace(delivery->key, delivery->id);
    deliveries.insert_or_assign(delivery->id, *delivery);
  } else if (const auto* task = std::get_if<TaskRow>(&change)) {
    tasks.insert_or_assign(task->id, *task);
  } else if (const auto* kpi = std::get_if<KpiRow>(&change)) {
    kpis.insert_or_assign(std::pair(kpi->kpi, kpi->group), *kpi);
  } else if (const auto* alert = std::get_if<AlertRow>(&change)) {
    alerts.insert_or_assign(alert->id, *alert);
  } else if (const auto* document = std::get_if<DocumentRow>(&change)) {
    const std::pair key(document->kind, document->name);
    if (document->removed) {
      documents.erase(key);
    } else {
      documents.insert_or_assign(key, *document);
    }
  }
}

Result<std::optional<FeedbackRow>, StoreError> MemoryCx::feedback(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  return found_in(tables_.cx.feedback, id);
}

Result<std::optional<FeedbackRow>, StoreError> MemoryCx::feedback(const std::string& channel,
                                                                  const std::string& external_id) {
  const std::lock_guard lock(mutex_);
  const auto id = found_in(tables_.cx.feedback_ids, std::pair(channel, external_id));
  if (!id) return std::optional<FeedbackRow>();
  return found_in(tables_.cx.feedback, *id);
}

Result<std::vector<FeedbackRow>, StoreError> MemoryCx::list_feedback(const FeedbackFilter& filter) {
  const std::lock_guard lock(mutex_);
  auto rows = newest(tables_.cx.feedback, filter.before, filter.limit, [&](const FeedbackRow& row) {
    return among(filter.status, row.status) && (filter.channel.empty() || filter.channel == row.channel) &&
           (filter.conversation.empty() || filter.conversation == row.conversation) &&
           (filter.customer.empty() || filter.customer == row.customer);
  });
  for (FeedbackRow& row : rows) row.raw.clear();
  return rows;
}

Result<std::vector<FeedbackRow>, StoreError> MemoryCx::unpublished_feedback(std::int64_t after, std::uint32_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<FeedbackRow> rows;
  for (auto at = tables_.cx.feedback.upper_bound(after); at != tables_.cx.feedback.end() && rows.size() < limit; ++at) {
    if (at->second.status != FeedbackStatus::received) continue;
    rows.push_back(at->second);
    rows.back().raw.clear();
  }
  return rows;
}

Result<std::int64_t, StoreError> MemoryCx::count_feedback(FeedbackStatus status) {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(std::count_if(tables_.cx.feedback.begin(), tables_.cx.feedback.end(),
                                                 [&](const auto& entry) { return entry.second.status == status; }));
}

Result<std::optional<DeliveryRow>, StoreError> MemoryCx::delivery(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  return found_in(tables_.cx.deliveries, id);
}

Result<std::optional<DeliveryRow>, StoreError> MemoryCx::delivery_by_key(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto id = found_in(tables_.cx.delivery_ids, key);
  if (!id) return std::optional<DeliveryRow>();
  return found_in(tables_.cx.deliveries, *id);
}

Result<std::vector<DeliveryRow>, StoreError> MemoryCx::deliveries(const DeliveryFilter& filter) {
  const std::lock_guard lock(mutex_);
  return newest(tables_.cx.deliveries, filter.before, filter.limit, [&](const DeliveryRow& row) {
    return among(filter.status, row.status) && (filter.channel.empty() || filter.channel == row.channel) &&
           (filter.feedback == 0 || filter.feedback == row.feedback);
  });
}

Result<std::vector<DeliveryRow>, StoreError> MemoryCx::due_deliveries(TimePoint until, std::uint32_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<DeliveryRow> rows;
  for (const auto& [id, row] : tables_.cx.deliveries) {
    if (waits(row) && row.next_attempt <= until) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.next_attempt < b.next_attempt; });
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

Result<std::optional<TimePoint>, StoreError> MemoryCx::next_delivery() {
  const std::lock_guard lock(mutex_);
  std::optional<TimePoint> next;
  for (const auto& [id, row] : tables_.cx.deliveries) {
    if (waits(row) && (!next || row.next_attempt < *next)) next = row.next_attempt;
  }
  return next;
}

Result<std::optional<TaskRow>, StoreError> MemoryCx::task(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  return found_in(tables_.cx.tasks, id);
}

Result<std::optional<TaskRow>, StoreError> MemoryCx::task_of(InstanceId instance, ActivityId activity) {
  const std::lock_guard lock(mutex_);
  std::optional<TaskRow> found;
  for (const auto& [id, row] : tables_.cx.tasks) {
    if (row.instance == instance && row.activity == activity && instance != 0) found = row;
  }
  return found;
}

Result<std::vector<TaskRow>, StoreError> MemoryCx::tasks(const TaskFilter& filter) {
  const std::lock_guard lock(mutex_);
  std::vector<TaskRow> rows;
  for (const auto& [id, row] : tables_.cx.tasks) {
    if (matches(row, filter)) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  if (rows.size() > filter.limit) rows.resize(filter.limit);
  return rows;
}

Result<std::vector<TaskRow>, StoreError> MemoryCx::due_tasks(TimePoint until, std::uint32_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<TaskRow> rows;
  for (const auto& [id, row] : tables_.cx.tasks) {
    if (row.next_deadline && *row.next_deadline <= until) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return *a.next_deadline < *b.next_deadline; });
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

Result<std::optional<TimePoint>, StoreError> MemoryCx::next_task_deadline() {
  const std::lock_guard lock(mutex_);
  std::optional<TimePoint> next;
  for (const auto& [id, row] : tables_.cx.tasks) {
    if (row.next_deadline && (!next || *row.next_deadline < *next)) next = row.next_deadline;
  }
  return next;
}

Result<std::vector<TaskCount>, StoreError> MemoryCx::task_counts() {
  const std::lock_guard lock(mutex_);
  std::map<std::pair<std::string, std::string>, std::int64_t> counts;
  for (const auto& [id, row] : tables_.cx.tasks) ++counts[{row.queue, row.state}];
  std::vector<TaskCount> rows;
  for (const auto& [key, count] : counts) rows.push_back({key.first, key.second, count});
  return rows;
}

Result<std::vector<KpiRow>, StoreError> MemoryCx::kpis() {
  const std::lock_guard lock(mutex_);
  std::vector<KpiRow> rows;
  for (const auto& [key, row] : tables_.cx.kpis) rows.push_back(row);
  return rows;
}

Result<std::vector<AlertRow>, StoreError> MemoryCx::alerts(std::int64_t before, std::uint32_t limit) {
  const std::lock_guard lock(mutex_);
  return newest(tables_.cx.alerts, before, limit, [](const AlertRow&) { return true; });
}

Result<std::vector<DocumentRow>, StoreError> MemoryCx::documents(const std::string& kind) {
  const std::lock_guard lock(mutex_);
  std::vector<DocumentRow> rows;
  for (auto at = tables_.cx.documents.lower_bound({kind, ""});
       at != tables_.cx.documents.end() && at->first.first == kind; ++at) {
    rows.push_back(at->second);
  }
  return rows;
}

Result<std::optional<DocumentRow>, StoreError> MemoryCx::document(const std::string& kind, const std::string& name) {
  const std::lock_guard lock(mutex_);
  return found_in(tables_.cx.documents, std::pair(kind, name));
}

Result<std::optional<OutboxRow>, StoreError> MemoryCx::outbox(InstanceId instance, ActivityId activity) {
  const std::lock_guard lock(mutex_);
  return found_in(tables_.outbox, ActivityKey{instance, activity});
}

Result<std::vector<std::int64_t>, StoreError> MemoryCx::erase_customer(const std::string& customer) {
  const std::lock_guard lock(mutex_);
  std::vector<std::int64_t> erased;
  if (customer.empty()) return erased;
  for (auto& [id, row] : tables_.cx.feedback) {
    if (row.customer != customer) continue;
    row.status = FeedbackStatus::erased;
    row.conversation.clear();
    row.customer.clear();
    row.body.clear();
    row.raw.clear();
    erased.push_back(id);
  }
  const std::size_t said = erased.size();
  for (auto& [id, row] : tables_.cx.deliveries) {
    if (row.feedback == 0 ||
        !std::binary_search(erased.begin(), erased.begin() + static_cast<std::ptrdiff_t>(said), row.feedback)) {
      continue;
    }
    row.body.clear();
    const bool unsent = row.status == DeliveryStatus::draft || row.status == DeliveryStatus::awaiting_approval ||
                        row.status == DeliveryStatus::due;
    if (unsent) row.status = DeliveryStatus::failed;
    erased.push_back(id);
  }
  for (auto& [id, row] : tables_.cx.tasks) {
    if (row.customer != customer || !is_over(row)) continue;
    row.customer.clear();
    row.body.clear();
    erased.push_back(id);
  }
  for (const std::int64_t id : erased) erase_stream(tables_, id);
  return erased;
}

}  // namespace echoflow::store
