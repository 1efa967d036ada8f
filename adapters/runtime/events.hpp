#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/time.hpp"
#include "models/messages/message.hpp"

namespace echoflow::runtime {

enum class EventType : std::uint8_t {
  instance_started,
  instance_progressed,
  instance_suspended,
  instance_resumed,
  instance_completed,
  instance_faulted,
  instance_terminated,
  incident_raised,
  incident_resolved,
  deployed,
  undeployed,
  unavailable,
  recovered,
  kpi_crossed,
};
std::string_view to_string(EventType type);  ///< "instance-started", …

struct FeedEvent {
  std::int64_t id = 0;  ///< counts from 1 since the start of the server
  TimePoint at;
  EventType type = EventType::instance_progressed;
  InstanceId instance = 0;
  std::int64_t process = 0;           ///< process-definition id; for deployed/undeployed: the deployment's id
  ActivityId activity = 0;            ///< of an incident
  std::string subject, group, level;  ///< of a KPI: "<name>" or "<process key> <name>", its group, its level now
};

/// What happens in the server, for server-sent events: the last events in a ring, and a way to wait for more.
class EventFeed {
 public:
  explicit EventFeed(std::size_t capacity = 4096) : capacity_(capacity) {}
  /// Gives the event its id and wakes those who wait.
  void publish(FeedEvent event);
  /// Events after `after` that are still in the ring; waits up to `timeout` for the first. Empty on time-out or close.
  std::vector<FeedEvent> next(std::int64_t after, std::chrono::milliseconds timeout);
  std::int64_t last_id() const;
  /// Wakes everybody for good, when the server stops.
  void close();
  bool closed() const;

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::deque<FeedEvent> ring_;
  std::int64_t last_ = 0;
  std::size_t waiting_ = 0;
  bool closed_ = false;
};

}  // namespace echoflow::runtime
