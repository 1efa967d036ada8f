#include "adapters/store_memory/memory_store.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <mutex>

#include "adapters/store_memory/tables.hpp"
#include "engine/ports/store_limits.hpp"

namespace echoflow::store {
namespace {

using namespace engine;

StoreError conflict(std::string message) {
  return {StoreErrorKind::conflict, std::move(message)};
}

class MemoryStore final : public Store {
 public:
  Result<void, StoreError> commit(std::span<Turn> turns) override {
    const std::lock_guard lock(mutex_);
    if (auto error = tables_.check(turns)) return fail(std::move(*error));
    for (Turn& turn : turns) tables_.apply(turn);
    return {};
  }

  Result<std::int64_t, StoreError> reserve_ids(std::int64_t count) override {
    const std::lock_guard lock(mutex_);
    const std::int64_t first = tables_.next_id;
    tables_.next_id += count;
    return first;
  }

  Result<void, StoreError> add_deployment(DeploymentRow& deployment) override {
    const std::lock_guard lock(mutex_);
    deployment.id = tables_.next_id++;
    for (ProcessRow& process : deployment.processes) {
      process.id = tables_.next_id++;
      process.deployment = deployment.id;
      process.version = ++tables_.versions[process.key];
    }
    tables_.deployments.emplace(deployment.id, deployment);
    return {};
  }

  Result<std::vector<DeploymentRow>, StoreError> deployments(bool with_archives) override {
    const std::lock_guard lock(mutex_);
    std::vector<DeploymentRow> rows;
    for (const auto& [id, row] : tables_.deployments) {
      rows.push_back(row);
      if (!with_archives) rows.back().archive.clear();
    }
    return rows;
  }

  Result<std::optional<DeploymentRow>, StoreError> deployment(std::int64_t id) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.deployments.find(id);
    if (found == tables_.deployments.end()) return std::optional<DeploymentRow>();
    return std::optional(found->second);
  }

  Result<void, StoreError> remove_deployment(std::int64_t id) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.deployments.find(id);
    if (found == tables_.deployments.end()) return fail(conflict(fmt::format("there is no deployment {}", id)));
    std::vector<InstanceId> gone;
    for (const auto& [instance, entry] : tables_.instances) {
      if (belongs(entry.row, found->second)) gone.push_back(instance);
    }
    for (const InstanceId instance : gone) tables_.remove_instance(instance);
    tables_.deployments.erase(found);
    return {};
  }

