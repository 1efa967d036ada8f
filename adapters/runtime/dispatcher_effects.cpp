#include <algorithm>

#include "adapters/runtime/dispatcher.hpp"
#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/router.hpp"
#include "models/base/micros.hpp"
#include "models/instances/instance_state.hpp"

/// What happens after a turn: refused, failed, or committed.
namespace echoflow::runtime {
namespace {

constexpr std::int64_t minute = 60 * second_micros;

EventType event_of(const engine::Batch& batch, const Job& job, bool is_new) {
  switch (batch.status) {
    case engine::InstanceStatus::suspended:
      return EventType::instance_suspended;
    case engine::InstanceStatus::completed:
      return EventType::instance_completed;
    case engine::InstanceStatus::faulted:
      return EventType::instance_faulted;
    case engine::InstanceStatus::terminated:
      return EventType::instance_terminated;
    case engine::InstanceStatus::running:
      break;
  }
  if (std::holds_alternative<engine::Resume>(job.command)) return EventType::instance_resumed;
  return is_new ? EventType::instance_started : EventType::instance_progressed;
}

void count_end(Metrics& metrics, engine::InstanceStatus status) {
  switch (status) {
    case engine::InstanceStatus::completed:
      metrics.instances_completed.fetch_add(1);
      break;
    case engine::InstanceStatus::faulted:
      metrics.instances_faulted.fetch_add(1);
      break;
    case engine::InstanceStatus::terminated:
      metrics.instances_terminated.fetch_add(1);
      break;
    case engine::InstanceStatus::running:
    case engine::InstanceStatus::suspended:
      break;
  }
}

}  // namespace

// --- refused ---------------------------------------------------------------------------------------------------------

void Dispatcher::refuse(Instance& instance, Job job, const engine::Refusal& refusal) {
  host_.metrics.turns_refused.fetch_add(1, std::memory_order_relaxed);
  open_gates(job);
  if (job.inbound) return refuse_message(job, refusal);
  if (job.done) {
    if (job.call && refusal.code != "suspended") forget_call(instance, *job.call);
    return job.done(fail(refusal_failure(refusal)));
  }
  if (refusal.code == "suspended") return park(instance, std::move(job));
  if (auto* timer = std::get_if<engine::FireTimer>(&job.command))
    return host_.timers.finished(instance.id, timer->timer);
  if (job.call) forget_call(instance, *job.call);
}

/// The instance has ended, or does not wait for this answer: no turn will take the call out of the outbox.
void Dispatcher::forget_call(const Instance& instance, ActivityId call) {
  if (!instance.in_memory) static_cast<void>(host_.store.finish_outbox(instance.id, call));
  host_.senders.finished(instance.id, call);
}

void Dispatcher::refuse_message(Job& job, const engine::Refusal& refusal) {
  auto inbound = std::move(job.inbound);
  if (auto* start = std::get_if<engine::StartInstance>(&job.command)) {
    inbound->message = std::move(start->message);
    return host_.router->fail(inbound, refusal_failure(refusal));
  }
  inbound->message = std::move(std::get<engine::DeliverMessage>(job.command).message);
  if (refusal.code == "suspended") return host_.router->hold_for_suspended(inbound);
  host_.later([this, inbound] { host_.router->route(inbound, Drive::worker); });
}

void Dispatcher::park(Instance& instance, Job job) {
  if (auto* timer = std::get_if<engine::FireTimer>(&job.command)) host_.timers.parked(instance.id, timer->timer);
  instance.parked.push_back(std::move(job));
  std::lock_guard lock(instance.mutex);
  instance.parked_any = true;
}

// --- failed ----------------------------------------------------------------------------------------------------------

void Dispatcher::fail_job(InstanceId id, Job job, const Failure& why) {
  open_gates(job);
  if (job.inbound) return host_.router->fail(job.inbound, why);
  if (job.done) return job.done(fail(why));
  if (id != 0) try_again_later(id, std::move(job), why);
}

/// Of a timer and of a partner's answer nobody else would remind the instance.
void Dispatcher::try_again_later(InstanceId id, Job job, const Failure& why) {
  const bool may_pass_soon = why.kind != FailureKind::internal;
  const TimePoint later{host_.clock.now().micros + (may_pass_soon ? second_micros : minute)};
  if (auto* timer = std::get_if<engine::FireTimer>(&job.command)) {
    // It stands in the store still, and is read again after an outage.
    if (host_.committer.ready()) host_.timers.postponed(id, timer->timer, later);
    return;
  }
  {
    std::lock_guard lock(deferred_mutex_);
    deferred_.emplace_back(id, std::move(job));
  }
  // Looked at only now: an outage that ends before this finds the job, and one that ends later delivers it.
  if (host_.committer.ready()) host_.timers.at(later, [this] { deliver_deferred(); });
}

void Dispatcher::deliver_deferred() {
  std::vector<std::pair<InstanceId, Job>> deferred;
  {
    std::lock_guard lock(deferred_mutex_);
    deferred.swap(deferred_);
  }
  for (auto& [id, job] : deferred) post(id, std::move(job), Drive::worker);
}

/// The instance's state is not to be trusted any more: its next command finds it as it is in the store.
void Dispatcher::give_up_turn(const InstancePtr& instance, Job job, const Failure& why) {
  std::list<Job> others;
  const bool stored = !instance->in_memory && instance->row.last_seq > 0;
  if (stored) {
    host_.cache.remove(instance);
    std::lock_guard lock(instance->mutex);
    others.swap(instance->queue);
    others.splice(others.end(), std::list<Job>(std::make_move_iterator(instance->parked.begin()),
                                               std::make_move_iterator(instance->parked.end())));
    instance->parked.clear();
    instance->dropped = true;
    for (const auto& shown : instance->shown) shown.port->close(shown.key, shown.waiting);
    instance->shown.clear();
  }
  fail_job(instance->id, std::move(job), why);
  if (!stored) {
    if (instance->in_memory) host_.shelf.remove(instance->id);
    return drop(instance, why);
  }
  host_.metrics.instances_busy.fetch_sub(1, std::memory_order_relaxed);
  for (auto& other : others) post(instance->id, std::move(other), Drive::worker);
}

void Dispatcher::on_failed(PendingTurn& turn, const Failure& why) {
  fail_job(turn.instance->id, std::move(turn.job), why);
  drop(turn.instance, why);
}

/// The instance leaves the memory: what its state was is in the store.
void Dispatcher::drop(const InstancePtr& instance, const Failure& why) {
  host_.cache.remove(instance);
  std::list<Job> queue;
  std::vector<Job> parked;
  bool was_busy = false;
  {
    std::lock_guard lock(instance->mutex);
    if (instance->dropped) return;
    instance->dropped = true;
    was_busy = instance->busy;
    queue.swap(instance->queue);
    parked.swap(instance->parked);
  }
  if (was_busy) host_.metrics.instances_busy.fetch_sub(1, std::memory_order_relaxed);
  for (const auto& shown : instance->shown) shown.port->close(shown.key, shown.waiting);
  instance->shown.clear();
  for (auto ticket : instance->exchanges) host_.exchanges.close(ticket, why);
  for (auto& job : queue) {
    if (why.kind == FailureKind::not_found)
      refuse(*instance, std::move(job), {"ended", why.message});
    else
      fail_job(instance->id, std::move(job), why);
  }
  for (auto& job : parked) fail_job(instance->id, std::move(job), why);
}

void Dispatcher::on_outage(const std::string&) {
  host_.feed.publish({0, host_.clock.now(), EventType::unavailable, 0, 0, 0});
}

void Dispatcher::on_recovered() {
  host_.feed.publish({0, host_.clock.now(), EventType::recovered, 0, 0, 0});
  host_.timers.reload();
  deliver_deferred();
  host_.later([this] { host_.senders.reload(); });
  host_.later([this] { host_.router->route_held(); });
}

// --- committed -------------------------------------------------------------------------------------------------------

void Dispatcher::on_committed(PendingTurn& turn) {
  auto instance = turn.instance;
  complete(turn);
  if (!is_live(turn.batch.status)) return;
  bool more = false;
  {
    std::lock_guard lock(instance->mutex);
    if (instance->dropped) return;
    more = !instance->queue.empty();
    instance->busy = more;
  }
  if (more) return host_.later([this, instance] { run(instance, INT32_MAX); });
  host_.metrics.instances_busy.fetch_sub(1, std::memory_order_relaxed);
  host_.cache.touch(instance);
}

void Dispatcher::complete(PendingTurn& pending) {
  answer(pending);
  send(pending);
  set_timers(pending);
  tell(pending);
  match_held(pending);
  if (std::holds_alternative<engine::Resume>(pending.job.command)) unpark(*pending.instance);
  if (pending.job.done) pending.job.done({});
  if (!is_live(pending.batch.status)) end(pending.instance);
}

void Dispatcher::answer(PendingTurn& pending) {
  auto& instance = *pending.instance;
  if (auto& inbound = pending.job.inbound) {
    if (inbound->held != 0) host_.router->consumed(*inbound);
    if (inbound->ticket != 0) host_.exchanges.taken(inbound->ticket, instance.id);
    if (!inbound->wants_reply) {
      if (inbound->ticket != 0) host_.exchanges.close(inbound->ticket, Accepted{instance.id, false});
      if (inbound->caller) inbound->caller->answer(Accepted{instance.id, false});
    }
  }
  for (auto& sent : pending.batch.replies) reply(instance, sent);
}

void Dispatcher::reply(Instance& instance, engine::ReplySent& reply) {
  std::erase(instance.exchanges, reply.exchange);
  if (reply.is_fault) {
    host_.metrics.faults_replied.fetch_add(1, std::memory_order_relaxed);
    host_.exchanges.close(reply.exchange, FaultReply{instance.id, std::move(reply.fault), std::move(reply.message)});
  } else {
    host_.metrics.replies.fetch_add(1, std::memory_order_relaxed);
    host_.exchanges.close(reply.exchange, Reply{instance.id, std::move(reply.message)});
  }
}

void Dispatcher::send(PendingTurn& pending) {
  const auto& instance = *pending.instance;
  if (pending.job.call) host_.senders.finished(instance.id, *pending.job.call);
  for (auto& invoke : pending.batch.invokes)
    host_.senders.add({instance.id,
                       invoke.activity,
                       invoke.node,
                       std::move(invoke.address),
                       std::move(invoke.message),
                       invoke.one_way,
                       0,
                       instance.version,
                       {},
                       !instance.in_memory});
  for (const auto& abandoned : pending.batch.invokes_abandoned) {
    host_.senders.finished(instance.id, abandoned.activity);
    host_.later([this, id = instance.id, activity = abandoned.activity] { host_.senders.abandoned(id, activity); });
  }
}

void Dispatcher::set_timers(const PendingTurn& pending) {
  const auto id = pending.instance->id;
  if (auto* fired = std::get_if<engine::FireTimer>(&pending.job.command)) host_.timers.finished(id, fired->timer);
  if (is_live(pending.batch.status))
    for (const auto& timer : pending.batch.timers_scheduled)
      host_.timers.scheduled(id, timer.timer, timer.due, !pending.instance->in_memory);
  for (const auto& timer : pending.batch.timers_cancelled) host_.timers.cancelled(id, timer.timer);
}

void Dispatcher::tell(const PendingTurn& pending) {
  const auto& instance = *pending.instance;
  const auto& batch = pending.batch;
  const auto now = instance.row.ended_at.value_or(host_.clock.now());
  const auto process = instance.row.process;
  const bool is_new = std::holds_alternative<engine::StartInstance>(pending.job.command);
  if (is_new) host_.metrics.instances_started.fetch_add(1, std::memory_order_relaxed);
  count_end(host_.metrics, batch.status);
  if (is_new && batch.status != engine::InstanceStatus::running)
    host_.feed.publish({0, instance.row.started_at, EventType::instance_started, instance.id, process, 0});
  host_.feed.publish({0, now, event_of(batch, pending.job, is_new), instance.id, process, 0});
  for (const auto& incident : batch.incidents_raised) {
    host_.metrics.incidents_raised.fetch_add(1, std::memory_order_relaxed);
    host_.feed.publish({0, now, EventType::incident_raised, instance.id, process, incident.activity});
  }
  for (const auto& incident : batch.incidents_resolved) {
    host_.metrics.incidents_resolved.fetch_add(1, std::memory_order_relaxed);
    host_.feed.publish({0, now, EventType::incident_resolved, instance.id, process, incident.activity});
  }
}

void Dispatcher::match_held(const PendingTurn& pending) {
  auto look = [&](Port& port, const std::string& key) {
    if (port.held_in_memory() == 0 && port.held_in_store.load() == 0) return;
    host_.later([this, &port, key] { host_.router->match(port, key); });
  };
  if (std::holds_alternative<engine::Resume>(pending.job.command)) {
    for (const auto& shown : pending.instance->shown) look(*shown.port, shown.key);
    return;
  }
  for (const auto& opened : pending.batch.subscriptions_opened)
    look(host_.ports.port(pending.instance->version->info->key, opened.partner_link, opened.operation), opened.key);
}

void Dispatcher::unpark(Instance& instance) {
  std::lock_guard lock(instance.mutex);
  for (auto& job : instance.parked) instance.queue.push_back(std::move(job));
  instance.parked.clear();
  instance.parked_any = false;
}

void Dispatcher::end(const InstancePtr& instance) {
  // WS-BPEL 2.0 §10.4: a request whose instance ends without a reply was left with bpel:missingReply.
  for (auto ticket : instance->exchanges)
    host_.exchanges.close(
        ticket, FaultReply{instance->id, standard_fault("missingReply", "the process ended without a reply"), {}});
  instance->exchanges.clear();
  drop(instance, not_found("ended", "the instance has ended"));
}

}  // namespace echoflow::runtime
