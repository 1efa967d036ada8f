#include "adapters/runtime/router.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/message_codec.hpp"
#include "engine/routing/correlation.hpp"

namespace echoflow::runtime {
namespace {

constexpr unsigned max_attempts = 1'000;         // only a defect comes this far
constexpr std::int64_t look_again = 30'000'000;  // at versions that were replaced, in microseconds

void add_keys(std::vector<std::string>& keys, std::vector<std::string> more) {
  for (auto& key : more)
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

Failure retired(const std::string& key) {
  return {FailureKind::conflict, "retired-process", "the process " + key + " is retired and starts no new instances"};
}

Failure not_taken(const std::string& operation) {
  return {FailureKind::conflict, "not-taken",
          "no activity of the process takes this message of operation " + operation + " now"};
}

Failure unknown_process(const std::string& key) {
  return not_found("unknown-process", "no process " + key + " is deployed");
}

}  // namespace

bool StartGates::enter(const std::vector<std::string>& keys, const InboundPtr& inbound) {
  std::lock_guard lock(mutex_);
  for (const auto& key : keys) {
    if (auto closed = closed_.find(key); closed != closed_.end()) {
      closed->second.push_back(inbound);
      return false;
    }
  }
  for (const auto& key : keys) closed_[key];
  return true;
}

std::vector<InboundPtr> StartGates::leave(const std::vector<std::string>& keys) {
  std::lock_guard lock(mutex_);
  std::vector<InboundPtr> waiting;
  for (const auto& key : keys)
    if (auto closed = closed_.extract(key))
      waiting.insert(waiting.end(), closed.mapped().begin(), closed.mapped().end());
  return waiting;
}

void Router::leave_gates(const std::vector<std::string>& gates) {
  for (auto& inbound : gates_.leave(gates)) host_.later([this, inbound] { route(inbound, Drive::worker); });
}

// --- planning --------------------------------------------------------------------------------------------------------

Outcome<Router::Plan> Router::plan(const Inbound& inbound) {
  auto directory = host_.deployments.directory();
  auto newest = directory->newest(inbound.process_key);
  if (inbound.process != 0) {
    auto found = directory->processes.find(inbound.process);
    newest = found == directory->processes.end() ? nullptr : found->second;
  }
  if (!newest) return echoflow::fail(unknown_process(inbound.process_key));
  auto version = host_.deployments.version(newest->id);
  if (!version) return echoflow::fail(version.error());
  Plan plan;
  plan.port = &host_.ports.port(newest->key, inbound.partner_link, inbound.operation);
  plan.newest = *version;
  plan.group = plan.newest->group(inbound.partner_link, inbound.operation);
  plan.durable = !newest->in_memory;
  if (plan.group && plan.group->starts && !newest->retired) plan.start = start_of(plan, inbound);
  plan.retired = plan.group && plan.group->starts && newest->retired;
  plan.passes = plan.start != nullptr;
  if (inbound.process != 0) {
    if (plan.group) plan.one_way = plan.group->one_way;
    return plan;
  }
  for (const auto& info : live_versions(*directory, inbound, newest)) {
    auto live = info == newest ? version : host_.deployments.version(info->id);
    // Instances of a version that does not compile any more can take nothing; the others must not suffer for it.
    if (!live && live.error().kind != FailureKind::unavailable) continue;
    if (!live) return echoflow::fail(live.error());
    if (auto added = add_version(plan, *live, inbound); !added) return echoflow::fail(added.error());
  }
  return plan;
}

/// A filter that faults lets nothing through: what it could not judge is no reason to stop the others.
bool Router::evaluate(const program::Entry& entry, const Inbound& inbound) {
  auto passes = engine::takes(*entry.inbound, inbound.message, host_.clock.now());
  if (passes) return *passes;
  host_.metrics.filter_faults.fetch_add(1, std::memory_order_relaxed);
  spdlog::warn("the condition {} of process {} could not be evaluated for operation {}: {}",
               entry.inbound->filter->when->text(), inbound.process_key, inbound.operation, passes.error().name.local);
  return false;
}

bool Router::takes(Plan& plan, const program::Entry& entry, const Inbound& inbound) {
  if (!entry.inbound->filter) return true;
  for (const auto& [judged, passes] : plan.judged)
    if (judged == &entry) return passes;
  plan.judged.emplace_back(&entry, evaluate(entry, inbound));
  return plan.judged.back().second;
}

const program::Entry* Router::start_of(Plan& plan, const Inbound& inbound) {
  for (const auto* entry : plan.group->entries)
    if (entry->creates_instance && takes(plan, *entry, inbound)) return entry;
  return nullptr;
}

Outcome<void> Router::add_version(Plan& plan, const VersionPtr& version, const Inbound& inbound) {
  const auto* group = version->group(inbound.partner_link, inbound.operation);
  if (!group) return {};
  if (!plan.group) plan.group = group;
  plan.one_way = group->one_way;
  if (!version->info->in_memory) plan.durable = true;
  if (!group->may_wait) return {};
  plan.may_wait = true;
  for (const auto* entry : group->entries) {
    if (!takes(plan, *entry, inbound)) continue;
    plan.passes = true;
    auto keys = engine::candidate_keys(*entry, inbound.message);
    if (entry == plan.start && group->joins)
      for (const auto& key : keys)
        if (!engine::is_uncorrelated(key)) plan.gates.push_back(version->info->key + "\n" + key);
    add_keys(plan.keys, std::move(keys));
  }
  return {};
}

std::vector<ProcessInfoPtr> Router::live_versions(const Directory& directory, const Inbound& inbound,
                                                  const ProcessInfoPtr& newest) {
  std::vector<ProcessInfoPtr> live{newest};
  const auto& versions = directory.versions.at(inbound.process_key);
  for (const auto& version : versions)
    if (version != newest && still_runs(*version, directory)) live.push_back(version);
  return live;
}

/// Instances of a replaced version become fewer only, so a look now and then is enough.
bool Router::still_runs(const ProcessInfo& older, const Directory&) {
  const auto now = host_.clock.now();
  {
    std::lock_guard lock(mutex_);
    auto [known, added] = older_.try_emplace(older.id, Liveness{now, true});
    // The first answer is yes: a start on the older version may be under way.
    if (added || !known->second.runs || now.micros - known->second.checked.micros < look_again)
      return known->second.runs;
    known->second.checked = now;
  }
  bool runs = true;
  if (older.in_memory) {
    runs = host_.shelf.running_of(older.id) > 0;
  } else if (auto count = host_.store.running_instances(older.deployment)) {
    runs = *count > 0;
  }
  std::lock_guard lock(mutex_);
  older_[older.id].runs = runs;
  return runs;
}

// --- routing ---------------------------------------------------------------------------------------------------------

void Router::route(const InboundPtr& inbound, Drive drive) {
  if (++inbound->attempts > max_attempts)
    return fail(inbound,
                {FailureKind::internal, "unroutable", "no instance would take the message although one waits for it"});
  auto planned = plan(*inbound);
  if (!planned) return fail(inbound, planned.error());
  if (!planned->group)
    return fail(inbound,
                not_found("unknown-operation", "the process has no activity that receives operation " +
                                                   inbound->operation + " of partner link " + inbound->partner_link));
  if (planned->durable && !host_.committer.ready()) return fail(inbound, unavailable(host_.committer.reason()));
  if (!inbound->admitted && !admit(inbound, *planned)) return;
  if (inbound->process != 0) {
    if (planned->start) return start(inbound, *planned, drive);
    return fail(inbound, {FailureKind::conflict, "not-startable",
                          "this version of the process does not start with this operation"});
  }
  auto waiting = find(*planned, inbound->only);
  if (!waiting) return fail(inbound, waiting.error());
  if (*waiting) return post(inbound, **waiting, drive);
  if (inbound->only != 0) return fail(inbound, not_taken(inbound->operation));
  if (!planned->start && (!inbound->hold || (!planned->passes && !planned->retired)))
    return fail(inbound, not_taken(inbound->operation));
  if (!planned->start && planned->retired) return fail(inbound, retired(inbound->process_key));
  if (!planned->start) return hold(inbound, *planned, true);
  if (!planned->gates.empty()) {
    if (!gates_.enter(planned->gates, inbound)) return;
    waiting = find(*planned, 0);  // whoever held the gate before may have started the instance
    if (!waiting || *waiting) leave_gates(planned->gates);
    if (!waiting) return fail(inbound, waiting.error());
    if (*waiting) return post(inbound, **waiting, drive);
  }
  start(inbound, *planned, drive);
}

Outcome<std::optional<Waiting>> Router::find(const Plan& plan, InstanceId only) {
  if (!plan.may_wait) return std::optional<Waiting>();
  for (const auto& key : plan.keys) {
    auto found = only == 0 ? find_under(plan, key) : find_in(plan, key, only);
    if (!found || *found) return found;
  }
  return std::optional<Waiting>();
}

/// The oldest that waits under a key. For instances in memory the port knows best, for others the store.
Outcome<std::optional<Waiting>> Router::find_under(const Plan& plan, const std::string& key) {
  const auto& port = *plan.port;
  auto shown = port.first(key);
  if (!plan.durable || (shown && !engine::is_uncorrelated(key))) return shown;
  auto rows = host_.store.find_subscriptions(port.process_key, port.partner_link, port.operation, key);
  if (!rows) {
    host_.committer.suspect();
    return echoflow::fail(store_failure(rows.error()));
  }
  for (const auto& row : *rows) {
    if (shown && shown->instance <= row.instance) break;
    const Waiting waiting{row.instance, row.activity, row.branch};
    auto instance = host_.cache.find(row.instance);
    if (!instance || !instance->loaded || port.waits(key, waiting)) return std::optional(waiting);
  }
  return shown;
}

void Router::post(const InboundPtr& inbound, const Waiting& waiting, Drive drive) {
  if (!claim(*inbound)) return;
  Job job;
  job.command = engine::DeliverMessage{waiting.activity, waiting.branch, inbound->message, inbound->exchange};
  job.inbound = inbound;
  host_.dispatcher->post(waiting.instance, std::move(job), drive);
}

void Router::start(const InboundPtr& inbound, const Plan& plan, Drive drive) {
  Job job;
  job.gates = plan.gates;
  job.inbound = inbound;
  if (!claim(*inbound)) return leave_gates(job.gates);
  job.command = engine::StartInstance{plan.start->node, plan.start->branch, inbound->message, inbound->exchange,
                                      inbound->business_key};
  if (plan.newest->info->in_memory && host_.shelf.running() >= host_.options.max_instances_in_memory) {
    leave_gates(job.gates);
    return fail(inbound, {FailureKind::limit, "instances-in-memory",
                          "too many instances of in-memory processes run; try again later"});
  }
  host_.dispatcher->start(plan.newest, std::move(job), drive);
}

void Router::fail(const InboundPtr& inbound, const Failure& why) {
  host_.metrics.messages_refused.fetch_add(1, std::memory_order_relaxed);
  release(*inbound);
  if (inbound->ticket != 0) host_.exchanges.close(inbound->ticket, why);
  if (inbound->caller) inbound->caller->answer(why);
}

/// True when the message may go on its way with this object: it is not held in the store, or nobody else has taken it.
bool Router::claim(Inbound& inbound) {
  if (inbound.held == 0 || inbound.claimed) return true;
  std::lock_guard lock(mutex_);
  return inbound.claimed = claimed_.insert(inbound.held).second;
}

void Router::release(Inbound& inbound) {
  if (!inbound.claimed) return;
  inbound.claimed = false;
  std::lock_guard lock(mutex_);
  claimed_.erase(inbound.held);
}

}  // namespace echoflow::runtime