  Result<std::int64_t, StoreError> running_instances(std::int64_t deployment) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.deployments.find(deployment);
    if (found == tables_.deployments.end()) return std::int64_t{0};
    return static_cast<std::int64_t>(std::count_if(
        tables_.instances.begin(), tables_.instances.end(),
        [&](const auto& entry) { return lives(entry.second.row) && belongs(entry.second.row, found->second); }));
  }

  Result<std::optional<LoadedInstance>, StoreError> load(InstanceId id) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.instances.find(id);
    if (found == tables_.instances.end()) return std::optional<LoadedInstance>();
    const MemoryInstance& instance = found->second;
    LoadedInstance loaded{instance.row, instance.snapshot, instance.snapshot_seq, {}};
    loaded.journal = rows_after(id, instance.snapshot_seq, UINT32_MAX);
    return std::optional(std::move(loaded));
  }

  Result<std::optional<InstanceRow>, StoreError> instance(InstanceId id) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.instances.find(id);
    if (found == tables_.instances.end()) return std::optional<InstanceRow>();
    return std::optional(found->second.row);
  }

  Result<std::vector<InstanceRow>, StoreError> instances(const InstanceFilter& filter) override {
    const std::lock_guard lock(mutex_);
    std::vector<InstanceRow> rows;
    auto at = filter.before > 0 ? tables_.instances.lower_bound(filter.before) : tables_.instances.end();
    while (at != tables_.instances.begin() && rows.size() < filter.limit) {
      --at;
      if (matches(at->second.row, filter)) rows.push_back(at->second.row);
    }
    return rows;
  }

  Result<std::vector<JournalRow>, StoreError> journal(InstanceId id, std::uint64_t after_seq,
                                                      std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    return rows_after(id, after_seq, limit);
  }

  Result<std::vector<SubscriptionRow>, StoreError> subscriptions(InstanceId id) override {
    const std::lock_guard lock(mutex_);
    std::vector<SubscriptionRow> rows;
    for (auto at = tables_.subscriptions.lower_bound({id, 0, 0});
         at != tables_.subscriptions.end() && std::get<0>(at->first) == id; ++at) {
      rows.push_back(at->second.second);
    }
    return rows;
  }

  Result<std::vector<SubscriptionRow>, StoreError> find_subscriptions(const std::string& process_key,
                                                                      const std::string& partner_link,
                                                                      const std::string& operation,
                                                                      const std::string& key) override {
    const std::lock_guard lock(mutex_);
    std::vector<SubscriptionRow> rows;
    const auto found = tables_.waiting.find({process_key, partner_link, operation, key});
    if (found == tables_.waiting.end()) return rows;
    for (const auto& [order, branch] : found->second) {
      if (rows.size() == most_subscriptions) break;
      rows.push_back(tables_.subscriptions.at(branch).second);
    }
    return rows;
  }

  Result<std::vector<TimerRow>, StoreError> due_timers(TimePoint until, std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<TimerRow> rows;
    for (const auto& [due, instance, timer] : tables_.due) {
      if (due > until || rows.size() >= limit) break;
      rows.push_back({instance, timer, due});
    }
    return rows;
  }

  Result<std::optional<TimePoint>, StoreError> next_timer() override {
    const std::lock_guard lock(mutex_);
    if (tables_.due.empty()) return std::optional<TimePoint>();
    return std::optional(std::get<0>(*tables_.due.begin()));
  }

  Result<std::vector<OutboxRow>, StoreError> due_outbox(TimePoint until, std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<OutboxRow> rows;
    for (const auto& [key, row] : tables_.outbox) {
      if (row.next_attempt <= until) rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.next_attempt < b.next_attempt; });
    if (rows.size() > limit) rows.resize(limit);
    return rows;
  }

  Result<void, StoreError> postpone_outbox(InstanceId instance, ActivityId activity, std::uint32_t attempts,
                                           TimePoint next_attempt) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.outbox.find({instance, activity});
    if (found == tables_.outbox.end()) return {};
    found->second.attempts = attempts;
    found->second.next_attempt = next_attempt;
    return {};
  }

  Result<void, StoreError> finish_outbox(InstanceId instance, ActivityId activity) override {
    const std::lock_guard lock(mutex_);
    tables_.outbox.erase({instance, activity});
    return {};
  }

  Result<void, StoreError> hold_message(const HeldMessageRow& message) override {
    const std::lock_guard lock(mutex_);
    if (!tables_.held.emplace(message.id, message).second)
      return fail(conflict(fmt::format("a message with id {} is held already", message.id)));
    return {};
  }

  Result<std::vector<HeldMessageRow>, StoreError> held_messages(const std::string& process_key,
                                                                const std::string& partner_link,
                                                                const std::string& operation, const std::string& key,
                                                                std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<HeldMessageRow> rows;
    for (const auto& [id, row] : tables_.held) {
      const bool fits = row.process_key == process_key && row.partner_link == partner_link &&
                        row.operation == operation &&
                        std::find(row.keys.begin(), row.keys.end(), key) != row.keys.end();
      if (fits && rows.size() < limit) rows.push_back(row);
    }
    return rows;
  }

  Result<std::vector<HeldMessageRow>, StoreError> held_after(std::int64_t after, std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<HeldMessageRow> rows;
    for (auto at = tables_.held.upper_bound(after); at != tables_.held.end() && rows.size() < limit; ++at)
      rows.push_back(at->second);
    return rows;
  }

  Result<void, StoreError> drop_held(std::int64_t id) override {
    const std::lock_guard lock(mutex_);
    tables_.held.erase(id);
    return {};
  }

  Result<std::vector<HeldCount>, StoreError> held_counts() override {
    const std::lock_guard lock(mutex_);
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> counts;
    for (const auto& [id, row] : tables_.held) ++counts[{row.process_key, row.partner_link, row.operation}];
    std::vector<HeldCount> rows;
    for (const auto& [key, count] : counts)
      rows.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
    return rows;
  }

  Result<std::optional<KeptReplyRow>, StoreError> kept_reply(const std::string& request_key) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.replies.find(request_key);
    if (found == tables_.replies.end()) return std::optional<KeptReplyRow>();
    return std::optional(found->second);
  }

  Result<void, StoreError> drop_kept_replies(TimePoint before) override {
    const std::lock_guard lock(mutex_);
    std::erase_if(tables_.replies, [&](const auto& entry) { return entry.second.at < before; });
    return {};
  }

  Result<std::vector<IncidentRow>, StoreError> incidents(std::int64_t before, std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<IncidentRow> rows;
    auto at = before > 0 ? tables_.incidents.lower_bound(before) : tables_.incidents.end();
    while (at != tables_.incidents.begin() && rows.size() < limit) rows.push_back((--at)->second);
    return rows;
  }

  Result<void, StoreError> erase_payloads(InstanceId id) override {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.instances.find(id);
    if (found == tables_.instances.end()) return fail(conflict(fmt::format("there is no instance {}", id)));
    if (lives(found->second.row))
      return fail(conflict(fmt::format("instance {} still runs and needs its data; terminate it first", id)));
    tables_.erase_contents(id, false);
    return {};
  }

  Result<ChainCheck, StoreError> check_chain(std::int64_t from_position) override {
    return check_journal_chain(*this, from_position);
  }

  Result<std::vector<JournalRow>, StoreError> journal_rows(std::int64_t after_position, std::uint32_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<JournalRow> rows;
    for (auto at = static_cast<std::size_t>(std::max<std::int64_t>(after_position, 0));
         at < tables_.journal.size() && rows.size() < limit; ++at) {
      rows.push_back(tables_.journal[at]);
    }
    return rows;
  }

  Result<ChainHead, StoreError> chain_head() override {
    const std::lock_guard lock(mutex_);
    return ChainHead{tables_.end.position, tables_.end.hash};
  }

  CxStore& cx() override { return cx_; }
  Result<void, StoreError> ping() override { return {}; }

 private:
  static bool lives(const InstanceRow& row) {
    return row.status == InstanceStatus::running || row.status == InstanceStatus::suspended;
  }

  static bool belongs(const InstanceRow& row, const DeploymentRow& deployment) {
    return std::any_of(deployment.processes.begin(), deployment.processes.end(),
                       [&](const ProcessRow& process) { return process.id == row.process; });
  }

  bool has_key(const InstanceRow& row, const std::string& process_key) const {
    for (const auto& [id, deployment] : tables_.deployments) {
      for (const ProcessRow& process : deployment.processes) {
        if (process.id == row.process) return process.key == process_key;
      }
    }
    return false;
  }

  bool matches(const InstanceRow& row, const InstanceFilter& filter) const {
    return (filter.status.empty() ||
            std::find(filter.status.begin(), filter.status.end(), row.status) != filter.status.end()) &&
           (filter.process == 0 || filter.process == row.process) &&
           (filter.business_key.empty() || filter.business_key == row.business_key) &&
           (!filter.started_after || row.started_at > *filter.started_after) &&
           (!filter.started_before || row.started_at < *filter.started_before) &&
           (filter.process_key.empty() || has_key(row, filter.process_key));
  }

  std::vector<JournalRow> rows_after(InstanceId id, std::uint64_t after_seq, std::uint32_t limit) const {
    std::vector<JournalRow> rows;
    const auto found = tables_.positions.find(id);
    if (found == tables_.positions.end()) return rows;
    for (const std::int64_t position : found->second) {
      const JournalRow& row = tables_.journal[static_cast<std::size_t>(position - 1)];
      if (row.seq > after_seq && rows.size() < limit) rows.push_back(row);
    }
    return rows;
  }

  std::mutex mutex_;
  MemoryTables tables_;
  MemoryCx cx_{mutex_, tables_};
};

}  // namespace

std::unique_ptr<engine::Store> make_memory_store() {
  return std::make_unique<MemoryStore>();
}

}  // namespace echoflow::store
