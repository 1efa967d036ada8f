#pragma once
#include <array>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>

#include "adapters/runtime/instance.hpp"

namespace echoflow::runtime {

/// The instances in memory, sharded; those used longest ago are put out when there are too many.
class InstanceCache {
 public:
  /// `on_evicted` is called for an instance that is put out, while nobody can look it up.
  InstanceCache(std::size_t max_instances, std::size_t max_bytes, Metrics& metrics, Clock& clock,
                std::function<void(Instance&)> on_evicted);

  InstancePtr find(InstanceId id);
  /// The instance in memory, or a new one that is still to be loaded.
  InstancePtr find_or_add(InstanceId id);
  void add(const InstancePtr& instance);
  /// Takes this very object out; the next lookup loads it again.
  void remove(const InstancePtr& instance);
  /// The instance was used and is idle now; may put out others.
  void touch(const InstancePtr& instance);
  /// Puts out what was not used since then.
  void cool(TimePoint since);
  std::vector<InstancePtr> all() const;
  std::size_t size() const;

 private:
  struct Slot {
    InstancePtr instance;
    std::list<InstanceId>::iterator used;
    std::size_t bytes = 0;
    TimePoint touched;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<InstanceId, Slot> slots;
    std::list<InstanceId> used;  // newest first; without in-memory ones
    std::size_t bytes = 0;
  };
  static constexpr std::size_t shard_count = 16;

  Shard& shard(InstanceId id) { return shards_[static_cast<std::size_t>(id) % shard_count]; }
  void insert(Shard& shard, const InstancePtr& instance);
  void erase(Shard& shard, std::unordered_map<InstanceId, Slot>::iterator slot);
  void shrink(Shard& shard);
  bool try_evict(Shard& shard, InstanceId id);

  const std::size_t max_per_shard_;
  const std::size_t max_bytes_per_shard_;
  Metrics& metrics_;
  Clock& clock_;
  std::function<void(Instance&)> on_evicted_;
  std::array<Shard, shard_count> shards_;
};

}  // namespace echoflow::runtime
