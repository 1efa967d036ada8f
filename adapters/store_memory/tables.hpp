#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "adapters/store_memory/cx_tables.hpp"
#include "engine/ports/journal_link.hpp"
#include "engine/ports/store.hpp"

/// The memory store's tables: what they hold and how a turn changes them. Not thread-safe; the store locks.
namespace echoflow::store {

struct MemoryInstance {
  engine::InstanceRow row;
  std::optional<std::string> snapshot;
  std::uint64_t snapshot_seq = 0;
};

/// Process key, partner link, operation, correlation key.
using Endpoint = std::tuple<std::string, std::string, std::string, std::string>;
using ActivityKey = std::pair<InstanceId, ActivityId>;
using BranchKey = std::tuple<InstanceId, ActivityId, std::uint32_t>;

struct MemoryTables {
  std::map<std::int64_t, engine::DeploymentRow> deployments;
  std::map<std::string, std::int32_t> versions;  ///< the last one given, per process key
  std::map<InstanceId, MemoryInstance> instances;
  std::vector<engine::JournalRow> journal;                    ///< position 1 stands at index 0
  std::map<InstanceId, std::vector<std::int64_t>> positions;  ///< of an instance's journal rows, ascending
  records::ChainEnd end;
  std::int64_t last_opened = 0;
  std::map<BranchKey, std::pair<std::int64_t, engine::SubscriptionRow>> subscriptions;  ///< with the order of opening
  std::map<Endpoint, std::map<std::int64_t, BranchKey>> waiting;
  std::map<std::pair<InstanceId, std::uint32_t>, TimePoint> timers;
  std::set<std::tuple<TimePoint, InstanceId, std::uint32_t>> due;
  std::map<ActivityKey, engine::OutboxRow> outbox;
  std::map<std::int64_t, engine::IncidentRow> incidents;
  std::map<std::int64_t, engine::HeldMessageRow> held;
  std::map<std::string, engine::KeptReplyRow> replies;
  CxTables cx;
  std::int64_t next_id = 1;

  /// What makes the turns impossible; nothing when they may be applied.
  std::optional<engine::StoreError> check(std::span<const engine::Turn> turns) const;
  void apply(engine::Turn& turn);
  void remove_instance(InstanceId id);
  void erase_contents(InstanceId id, bool events_too);
  void open(const engine::SubscriptionRow& row);
  void close(const BranchKey& key);
  void schedule(InstanceId id, std::uint32_t timer, TimePoint when);
  void cancel(InstanceId id, std::uint32_t timer);
  void resolve_incidents(InstanceId id, ActivityId activity);
  void end_waiting(InstanceId id);
};

}  // namespace echoflow::store
