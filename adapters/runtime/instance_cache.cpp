#include "adapters/runtime/instance_cache.hpp"

#include <algorithm>

namespace echoflow::runtime {

InstanceCache::InstanceCache(std::size_t max_instances, std::size_t max_bytes, Metrics& metrics, Clock& clock,
                             std::function<void(Instance&)> on_evicted)
    : max_per_shard_((max_instances + shard_count - 1) / shard_count),
      max_bytes_per_shard_(std::max<std::size_t>(max_bytes / shard_count, 1)),
      metrics_(metrics),
      clock_(clock),
      on_evicted_(std::move(on_evicted)) {}

InstancePtr InstanceCache::find(InstanceId id) {
  auto& s = shard(id);
  std::lock_guard lock(s.mutex);
  auto found = s.slots.find(id);
  return found == s.slots.end() ? nullptr : found->second.instance;
}

InstancePtr InstanceCache::find_or_add(InstanceId id) {
  auto& s = shard(id);
  std::lock_guard lock(s.mutex);
  if (auto found = s.slots.find(id); found != s.slots.end()) return found->second.instance;
  auto added = std::make_shared<Instance>(id);
  insert(s, added);
  return added;
}

void InstanceCache::add(const InstancePtr& instance) {
  auto& s = shard(instance->id);
  std::lock_guard lock(s.mutex);
  insert(s, instance);
}

void InstanceCache::insert(Shard& shard, const InstancePtr& instance) {
  Slot slot{instance, shard.used.end(), instance->bytes.load(), clock_.now()};
  if (!instance->in_memory) {
    shard.used.push_front(instance->id);
    slot.used = shard.used.begin();
    shard.bytes += slot.bytes;
  }
  shard.slots.emplace(instance->id, std::move(slot));
  metrics_.instances_warm.fetch_add(1, std::memory_order_relaxed);
}

void InstanceCache::erase(Shard& shard, std::unordered_map<InstanceId, Slot>::iterator slot) {
  if (slot->second.used != shard.used.end()) {
    shard.bytes -= slot->second.bytes;
    shard.used.erase(slot->second.used);
  }
  shard.slots.erase(slot);
  metrics_.instances_warm.fetch_sub(1, std::memory_order_relaxed);
}

void InstanceCache::remove(const InstancePtr& instance) {
  auto& s = shard(instance->id);
  std::lock_guard lock(s.mutex);
  auto found = s.slots.find(instance->id);
  if (found != s.slots.end() && found->second.instance == instance) erase(s, found);
}

void InstanceCache::touch(const InstancePtr& instance) {
  auto& s = shard(instance->id);
  std::lock_guard lock(s.mutex);
  auto found = s.slots.find(instance->id);
  if (found == s.slots.end() || found->second.instance != instance || found->second.used == s.used.end()) return;
  s.used.splice(s.used.begin(), s.used, found->second.used);
  const auto bytes = instance->bytes.load();
  s.bytes += bytes - found->second.bytes;
  found->second.bytes = bytes;
  found->second.touched = clock_.now();
  shrink(s);
}

void InstanceCache::shrink(Shard& shard) {
  // Busy ones are passed over; a bound on the looks keeps this short when all are busy.
  auto oldest = shard.used.end();
  for (int looks = 0; looks < 8 && oldest != shard.used.begin(); ++looks) {
    if (shard.used.size() <= max_per_shard_ && shard.bytes <= max_bytes_per_shard_) return;
    const auto id = *--oldest;
    const auto next = std::next(oldest);
    if (try_evict(shard, id)) oldest = next;
  }
}

void InstanceCache::cool(TimePoint since) {
  for (auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    for (auto oldest = s.used.end(); oldest != s.used.begin();) {
      const auto id = *--oldest;
      if (s.slots.find(id)->second.touched > since) break;
      const auto next = std::next(oldest);
      if (try_evict(s, id)) oldest = next;
    }
  }
}

bool InstanceCache::try_evict(Shard& shard, InstanceId id) {
  auto slot = shard.slots.find(id);
  auto instance = slot->second.instance;
  std::unique_lock lock(instance->mutex, std::try_to_lock);
  if (!lock || instance->busy || !instance->queue.empty() || instance->parked_any) return false;
  instance->dropped = true;
  on_evicted_(*instance);
  erase(shard, slot);
  metrics_.instance_evictions.fetch_add(1, std::memory_order_relaxed);
  return true;
}

std::vector<InstancePtr> InstanceCache::all() const {
  std::vector<InstancePtr> all;
  for (const auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    for (const auto& [id, slot] : s.slots) all.push_back(slot.instance);
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a->id < b->id; });
  return all;
}

std::size_t InstanceCache::size() const {
  std::size_t count = 0;
  for (const auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    count += s.slots.size();
  }
  return count;
}

}  // namespace echoflow::runtime
