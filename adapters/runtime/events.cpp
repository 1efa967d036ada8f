#include "adapters/runtime/events.hpp"

namespace echoflow::runtime {

std::string_view to_string(EventType type) {
  switch (type) {
    case EventType::instance_started:
      return "instance-started";
    case EventType::instance_progressed:
      return "instance-progressed";
    case EventType::instance_suspended:
      return "instance-suspended";
    case EventType::instance_resumed:
      return "instance-resumed";
    case EventType::instance_completed:
      return "instance-completed";
    case EventType::instance_faulted:
      return "instance-faulted";
    case EventType::instance_terminated:
      return "instance-terminated";
    case EventType::incident_raised:
      return "incident-raised";
    case EventType::incident_resolved:
      return "incident-resolved";
    case EventType::deployed:
      return "deployed";
    case EventType::undeployed:
      return "undeployed";
    case EventType::unavailable:
      return "unavailable";
    case EventType::recovered:
      return "recovered";
    case EventType::kpi_crossed:
      return "kpi-crossed";
  }
  return "";
}

void EventFeed::publish(FeedEvent event) {
  bool wake = false;
  {
    std::lock_guard lock(mutex_);
    event.id = ++last_;
    ring_.push_back(event);
    if (ring_.size() > capacity_) ring_.pop_front();
    wake = waiting_ > 0;
  }
  if (wake) more_.notify_all();
}

std::vector<FeedEvent> EventFeed::next(std::int64_t after, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  more_.wait_for(lock, timeout, [&] { return closed_ || last_ > after; });
  --waiting_;
  if (closed_ || last_ <= after) return {};
  auto first = ring_.begin();
  if (auto oldest = last_ - static_cast<std::int64_t>(ring_.size()); after > oldest) first += after - oldest;
  return {first, ring_.end()};
}

std::int64_t EventFeed::last_id() const {
  std::lock_guard lock(mutex_);
  return last_;
}

void EventFeed::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  more_.notify_all();
}

bool EventFeed::closed() const {
  std::lock_guard lock(mutex_);
  return closed_;
}

}  // namespace echoflow::runtime
