#include "adapters/runtime/exchanges.hpp"

#include <algorithm>

namespace echoflow::runtime {

bool Exchanges::open(ExchangeId ticket, CallerPtr caller, TimePoint deadline, const std::string& request_key) {
  if (request_key.empty()) {
    insert(ticket, {{std::move(caller)}, deadline, {}, 0, {}});
    return true;
  }
  std::lock_guard lock(requests_mutex_);
  auto [request, added] = requests_.try_emplace(request_key, ticket);
  if (!added && join(request->second, caller)) return false;
  request->second = ticket;
  insert(ticket, {{std::move(caller)}, deadline, {}, 0, request_key});
  return true;
}

void Exchanges::insert(ExchangeId ticket, Waiting waiting) {
  auto& s = shard(ticket);
  std::lock_guard lock(s.mutex);
  auto [at, added] = s.waiting.try_emplace(ticket, std::move(waiting));
  if (added)
    metrics_.callers_waiting.fetch_add(1, std::memory_order_relaxed);
  else
    at->second.callers.insert(at->second.callers.end(), waiting.callers.begin(), waiting.callers.end());
}

bool Exchanges::join(ExchangeId ticket, const CallerPtr& caller) {
  auto& s = shard(ticket);
  std::lock_guard lock(s.mutex);
  auto found = s.waiting.find(ticket);
  if (found == s.waiting.end()) return false;
  found->second.callers.push_back(caller);
  return true;
}

std::optional<Exchanges::Waiting> Exchanges::extract(ExchangeId ticket) {
  auto& s = shard(ticket);
  std::lock_guard lock(s.mutex);
  auto found = s.waiting.extract(ticket);
  if (!found) return std::nullopt;
  metrics_.callers_waiting.fetch_sub(1, std::memory_order_relaxed);
  return std::move(found.mapped());
}

void Exchanges::forward(ExchangeId ticket, ExchangeId exchange, InstanceId instance) {
  std::lock_guard lock(requests_mutex_);
  auto waiting = extract(ticket);
  if (!waiting) return;
  waiting->instance = instance;
  requests_[waiting->request_key] = exchange;
  insert(exchange, std::move(*waiting));
}

void Exchanges::taken(ExchangeId ticket, InstanceId instance) {
  auto& s = shard(ticket);
  std::lock_guard lock(s.mutex);
  auto found = s.waiting.find(ticket);
  if (found == s.waiting.end()) return;
  found->second.instance = instance;
  found->second.held_until.reset();
}

void Exchanges::held(ExchangeId ticket, TimePoint deadline) {
  auto& s = shard(ticket);
  std::lock_guard lock(s.mutex);
  if (auto found = s.waiting.find(ticket); found != s.waiting.end()) found->second.held_until = deadline;
}

bool Exchanges::close(ExchangeId ticket, const Answer& answer) {
  auto closed = extract(ticket);
  if (!closed) return false;
  if (!closed->request_key.empty()) {
    std::lock_guard lock(requests_mutex_);
    auto found = requests_.find(closed->request_key);
    if (found != requests_.end() && found->second == ticket) requests_.erase(found);
  }
  for (auto& caller : closed->callers) caller->answer(answer);
  return true;
}

std::vector<Exchanges::Expired> Exchanges::expired(TimePoint now) const {
  std::vector<Expired> late;
  for (const auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    for (const auto& [ticket, waiting] : s.waiting) {
      const bool held = waiting.held_until.has_value();
      if (waiting.deadline <= now || (held && *waiting.held_until <= now))
        late.push_back({ticket, waiting.instance, held});
    }
  }
  std::sort(late.begin(), late.end(), [](const Expired& a, const Expired& b) { return a.ticket < b.ticket; });
  return late;
}

std::vector<ExchangeId> Exchanges::all() const {
  std::vector<ExchangeId> tickets;
  for (const auto& s : shards_) {
    std::lock_guard lock(s.mutex);
    for (const auto& [ticket, waiting] : s.waiting) tickets.push_back(ticket);
  }
  std::sort(tickets.begin(), tickets.end());
  return tickets;
}

}  // namespace echoflow::runtime
