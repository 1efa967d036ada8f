#pragma once
#include <map>
#include <set>
#include <vector>

#include "engine/cx/feedback/alert_record.hpp"
#include "engine/cx/warning/monitor.hpp"
#include "engine/ports/cx_store.hpp"
#include "models/cx/feedback.hpp"

namespace echoflow::intake {

/// The early-warning monitor with its state in the database. What it says is written together with the state that has
/// said it: it is never said twice, and nothing is forgotten. Not thread-safe.
class Watch {
 public:
  Watch(engine::Store& store, warning::Options options)
      : store_(store), options_(std::move(options)), monitor_(options_) {}

  /// Restores the state and counts what came after it was saved.
  Result<void, engine::StoreError> start(TimePoint now);
  /// Counts a piece of feedback that is understood; each once, in the order of their ids.
  void add(const cx::Feedback& said);
  void advance(TimePoint now);
  /// Writes new alerts and the state; without alerts only where something has changed and a minute has gone by.
  Result<void, engine::StoreError> save(TimePoint now, bool at_once);
  /// Alerts that are durable and that no process has been told of yet.
  std::vector<AlertRecord>& untold() { return untold_; }
  std::int64_t counted_until() const { return counted_until_; }
  std::uint64_t alerts() const { return alerts_; }

 private:
  Result<void, engine::StoreError> recount();
  void take(std::vector<cx::Alert> alerts);
  engine::DocumentRow state() const;

  engine::Store& store_;
  const warning::Options options_;
  warning::Monitor monitor_;
  std::uint64_t first_episode_ = 0;  ///< added to the monitor's numbers, which begin anew when its state is lost
  std::int64_t counted_until_ = 0;
  std::map<std::uint64_t, std::uint32_t> changes_;  ///< of the episodes that go on
  std::vector<AlertRecord> fresh_, untold_;
  std::uint64_t alerts_ = 0;
  std::int64_t stream_ = 0;  ///< in which the saving of the state is journalled
  std::uint64_t seq_ = 0;
  TimePoint saved_at_;
  bool changed_ = false;
};

}  // namespace echoflow::intake
