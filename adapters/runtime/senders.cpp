#include "adapters/runtime/senders.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/runtime/message_codec.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::runtime {
namespace {

constexpr std::size_t max_known = 10'000;
/// A one-way invoke is over for its process when it is in the outbox, so no process can deal with a failure: it is
/// tried more often than asked for before it is given up.
constexpr std::uint32_t one_way_retries = 5;
constexpr std::uint32_t longest_delay_ms = 3'600'000;
/// The next attempt of a call whose answer comes by itself.
constexpr TimePoint never{INT64_MAX};
constexpr std::string_view fault_namespace = "urn:echoflow:faults:1.0";

/// {urn:echoflow:faults:1.0}partnerUnreachable, partnerTimeout or partnerAnswerInvalid: what a process can catch when a
/// partner gave no usable answer.
Fault partner_fault(const TransportFailure& failure) {
  std::string local;
  switch (failure.kind) {
    case TransportFailure::Kind::unreachable:
      local = "partnerUnreachable";
      break;
    case TransportFailure::Kind::timeout:
      local = "partnerTimeout";
      break;
    case TransportFailure::Kind::invalid_answer:
      local = "partnerAnswerInvalid";
      break;
  }
  return {{std::string(fault_namespace), std::move(local)}, {}, {}, failure.detail};
}

std::uint32_t delay_before(unsigned attempts, std::uint32_t first_ms) {
  std::uint64_t delay = first_ms;
  for (unsigned i = 1; i < attempts && delay < longest_delay_ms; ++i) delay *= 2;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(delay, longest_delay_ms));
}

/// What an activity calls.
struct Called {
  const program::PartnerLinkDecl& link;
  const program::WireOperation* wire;
  QName port_type;
  std::string operation;
};

Called called_by(const program::Program& program, program::NodeId node) {
  const auto& operation = program.called_operation(node);
  return {program.partner_links[operation.partner_link],
          program.wire_operation(operation.port_type, operation.operation), operation.port_type, operation.operation};
}

/// The services that come with the server need no address: their port types are their own.
std::string built_in_address(const QName& port_type) {
  if (port_type.ns != ns::cx) return {};
  return port_type.ns + "#" + port_type.local;
}

}  // namespace

Senders::Senders(engine::Store& store, PartnerClient& client, Deployments& deployments, Timers& timers, Clock& clock,
                 Metrics& metrics, unsigned max_threads)
    : store_(store),
      client_(client),
      deployments_(deployments),
      timers_(timers),
      clock_(clock),
      metrics_(metrics),
      max_threads_(std::max(max_threads, 1u)) {}

void Senders::start(OnResult on_result) {
  {
    std::lock_guard lock(mutex_);
    on_result_ = std::move(on_result);
    stopping_ = false;
  }
  reload();
}

void Senders::stop() {
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  more_.notify_all();
  for (auto& thread : threads) thread.join();
}

void Senders::add(PartnerSend send) {
  std::unique_lock lock(mutex_);
  if (stopping_) return;
  if (send.stored && known_.size() >= max_known) {
    more_in_store_ = true;
    return;
  }
  if (known_.insert({send.instance, send.activity}).second) enqueue(lock, std::move(send));
}

void Senders::enqueue(std::unique_lock<std::mutex>&, PartnerSend send) {
  queue_.push_back(std::move(send));
  if (idle_ == 0 && threads_.size() < max_threads_) threads_.emplace_back([this] { work(); });
  more_.notify_one();
}

void Senders::finished(InstanceId instance, ActivityId activity) {
  std::lock_guard lock(mutex_);
  known_.erase({instance, activity});
}

void Senders::abandoned(InstanceId instance, ActivityId activity) {
  finished(instance, activity);
  client_.abandoned(instance, activity);
}

void Senders::reload() {
  {
    std::lock_guard lock(mutex_);
    more_in_store_ = true;
  }
  scan();
}

void Senders::scan() {
  std::size_t limit = 0;
  {
    std::lock_guard lock(mutex_);
    if (!more_in_store_ || stopping_) return;
    more_in_store_ = false;
    limit = max_known / 2 + known_.size();
  }
  auto rows = store_.due_outbox(TimePoint{never.micros - 1}, static_cast<std::uint32_t>(limit));
  std::unique_lock lock(mutex_);
  if (!rows || rows->size() >= limit) more_in_store_ = true;
  if (!rows) return timers_.at({clock_.now().micros + 5'000'000}, [this] { scan(); });
  for (auto& row : *rows) {
    if (stopping_ || !known_.insert({row.instance, row.activity}).second) continue;
    PartnerSend send{row.instance, row.activity, row.node, std::move(row.address), {},
                     row.one_way,  row.attempts, nullptr,  std::move(row.body),    true};
    if (row.next_attempt <= clock_.now()) {
      enqueue(lock, std::move(send));
    } else {
      timers_.at(row.next_attempt, [this, send = std::move(send)]() mutable {
        std::unique_lock inner(mutex_);
        if (!stopping_) enqueue(inner, std::move(send));
      });
    }
  }
}

