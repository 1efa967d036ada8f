#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/ports/store.hpp"

namespace echoflow::runtime {

/// What operators can see of instances of in-memory processes: all that run and the last that ended.
class Shelf {
 public:
  explicit Shelf(std::size_t keep_ended) : keep_ended_(keep_ended) {}

  void record(engine::Turn& turn);
  void remove_process(std::int64_t process);
  /// One that was lost.
  void remove(InstanceId id);
  std::optional<engine::InstanceRow> instance(InstanceId id) const;
  std::vector<engine::JournalRow> journal(InstanceId id, std::uint64_t after_seq, std::uint32_t limit) const;
  /// Matching rows, newest first; `key_processes` are the versions of the filter's process key.
  std::vector<engine::InstanceRow> instances(const engine::InstanceFilter& filter,
                                             const std::vector<std::int64_t>& key_processes) const;
  std::vector<engine::IncidentRow> incidents() const;
  std::size_t running() const;
  std::size_t running_of(std::int64_t process) const;

 private:
  struct Kept {
    engine::InstanceRow row;
    std::vector<engine::JournalRow> journal;
    std::vector<engine::IncidentRow> incidents;
  };
  void forget_oldest();
  const std::size_t keep_ended_;
  mutable std::mutex mutex_;
  std::map<InstanceId, Kept> kept_;
  std::deque<InstanceId> ended_;
  std::size_t running_ = 0;
};

/// True for running and suspended.
bool is_live(engine::InstanceStatus status);

}  // namespace echoflow::runtime
