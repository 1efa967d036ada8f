#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/store_soci/group.hpp"

namespace echoflow::store {

/// What a group of turns leaves behind, each row touched once: a statement that writes all tables sees them as they
/// were before it, so it cannot close what it opens itself.
struct Effects {
  using Activity = std::pair<InstanceId, ActivityId>;
  struct Opened {
    const engine::SubscriptionRow* row;
    std::int64_t position;
  };
  struct Snapshot {
    std::uint64_t seq;
    const std::string* state;
  };

  std::vector<const engine::Turn*> new_instances, old_instances;
  std::map<std::tuple<InstanceId, ActivityId, std::uint32_t>, Opened> opened;
  std::set<std::tuple<InstanceId, ActivityId, std::uint32_t>> closed;
  std::map<std::pair<InstanceId, std::uint32_t>, TimePoint> scheduled;
  std::set<std::pair<InstanceId, std::uint32_t>> cancelled;
  std::map<Activity, const engine::OutboxRow*> added;
  std::set<Activity> done;
  std::map<Activity, std::vector<const engine::IncidentRow*>> raised;
  std::set<Activity> resolved;
  std::set<std::int64_t> consumed;
  std::map<std::string, std::pair<InstanceId, const engine::KeptReplyRow*>> replies;
  std::map<InstanceId, Snapshot> snapshots;
  std::set<InstanceId> ended;  ///< and were there before
};
Effects effects_of(const Group& group);

}  // namespace echoflow::store
