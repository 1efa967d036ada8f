#include "adapters/runtime/dispatcher.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <exception>
#include <thread>

#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/message_codec.hpp"
#include "adapters/runtime/router.hpp"
#include "adapters/runtime/turn_rows.hpp"
#include "engine/core/engine.hpp"
#include "models/instances/instance_state.hpp"

namespace echoflow::runtime {
namespace {

constexpr int all_turns = INT32_MAX;

Failure undeployed() {
  return {FailureKind::conflict, "undeployed", "the process is being undeployed"};
}

/// What a journal row's fold failed with.
Failure unreadable(InstanceId id, const Error& error) {
  return {FailureKind::internal, "unreadable-instance",
          "instance " + std::to_string(id) + " cannot be read back: " + error.message};
}

Outcome<void> fold(Instance& instance, const engine::LoadedInstance& loaded) {
  const auto& program = *instance.version->program;
  instance.state = engine::new_state(program);
  if (loaded.snapshot) {
    auto state = engine::decode_snapshot(program, *loaded.snapshot);
    if (!state) return fail(unreadable(instance.id, state.error()));
    instance.state = std::move(*state);
  }
  for (const auto& row : loaded.journal) {
    if (auto done = engine::apply_journal(program, *instance.state, row.events, row.payload); !done)
      return fail(unreadable(instance.id, done.error()));
    instance.bytes += row.events.size() * 4 + row.payload.size() * 8;
  }
  if (loaded.snapshot) instance.bytes += loaded.snapshot->size() * 8;
  instance.turns_since_snapshot = loaded.journal.size();
  return {};
}

void hide(Instance& instance) {
  for (const auto& shown : instance.shown) shown.port->close(shown.key, shown.waiting);
  instance.shown.clear();
}

}  // namespace

void Dispatcher::post(InstanceId id, Job job, Drive drive) {
  while (!enqueue(host_.cache.find_or_add(id), job, drive)) {
  }
}

void Dispatcher::start(VersionPtr version, Job job, Drive drive) {
  auto id = host_.ids.take();
  if (!id) {
    host_.committer.suspect();
    return fail_job(0, std::move(job), store_failure(id.error()));
  }
  auto instance = std::make_shared<Instance>(*id);
  instance->in_memory = version->info->in_memory;
  instance->state = engine::new_state(*version->program);
  instance->row.id = *id;
  instance->row.process = version->info->id;
  instance->row.started_at = host_.clock.now();
  instance->row.business_key = job.inbound->business_key;
  instance->process = version->info->id;
  instance->version = std::move(version);
  instance->loaded = true;
  host_.cache.add(instance);
  enqueue(instance, job, drive);
}

void Dispatcher::fire_timer(InstanceId id, std::uint32_t timer) {
  host_.metrics.timers_fired.fetch_add(1, std::memory_order_relaxed);
  Job job;
  job.command = engine::FireTimer{timer};
  post(id, std::move(job), Drive::worker);
}

void Dispatcher::finish_call(InstanceId id, ActivityId activity, engine::Command command) {
  Job job;
  job.command = std::move(command);
  job.call = activity;
  post(id, std::move(job), Drive::worker);
}

bool Dispatcher::enqueue(const InstancePtr& instance, Job& job, Drive drive) {
  {
    std::lock_guard lock(instance->mutex);
    if (instance->dropped) return false;
    instance->queue.push_back(std::move(job));
    if (instance->busy) return true;
    instance->busy = true;
  }
  host_.metrics.instances_busy.fetch_add(1, std::memory_order_relaxed);
  if (drive == Drive::here)
    run(instance, 1);
  else
    host_.later([this, instance] { run(instance, all_turns); });
  return true;
}

void Dispatcher::run(const InstancePtr& instance, int turns) {
  for (; turns > 0; --turns) {
    Job job;
    {
      std::lock_guard lock(instance->mutex);
      if (instance->dropped) return;
      if (instance->queue.empty()) {
        instance->busy = false;
        break;
      }
      job = std::move(instance->queue.front());
      instance->queue.pop_front();
    }
    if (!run_one(instance, std::move(job))) return;
  }
  if (turns == 0) {
    std::unique_lock lock(instance->mutex);
    if (instance->dropped) return;
    instance->busy = !instance->queue.empty();
    const bool more = instance->busy;
    lock.unlock();
    if (more) return host_.later([this, instance] { run(instance, all_turns); });
  }
  host_.metrics.instances_busy.fetch_sub(1, std::memory_order_relaxed);
  host_.cache.touch(instance);
}

/// True when the instance can go on at once; false when it waits for its commit, or is gone.
bool Dispatcher::run_one(const InstancePtr& instance, Job job) {
  if (!instance->loaded) {
    if (auto problem = load(*instance)) {
      if (auto* refusal = std::get_if<engine::Refusal>(&*problem)) {
        refuse(*instance, std::move(job), *refusal);
        drop(instance, not_found("unknown-instance", "there is no such instance, or it has ended"));
      } else {
        const auto& failure = std::get<Failure>(*problem);
        fail_job(instance->id, std::move(job), failure);
        drop(instance, failure);
      }
      return false;
    }
  }
  if (is_closed(instance->row.process)) {
    fail_job(instance->id, std::move(job), undeployed());
    return true;
  }
  const auto now = host_.clock.now();
  auto ran = turn(*instance, job.command, now);
  if (!ran) {
    give_up_turn(instance, std::move(job), ran.error());
    return false;
  }
  auto& batch = *ran;
  if (!batch) {
    const bool nothing_started = instance->row.last_seq == 0;
    refuse(*instance, std::move(job), batch.error());
    if (nothing_started) drop(instance, not_found("unknown-instance", "the instance was not started"));
    return !nothing_started;
  }
  auto pending = record(instance, std::move(job), std::move(*batch), now);
  if (!instance->in_memory) {
    const bool thread_waits = pending->job.inbound && pending->job.inbound->thread_waits;
    host_.committer.submit(std::move(pending), thread_waits);
    return false;
  }
  host_.shelf.record(pending->turn);
  complete(*pending);
  return is_live(pending->batch.status);
}

/// A turn that ends with an exception (memory that is not there, or a defect) must cost nobody else anything.
Outcome<Result<engine::Batch, engine::Refusal>> Dispatcher::turn(Instance& instance, const engine::Command& command,
                                                                 TimePoint now) {
  try {
    if (host_.options.before_turn) host_.options.before_turn(instance.id);
    engine::TurnContext context{instance.id, now};
    if (const auto& kpi = host_.options.kpi)
      context.kpi = [&](std::string_view name, std::string_view group) {
        return kpi(instance.version->info->key, std::string(name), std::string(group));
      };
    return engine::run_turn(*instance.version->program, *instance.state, command, context);
  } catch (const std::exception& error) {
    spdlog::error("a turn of instance {} failed: {}", instance.id, error.what());
    return fail(Failure{FailureKind::internal, "failed-turn",
                        std::string("the turn failed and had no effect: ") + error.what()});
  }
}

std::optional<Dispatcher::LoadProblem> Dispatcher::load(Instance& instance) {
  auto loaded = host_.store.load(instance.id);
  if (!loaded) {
    host_.committer.suspect();
    return store_failure(loaded.error());
  }
  if (!*loaded || !is_live((*loaded)->row.status))
    return engine::Refusal{"ended", "instance " + std::to_string(instance.id) + " has ended or does not exist"};
  auto version = host_.deployments.version((*loaded)->row.process);
  if (!version) return version.error().kind == FailureKind::not_found ? undeployed() : version.error();
  instance.version = std::move(*version);
  instance.row = (*loaded)->row;
  instance.process = instance.row.process;
  try {
    if (auto folded = fold(instance, **loaded); !folded) return folded.error();
  } catch (const std::exception& error) {
    return unreadable(instance.id, Error{error.what()});
  }
  auto waiting = host_.store.subscriptions(instance.id);
  if (!waiting) return store_failure(waiting.error());
  for (const auto& row : *waiting) {
    auto& port = host_.ports.port(row.process_key, row.partner_link, row.operation);
    instance.shown.push_back({&port, row.key, {instance.id, row.activity, row.branch}});
    port.open(row.key, instance.shown.back().waiting);
  }
  instance.loaded = true;
  host_.metrics.instance_loads.fetch_add(1, std::memory_order_relaxed);
  return std::nullopt;
}

PendingTurnPtr Dispatcher::record(const InstancePtr& instance, Job job, engine::Batch batch, TimePoint now) {
  host_.metrics.turns.fetch_add(1, std::memory_order_relaxed);
  host_.metrics.activities.fetch_add(batch.activities, std::memory_order_relaxed);
  auto pending = std::make_unique<PendingTurn>();
  pending->instance = instance;
  instance->bytes += estimate_bytes(batch);
  pending->turn = make_turn(*instance, batch, now);
  pending->batch = std::move(batch);
  if (job.call) pending->turn.outbox_done.push_back(*job.call);
  if (!instance->in_memory) {
    keep_answers(job, *pending, now);
    if (++instance->turns_since_snapshot >= host_.options.snapshot_every && is_live(pending->batch.status)) {
      pending->turn.snapshot = engine::encode_snapshot(*instance->state);
      instance->turns_since_snapshot = 0;
      instance->bytes = 2048 + pending->turn.snapshot->size() * 8;
    }
  }
  if (job.inbound && job.inbound->ticket != 0 && job.inbound->wants_reply)
    instance->exchanges.push_back(job.inbound->ticket);
  show(*instance, pending->batch);
  open_gates(job);
  pending->job = std::move(job);
  return pending;
}

void Dispatcher::keep_answers(const Job& job, PendingTurn& pending, TimePoint now) {
  auto& turn = pending.turn;
  if (job.inbound) {
    if (job.inbound->held != 0) turn.held_consumed.push_back(job.inbound->held);
    if (!job.inbound->request_key.empty())
      turn.replies_kept.push_back({job.inbound->request_key, job.inbound->exchange, turn.instance.id, "", now});
  }
  for (const auto& reply : pending.batch.replies) {
    if (!keeps_reply(reply.exchange)) continue;
    auto body = reply.is_fault ? encode_answer(FaultReply{turn.instance.id, reply.fault, reply.message})
                               : encode_answer(Reply{turn.instance.id, reply.message});
    turn.replies_kept.push_back(
        {"exchange:" + std::to_string(reply.exchange), reply.exchange, turn.instance.id, std::move(body), now});
  }
}

void Dispatcher::show(Instance& instance, const engine::Batch& batch) {
  const auto& key = instance.version->info->key;
  for (const auto& s : batch.subscriptions_opened) {
    auto& port = host_.ports.port(key, s.partner_link, s.operation);
    instance.shown.push_back({&port, s.key, {instance.id, s.activity, s.branch}});
    port.open(s.key, instance.shown.back().waiting);
  }
  for (const auto& closed : batch.subscriptions_closed) {
    std::erase_if(instance.shown, [&](const ShownSubscription& shown) {
      if (shown.waiting.activity != closed.activity || shown.waiting.branch != closed.branch) return false;
      shown.port->close(shown.key, shown.waiting);
      return true;
    });
  }
  if (!is_live(batch.status)) hide(instance);
}

void Dispatcher::open_gates(Job& job) {
  if (job.gates.empty()) return;
  host_.router->leave_gates(job.gates);
  job.gates.clear();
}

bool Dispatcher::is_closed(std::int64_t process) const {
  std::shared_lock lock(closed_mutex_);
  return !closed_.empty() && closed_.contains(process);
}

bool Dispatcher::close(const std::set<std::int64_t>& processes) {
  {
    std::unique_lock lock(closed_mutex_);
    closed_.insert(processes.begin(), processes.end());
  }
  auto any_busy = [&] {
    for (const auto& instance : host_.cache.all()) {
      const auto process = instance->process.load();
      std::lock_guard lock(instance->mutex);
      if (instance->busy && (process == 0 || processes.contains(process))) return true;
    }
    return false;
  };
  for (int waits = 0; waits < 10'000; ++waits) {
    if (!any_busy()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

void Dispatcher::reopen(const std::set<std::int64_t>& processes) {
  std::unique_lock lock(closed_mutex_);
  for (auto process : processes) closed_.erase(process);
}

void Dispatcher::forget(const std::set<std::int64_t>& processes, const Failure& why) {
  for (const auto& instance : host_.cache.all())
    if (processes.contains(instance->process.load())) drop(instance, why);
}

void Dispatcher::drop_all(const Failure& why) {
  for (const auto& instance : host_.cache.all()) drop(instance, why);
}

}  // namespace echoflow::runtime
