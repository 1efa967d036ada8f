#include "adapters/runtime/runtime.hpp"

#include <malloc.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/runtime_impl.hpp"
#include "models/base/micros.hpp"

/// Life of the server, deployments and messages.
namespace echoflow::runtime {
namespace {

constexpr std::int64_t hour = 3'600 * second_micros;
constexpr std::uint64_t little = 100;  // pieces of work in a second

Failure has_instances(std::int64_t deployment, std::int64_t count) {
  return {FailureKind::conflict, "instances-run",
          "deployment " + std::to_string(deployment) + " has " + std::to_string(count) +
              " running instances: end them first, or undeploy with cascade"};
}

std::set<std::int64_t> processes_of(const DeploymentInfo& deployment) {
  std::set<std::int64_t> ids;
  for (const auto& process : deployment.processes) ids.insert(process->id);
  return ids;
}

}  // namespace

Runtime::Runtime(engine::Store& store, const engine::ProcessCompiler& compiler, PartnerClient& partners,
                 Options options, Clock& clock)
    : impl_(std::make_unique<Impl>(store, compiler, partners, std::move(options), clock)) {}

Runtime::~Runtime() {
  stop();
}

Outcome<void> Runtime::start() {
  auto& host = impl_->host;
  if (auto loaded = host.deployments.load(); !loaded) return loaded;
  host.running = true;
  host.committer.start(*host.dispatcher);
  host.workers.start(host.options.workers != 0 ? host.options.workers
                                               : std::max(1u, std::thread::hardware_concurrency()));
  host.timers.start([&host](InstanceId id, std::uint32_t timer) { host.dispatcher->fire_timer(id, timer); },
                    [&host] { return !host.exchanges.empty(); }, [&host](TimePoint now) { host.router->expire(now); });
  host.senders.start([&host](InstanceId id, ActivityId activity, engine::Command command) {
    host.dispatcher->finish_call(id, activity, std::move(command));
  });
  // Not at once: who was on the way to a process when the server ended comes again under the same key.
  host.timers.at({host.clock.now().micros + hour}, [this] { impl_->forget_old_replies(); });
  impl_->cool_down();
  return host.router->load_held();
}

void Runtime::stop() {
  auto& host = impl_->host;
  if (!host.running.exchange(false)) return;
  host.timers.stop();
  host.senders.stop();
  host.workers.stop();
  host.committer.stop();
  const auto why = unavailable("the server is stopping; try again when it runs");
  host.dispatcher->drop_all(why);
  host.router->fail_all(why);
  host.feed.close();
}

void Runtime::Impl::forget_old_replies() {
  const auto now = host.clock.now();
  static_cast<void>(host.store.drop_kept_replies({now.micros - 24 * hour}));
  host.timers.at({now.micros + hour}, [this] { forget_old_replies(); });
}

void Runtime::Impl::cool_down() {
  const auto now = host.clock.now();
  const auto after = std::chrono::microseconds(host.options.cool_after).count();
  host.cache.cool({now.micros - after});
  const auto pause = std::clamp(after / 3, second_micros, 10 * second_micros);
  give_memory_back(little * static_cast<std::uint64_t>(pause / second_micros));
  host.timers.at({now.micros + pause}, [this] { cool_down(); });
}

/// The heap keeps what was freed. To give it back takes a while and slows down whoever needs it again, so that is left
/// for quiet times.
void Runtime::Impl::give_memory_back(std::uint64_t little_work) {
  const auto& metrics = host.metrics;
  const auto work = metrics.turns + metrics.messages_received + metrics.compilations + metrics.instance_loads +
                    metrics.instance_evictions + host.deployments.directory()->generation;
  const bool quiet = work - work_before_ < little_work;
  work_before_ = work;
  if (!quiet || work == work_given_back_) return;
  work_given_back_ = work;
  host.store.free_caches();
  malloc_trim(0);
}

Result<Deployed, DeployRefusal> Runtime::deploy(const std::string& name, const Files& files) {
  auto& host = impl_->host;
  if (host.running && !host.committer.ready()) return fail(DeployRefusal{{}, unavailable(host.committer.reason())});
  auto deployed = host.deployments.deploy(name, files);
  if (!deployed) {
    if (deployed.error().failure) host.committer.suspect();
    return deployed;
  }
  host.feed.publish({0, host.clock.now(), EventType::deployed, 0, deployed->deployment.id, 0});
  // A message that nobody waited for may start an instance now.
  static_cast<void>(host.router->load_held());
  return deployed;
}

Outcome<void> Runtime::undeploy(std::int64_t deployment, bool cascade) {
  auto& host = impl_->host;
  auto withdrawn = host.deployments.withdraw(deployment);
  if (!withdrawn) return fail(withdrawn.error());
  const auto processes = processes_of(*withdrawn);
  const bool quiet = host.dispatcher->close(processes);
  auto done = quiet ? impl_->take_down(*withdrawn, cascade)
                    : Outcome<void>(fail(
                          Failure{FailureKind::conflict, "busy", "instances of the deployment are busy; try again"}));
  host.dispatcher->reopen(processes);
  if (!done) {
    host.deployments.restore(*withdrawn);
    return done;
  }
  host.feed.publish({0, host.clock.now(), EventType::undeployed, 0, deployment, 0});
  return {};
}

Outcome<std::int64_t> Runtime::Impl::running_instances(const DeploymentInfo& deployment) {
  auto count = host.store.running_instances(deployment.id);
  if (!count) return fail(store_failure(count.error()));
  for (const auto& process : deployment.processes)
    *count += static_cast<std::int64_t>(host.shelf.running_of(process->id));
  return *count;
}

Outcome<void> Runtime::Impl::take_down(const DeploymentInfo& deployment, bool cascade) {
  auto count = running_instances(deployment);
  if (!count) return fail(count.error());
  if (*count > 0 && !cascade) return fail(has_instances(deployment.id, *count));
  if (auto removed = host.store.remove_deployment(deployment.id); !removed) return fail(store_failure(removed.error()));
  const Failure why{FailureKind::conflict, "undeployed", "the process was undeployed"};
  host.dispatcher->forget(processes_of(deployment), why);
  host.deployments.forget(deployment.id);
  const auto left = host.deployments.directory();
  for (const auto& process : deployment.processes) {
    host.shelf.remove_process(process->id);
    if (!left->versions.contains(process->key)) host.router->forget_held(process->key, why);
  }
  fail_callers_of_removed(why);
  return {};
}

/// Those who wait for a reply of an instance that was not in memory.
void Runtime::Impl::fail_callers_of_removed(const Failure& why) {
  for (const auto& waiting : host.exchanges.expired({INT64_MAX})) {
    if (waiting.instance == 0 || host.cache.find(waiting.instance) || host.shelf.instance(waiting.instance)) continue;
    auto row = host.store.instance(waiting.instance);
    if (row && !*row) host.exchanges.close(waiting.ticket, why);
  }
}

DirectoryPtr Runtime::directory() const {
  return impl_->host.deployments.directory();
}

Outcome<Files> Runtime::files(std::int64_t deployment) const {
  return impl_->host.deployments.files(deployment);
}

Outcome<program::ProgramPtr> Runtime::program(std::int64_t process) const {
  auto version = impl_->host.deployments.version(process);
  if (!version) return fail(version.error());
  return (*version)->program;
}

Outcome<program::ProgramPtr> Runtime::newest_program(const std::string& process_key) const {
  auto newest = directory()->newest(process_key);
  if (!newest) return fail(not_found("unknown-process", "no process " + process_key + " is deployed"));
  return program(newest->id);
}

void Runtime::deliver(Delivery delivery, OnAnswer on_answer) {
  impl_->host.router->deliver(std::move(delivery), std::move(on_answer));
}

Outcome<std::vector<InstanceId>> Runtime::waiting_for(const Delivery& delivery) const {
  return impl_->host.router->waiting_for(delivery);
}

Answer Runtime::deliver_and_wait(Delivery delivery) {
  // No semaphore: the library's spins and yields before it sleeps, which takes the processor from those who work.
  struct Waiter {
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<Answer> answer;
  };
  // Shared, since the one who answers may still be in notify_one() when this returns.
  auto waiter = std::make_shared<Waiter>();
  impl_->host.router->deliver(
      std::move(delivery),
      [waiter](Answer answer) {
        {
          std::lock_guard lock(waiter->mutex);
          waiter->answer = std::move(answer);
        }
        waiter->answered.notify_one();
      },
      true);
  std::unique_lock lock(waiter->mutex);
  waiter->answered.wait(lock, [&] { return waiter->answer.has_value(); });
  return std::move(*waiter->answer);
}

}  // namespace echoflow::runtime
