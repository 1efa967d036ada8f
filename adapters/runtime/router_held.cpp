#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/message_codec.hpp"
#include "adapters/runtime/router.hpp"

/// Messages that arrive before anybody waits for them. One whose caller waits is held in memory and withdrawn after a
/// time; one that was acknowledged is held in the store. The order is always: first hold, then look for a receiver; and
/// on the other side first show the receiver, then look for held messages. So neither can miss the other.
namespace echoflow::runtime {
namespace {

constexpr std::size_t max_held_in_memory = 10'000;  // for one port
constexpr std::uint32_t held_page = 100;

InboundPtr from_row(const engine::HeldMessageRow& row) {
  auto message = decode_message(row.body);
  if (!message) return nullptr;
  auto inbound = std::make_shared<Inbound>();
  inbound->process_key = row.process_key;
  inbound->partner_link = row.partner_link;
  inbound->operation = row.operation;
  inbound->message = std::move(*message);
  inbound->exchange = row.exchange;
  inbound->held = row.id;
  inbound->admitted = true;
  inbound->wants_reply = false;
  for (const auto& key : row.keys)
    if (key.starts_with("request:")) inbound->request_key = key.substr(8);
  return inbound;
}

}  // namespace

void Router::hold(const InboundPtr& inbound, const Plan& plan, bool match_again) {
  const bool in_store = plan.durable && !inbound->wants_reply;
  if (in_store ? !hold_in_store(inbound, plan) : !hold_in_memory(inbound, plan)) return;
  if (!match_again) return;
  auto waiting = find(plan, inbound->only);
  if (!waiting || !*waiting) return;
  if (!in_store && !plan.port->take(inbound.get())) return;
  forget_held_caller(inbound->ticket);
  post(inbound, **waiting, Drive::worker);
}

void Router::forget_held_caller(ExchangeId ticket) {
  if (ticket == 0) return;
  std::lock_guard lock(mutex_);
  held_callers_.erase(ticket);
}

bool Router::hold_in_store(const InboundPtr& inbound, const Plan& plan) {
  if (inbound->held != 0) {
    release(*inbound);
    return true;
  }
  auto id = host_.ids.take();
  if (!id) {
    fail(inbound, store_failure(id.error()));
    return false;
  }
  engine::HeldMessageRow row{*id,       plan.port->process_key,           inbound->partner_link, inbound->operation,
                             plan.keys, encode_message(inbound->message), inbound->exchange,     host_.clock.now()};
  if (!inbound->request_key.empty()) row.keys.push_back("request:" + inbound->request_key);
  // Counted before, and also when it fails: where only the answer was lost, the row is there.
  plan.port->held_in_store.fetch_add(1);
  if (auto held = host_.store.hold_message(row); !held) {
    host_.committer.suspect();
    match_later(*plan.port, plan.keys);
    fail(inbound, store_failure(held.error()));
    return false;
  }
  host_.metrics.messages_held.fetch_add(1, std::memory_order_relaxed);
  inbound->held = *id;
  if (inbound->ticket != 0) host_.exchanges.close(inbound->ticket, Accepted{0, false});
  if (inbound->caller) inbound->caller->answer(Accepted{0, false});
  inbound->ticket = 0;
  inbound->caller = nullptr;
  return true;
}

bool Router::hold_in_memory(const InboundPtr& inbound, const Plan& plan) {
  if (plan.port->held_in_memory() >= max_held_in_memory) {
    fail(inbound, {FailureKind::limit, "held-messages", "too many messages wait for this operation; try again later"});
    return false;
  }
  host_.metrics.messages_held.fetch_add(1, std::memory_order_relaxed);
  if (inbound->wants_reply) {
    {
      std::lock_guard lock(mutex_);
      held_callers_[inbound->ticket] = {plan.port, inbound};
    }
    const TimePoint until{host_.clock.now().micros + std::chrono::microseconds(host_.options.hold_timeout).count()};
    host_.exchanges.held(inbound->ticket, std::min(until, inbound->deadline));
    plan.port->hold(inbound, plan.keys);
    return true;
  }
  if (inbound->ticket != 0) host_.exchanges.close(inbound->ticket, Accepted{0, false});
  if (auto caller = std::move(inbound->caller)) caller->answer(Accepted{0, false});
  inbound->ticket = 0;
  plan.port->hold(inbound, plan.keys);
  return true;
}

void Router::hold_for_suspended(const InboundPtr& inbound) {
  auto planned = plan(*inbound);
  if (!planned) return fail(inbound, planned.error());
  hold(inbound, *planned, false);
}

void Router::withdraw(ExchangeId ticket) {
  std::pair<Port*, InboundPtr> held{nullptr, nullptr};
  {
    std::lock_guard lock(mutex_);
    if (auto found = held_callers_.find(ticket); found != held_callers_.end()) held = found->second;
  }
  if (!held.first || !held.first->take(held.second.get())) return;
  forget_held_caller(ticket);
  host_.metrics.messages_refused.fetch_add(1, std::memory_order_relaxed);
  host_.exchanges.close(ticket, Failure{FailureKind::timeout, "nobody-waits",
                                        "no instance waited for operation " + held.second->operation +
                                            " with this content in time; the message was withdrawn"});
}

void Router::consumed(Inbound& inbound) {
  host_.ports.port(inbound.process_key, inbound.partner_link, inbound.operation).held_in_store.fetch_sub(1);
  release(inbound);
}

void Router::match(Port& port, const std::string& key) {
  if (port.held_in_store.load() > 0) match_stored(port, key);
  auto inbound = port.take_first(key);
  if (!inbound) return;
  forget_held_caller(inbound->ticket);
  route(inbound, Drive::worker);
}

void Router::match_stored(Port& port, const std::string& key) {
  auto rows = host_.store.held_messages(port.process_key, port.partner_link, port.operation, key, held_page);
  if (!rows) {
    host_.committer.suspect();
    return match_later(port, {key});
  }
  for (const auto& row : *rows) {
    auto inbound = from_row(row);
    if (!inbound || !claim(*inbound)) continue;
    return route(inbound, Drive::worker);
  }
}

/// The store could not be asked. After an outage all held messages are looked at.
void Router::match_later(Port& port, std::vector<std::string> keys) {
  host_.timers.at({host_.clock.now().micros + 1'000'000}, [this, &port, keys = std::move(keys)] {
    if (!host_.committer.ready()) return;
    host_.later([this, &port, keys] {
      for (const auto& key : keys) match(port, key);
    });
  });
}

Outcome<void> Router::load_held() {
  auto counts = host_.store.held_counts();
  if (!counts) return echoflow::fail(store_failure(counts.error()));
  for (const auto& count : *counts)
    host_.ports.port(count.process_key, count.partner_link, count.operation).held_in_store = count.count;
  if (!counts->empty()) host_.later([this] { route_held(); });
  return {};
}

void Router::forget_held(const std::string& process_key, const Failure& why) {
  for (auto* port : host_.ports.of(process_key)) {
    for (const auto& inbound : port->take_all()) {
      forget_held_caller(inbound->ticket);
      fail(inbound, why);
    }
  }
  std::int64_t after = 0;
  while (true) {
    auto rows = host_.store.held_after(after, held_page);
    if (!rows || rows->empty()) return;
    for (const auto& row : *rows) {
      after = row.id;
      if (row.process_key != process_key || !host_.store.drop_held(row.id)) continue;
      host_.ports.port(row.process_key, row.partner_link, row.operation).held_in_store.fetch_sub(1);
    }
  }
}

void Router::route_held() {
  std::int64_t after = 0;
  while (host_.running) {
    auto rows = host_.store.held_after(after, held_page);
    if (!rows || rows->empty()) return;
    for (const auto& row : *rows) {
      after = row.id;
      auto inbound = from_row(row);
      if (inbound && claim(*inbound)) route(inbound, Drive::worker);
    }
  }
}

}  // namespace echoflow::runtime