void Senders::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (queue_.empty() && more_in_store_ && known_.size() < max_known / 2 && !stopping_) {
      lock.unlock();
      scan();
      lock.lock();
    }
    ++idle_;
    more_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (stopping_) return;
    auto send = std::move(queue_.front());
    queue_.pop_front();
    ++attempting_;
    lock.unlock();
    if (wanted(send)) attempt(std::move(send));
    lock.lock();
    --attempting_;
  }
}

std::size_t Senders::under_way() const {
  std::lock_guard lock(mutex_);
  return queue_.size() + attempting_;
}

bool Senders::wanted(const PartnerSend& send) {
  std::lock_guard lock(mutex_);
  return known_.contains({send.instance, send.activity});
}

Outcome<void> Senders::resolve(PartnerSend& send) {
  if (send.version) return {};
  auto row = store_.instance(send.instance);
  if (!row || !*row) return fail(Failure{FailureKind::unavailable, "unavailable", "the instance cannot be read"});
  auto version = deployments_.version((*row)->process);
  if (!version) return fail(version.error());
  auto message = decode_message(send.body);
  if (!message) return fail(Failure{FailureKind::internal, "damaged", message.error().message});
  send.version = std::move(*version);
  send.message = std::move(*message);
  send.body.clear();
  return {};
}

void Senders::attempt(PartnerSend send) {
  if (auto resolved = resolve(send); !resolved) {
    spdlog::warn("the call of activity {} of instance {} waits: {}", send.activity, send.instance,
                 resolved.error().message);
    return postpone(std::move(send), 5'000);
  }
  const auto& program = *send.version->program;
  const auto called = called_by(program, send.node);
  const auto& link = called.link;
  if (send.address.empty()) send.address = built_in_address(called.port_type);
  if (send.address.empty() && send.one_way)
    return give_up(
        send, {TransportFailure::Kind::unreachable, "the partner link " + link.name + " has no address", false}, false);
  if (send.address.empty()) {
    auto fault = standard_fault("uninitializedPartnerRole", "the partner link " + link.name + " has no address");
    return on_result_(send.instance, send.activity, engine::FailInvoke{send.activity, std::move(fault), false});
  }
  if (!called.wire) {
    TransportFailure unknown{TransportFailure::Kind::unreachable,
                             "the WSDL does not say how to call " + called.operation, false};
    return give_up(send, unknown, link.settings.incident_on_failure);
  }
  ++send.attempts;
  metrics_.partner_calls.fetch_add(1, std::memory_order_relaxed);
  if (send.attempts > 1) metrics_.partner_retries.fetch_add(1, std::memory_order_relaxed);
  const auto key = std::to_string(send.instance) + "-" + std::to_string(send.activity);
  auto answer = client_.call({program, link, *called.wire, send.address, send.message, send.one_way, send.instance, key,
                              send.activity, send.node});
  const auto* failure = std::get_if<TransportFailure>(&answer);
  const auto retries = send.one_way ? std::max(one_way_retries, link.settings.retry_times) : link.settings.retry_times;
  if (failure && failure->retry && send.attempts <= retries)
    return postpone(std::move(send), delay_before(send.attempts, link.settings.retry_delay_ms));
  if (failure) return give_up(send, *failure, link.settings.incident_on_failure);
  if (send.one_way) return forget(send);
  if (std::holds_alternative<Deferred>(answer)) return park(send);
  if (auto* message = std::get_if<Message>(&answer))
    return on_result_(send.instance, send.activity, engine::CompleteInvoke{send.activity, std::move(*message)});
  on_result_(send.instance, send.activity,
             engine::FailInvoke{send.activity, std::move(std::get<Fault>(answer)), false});
}

void Senders::postpone(PartnerSend send, std::uint32_t delay_ms) {
  const TimePoint next{clock_.now().micros + std::int64_t{1'000} * delay_ms};
  // When this cannot be written the call is only made earlier after a restart, under the same key.
  if (send.stored) static_cast<void>(store_.postpone_outbox(send.instance, send.activity, send.attempts, next));
  timers_.at(next, [this, send = std::move(send)]() mutable {
    std::unique_lock lock(mutex_);
    if (!stopping_) enqueue(lock, std::move(send));
  });
}

void Senders::park(const PartnerSend& send) {
  // When this cannot be written the call is made once more after a restart, under the same key.
  if (send.stored) static_cast<void>(store_.postpone_outbox(send.instance, send.activity, send.attempts, never));
  finished(send.instance, send.activity);
}

void Senders::give_up(const PartnerSend& send, const TransportFailure& failure, bool incident) {
  metrics_.partner_failures.fetch_add(1, std::memory_order_relaxed);
  if (!send.one_way)
    return on_result_(send.instance, send.activity,
                      engine::FailInvoke{send.activity, partner_fault(failure), incident});
  spdlog::error("the one-way message of activity {} of instance {} to {} was given up after {} attempts: {}",
                send.activity, send.instance, send.address, send.attempts, failure.detail);
  forget(send);
}

/// A one-way call is over: no turn takes it out of the outbox.
void Senders::forget(const PartnerSend& send) {
  // When this cannot be written the call is made once more after a restart, under the same key.
  if (send.stored) static_cast<void>(store_.finish_outbox(send.instance, send.activity));
  finished(send.instance, send.activity);
}

}  // namespace echoflow::runtime
