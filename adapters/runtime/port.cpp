#include "adapters/runtime/port.hpp"

#include <algorithm>

namespace echoflow::runtime {

void Port::open(const std::string& key, const Waiting& waiting) {
  std::lock_guard lock(mutex_);
  auto& all = waiting_[key];
  if (std::find(all.begin(), all.end(), waiting) == all.end()) all.push_back(waiting);
}

void Port::close(const std::string& key, const Waiting& waiting) {
  std::lock_guard lock(mutex_);
  auto found = waiting_.find(key);
  if (found == waiting_.end()) return;
  std::erase(found->second, waiting);
  if (found->second.empty()) waiting_.erase(found);
}

std::optional<Waiting> Port::first(const std::string& key) const {
  std::lock_guard lock(mutex_);
  auto found = waiting_.find(key);
  if (found == waiting_.end()) return std::nullopt;
  return *std::min_element(found->second.begin(), found->second.end(),
                           [](const Waiting& a, const Waiting& b) { return a.instance < b.instance; });
}

std::vector<Waiting> Port::all(const std::string& key) const {
  std::lock_guard lock(mutex_);
  auto found = waiting_.find(key);
  return found == waiting_.end() ? std::vector<Waiting>() : found->second;
}

bool Port::waits(const std::string& key, const Waiting& waiting) const {
  std::lock_guard lock(mutex_);
  auto found = waiting_.find(key);
  return found != waiting_.end() &&
         std::find(found->second.begin(), found->second.end(), waiting) != found->second.end();
}

void Port::hold(const InboundPtr& inbound, std::vector<std::string> keys) {
  std::lock_guard lock(mutex_);
  const auto order = ++last_held_;
  for (const auto& key : keys) held_keys_.emplace(key, order);
  held_.emplace(order, Held{inbound, std::move(keys)});
  held_count_.store(held_.size());
}

bool Port::take(const Inbound* inbound) {
  std::lock_guard lock(mutex_);
  auto found =
      std::find_if(held_.begin(), held_.end(), [&](const auto& h) { return h.second.inbound.get() == inbound; });
  if (found == held_.end()) return false;
  remove(found);
  return true;
}

InboundPtr Port::take_first(const std::string& key) {
  std::lock_guard lock(mutex_);
  auto found = held_keys_.lower_bound({key, 0});
  if (found == held_keys_.end() || found->first != key) return nullptr;
  return remove(held_.find(found->second));
}

std::vector<InboundPtr> Port::take_all() {
  std::lock_guard lock(mutex_);
  std::vector<InboundPtr> all;
  while (!held_.empty()) all.push_back(remove(held_.begin()));
  return all;
}

InboundPtr Port::remove(std::map<std::uint64_t, Held>::iterator held) {
  auto inbound = std::move(held->second.inbound);
  for (const auto& key : held->second.keys) held_keys_.erase({key, held->first});
  held_.erase(held);
  held_count_.store(held_.size());
  return inbound;
}

Port* Ports::find(const Line& line, const std::string& partner_link, const std::string& operation) {
  for (const auto& port : line.ports)
    if (port->operation == operation && port->partner_link == partner_link) return port.get();
  return nullptr;
}

Port& Ports::port(const std::string& process_key, const std::string& partner_link, const std::string& operation) {
  {
    std::shared_lock lock(mutex_);
    if (auto line = lines_.find(process_key); line != lines_.end())
      if (auto* port = find(line->second, partner_link, operation)) return *port;
  }
  std::unique_lock lock(mutex_);
  auto& line = lines_[process_key];
  if (auto* port = find(line, partner_link, operation)) return *port;
  return *line.ports.emplace_back(std::make_unique<Port>(process_key, partner_link, operation));
}

std::vector<Port*> Ports::of(const std::string& process_key) {
  std::shared_lock lock(mutex_);
  std::vector<Port*> ports;
  if (auto line = lines_.find(process_key); line != lines_.end())
    for (const auto& port : line->second.ports) ports.push_back(port.get());
  return ports;
}

}  // namespace echoflow::runtime
