#include "adapters/cx/kpis/teller.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "adapters/cx/kpis/threshold_message.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::cx_kpis {

namespace {

constexpr std::chrono::milliseconds first_pause{100}, longest_pause{5'000};
/// A busy receiver takes it later; it is offered again under the same key.
constexpr std::chrono::milliseconds patience{10'000};

struct Listener {
  std::string process_key, partner_link;
  friend auto operator<=>(const Listener&, const Listener&) = default;
};

std::set<Listener> listeners(const runtime::Directory& directory) {
  std::set<Listener> found;
  for (const auto& [key, versions] : directory.versions)
    if (const auto newest = directory.newest(key); newest)
      for (const auto& endpoint : newest->endpoints)
        if (endpoint.port_type.ns == ns::cx && endpoint.port_type.local == "ThresholdListener")
          found.insert({key, endpoint.partner_link});
  return found;
}

}  // namespace

void Teller::start() {
  stopping_ = false;
  thread_ = std::thread([this] { work(); });
}

void Teller::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  more_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Teller::add(const kpis::Crossings& crossings) {
  std::lock_guard lock(mutex_);
  untold_.insert(untold_.end(), crossings.begin(), crossings.end());
  more_.notify_all();
}

kpis::Crossings Teller::untold() const {
  std::lock_guard lock(mutex_);
  return {untold_.begin(), untold_.end()};
}

std::uint64_t Teller::told() const {
  std::lock_guard lock(mutex_);
  return told_;
}

void Teller::work() {
  auto pause = first_pause;
  std::unique_lock lock(mutex_);
  while (true) {
    more_.wait(lock, [this] { return stopping_ || !untold_.empty(); });
    if (stopping_) return;
    const auto next = untold_.front();
    lock.unlock();
    const bool done = tell(next);
    lock.lock();
    if (done) {
      untold_.pop_front();
      ++told_;
      pause = first_pause;
    } else {
      more_.wait_for(lock, pause, [this] { return stopping_; });
      pause = std::min(2 * pause, longest_pause);
    }
  }
}

/// False: somebody could not take it now.
bool Teller::tell(const kpis::Crossing& crossing) {
  bool all = true;
  for (const auto& listener : listeners(*runtime_.directory())) {
    runtime::Delivery delivery;
    delivery.process_key = listener.process_key;
    delivery.partner_link = listener.partner_link;
    delivery.operation = "onThreshold";
    delivery.message = threshold_message(crossing);
    delivery.request_key = threshold_key(crossing);
    delivery.want_reply = false;
    delivery.timeout = patience;
    delivery.hold = false;  // who does not wait for it now does not want it later
    const auto answer = runtime_.deliver_and_wait(std::move(delivery));
    const auto* failure = std::get_if<runtime::Failure>(&answer);
    if (!failure) continue;
    if (failure->kind == runtime::FailureKind::unavailable || failure->kind == runtime::FailureKind::timeout ||
        failure->kind == runtime::FailureKind::limit) {
      all = false;
    } else if (failure->code != "not-taken") {
      spdlog::warn("{} did not take what crossed in the KPI {}: {}", listener.process_key, crossing.kpi,
                   failure->message);
    }
  }
  return all;
}

}  // namespace echoflow::cx_kpis
