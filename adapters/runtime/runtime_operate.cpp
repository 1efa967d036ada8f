#include <algorithm>
#include <future>

#include "adapters/runtime/failures.hpp"
#include "adapters/runtime/runtime_impl.hpp"

/// What operators and auditors see and do.
namespace echoflow::runtime {
namespace {

constexpr std::uint32_t journal_page = 1'000;

Failure unknown_instance(InstanceId id) {
  return not_found("unknown-instance", "there is no instance " + std::to_string(id));
}

template <class T>
Outcome<T> from_store(Result<T, engine::StoreError> result) {
  if (!result) return fail(store_failure(result.error()));
  return std::move(*result);
}

std::vector<std::int64_t> versions_of(const Directory& directory, const std::string& key) {
  std::vector<std::int64_t> ids;
  if (auto versions = directory.versions.find(key); versions != directory.versions.end())
    for (const auto& version : versions->second) ids.push_back(version->id);
  return ids;
}

}  // namespace

Outcome<engine::InstanceRow> Runtime::instance(InstanceId id) const {
  if (auto row = impl_->host.shelf.instance(id)) return *row;
  auto row = impl_->host.store.instance(id);
  if (!row) return fail(store_failure(row.error()));
  if (!*row) return fail(unknown_instance(id));
  return **row;
}

Outcome<std::vector<engine::InstanceRow>> Runtime::instances(const engine::InstanceFilter& filter) const {
  auto rows = impl_->host.store.instances(filter);
  if (!rows) return fail(store_failure(rows.error()));
  auto shelved = impl_->host.shelf.instances(filter, versions_of(*directory(), filter.process_key));
  if (shelved.empty()) return std::move(*rows);
  rows->insert(rows->end(), shelved.begin(), shelved.end());
  std::sort(rows->begin(), rows->end(), [](const auto& a, const auto& b) { return a.id > b.id; });
  if (rows->size() > filter.limit) rows->resize(filter.limit);
  return std::move(*rows);
}

Outcome<std::vector<engine::JournalRow>> Runtime::journal(InstanceId id, std::uint64_t after_seq,
                                                          std::uint32_t limit) const {
  if (impl_->host.shelf.instance(id)) return impl_->host.shelf.journal(id, after_seq, limit);
  auto rows = from_store(impl_->host.store.journal(id, after_seq, limit));
  if (!rows || !rows->empty() || after_seq != 0) return rows;
  auto row = instance(id);
  if (!row) return fail(row.error());
  return rows;
}

Outcome<std::unique_ptr<engine::History>> Runtime::history(InstanceId id) const {
  auto row = instance(id);
  if (!row) return fail(row.error());
  auto compiled = program(row->process);
  if (!compiled) return fail(compiled.error());
  auto history = std::make_unique<engine::History>(**compiled);
  for (std::uint64_t after = 0; after < row->last_seq;) {
    auto rows = journal(id, after, journal_page);
    if (!rows) return fail(rows.error());
    if (rows->empty()) break;
    for (const auto& line : *rows)
      if (auto added = history->add(line.seq, line.at, line.events, line.payload); !added)
        return fail(Failure{FailureKind::internal, "unreadable-journal", added.error().message});
    after = rows->back().seq;
  }
  return history;
}

Outcome<std::vector<engine::SubscriptionRow>> Runtime::subscriptions(InstanceId id) const {
  return from_store(impl_->host.store.subscriptions(id));
}

Outcome<std::vector<engine::IncidentRow>> Runtime::incidents(std::int64_t before, std::uint32_t limit) const {
  auto rows = from_store(impl_->host.store.incidents(before, limit));
  if (!rows || before != 0) return rows;
  auto shelved = impl_->host.shelf.incidents();
  rows->insert(rows->begin(), shelved.begin(), shelved.end());
  return rows;
}

Outcome<engine::ChainCheck> Runtime::check_chain(std::int64_t from_position) const {
  return from_store(impl_->host.store.check_chain(from_position));
}

Outcome<void> Runtime::Impl::act(InstanceId id, engine::Command command) {
  if (!host.running) return fail(unavailable("the server is stopping; try again when it runs"));
  const bool in_memory = host.shelf.instance(id).has_value();
  if (!in_memory) {
    if (!host.committer.ready()) return fail(unavailable(host.committer.reason()));
    auto row = host.store.instance(id);
    if (!row) return fail(store_failure(row.error()));
    if (!*row) return fail(unknown_instance(id));
  }
  auto promise = std::make_shared<std::promise<Outcome<void>>>();
  auto done = promise->get_future();
  Job job;
  job.command = std::move(command);
  job.done = [promise](Outcome<void> outcome) { promise->set_value(std::move(outcome)); };
  host.dispatcher->post(id, std::move(job), Drive::here);
  return done.get();
}

Outcome<void> Runtime::complete_call(InstanceId id, ActivityId activity, std::variant<Message, Fault> answer) {
  auto& host = impl_->host;
  if (!host.running) return fail(unavailable("the server is stopping; try again when it runs"));
  if (!host.shelf.instance(id) && !host.committer.ready()) return fail(unavailable(host.committer.reason()));
  auto promise = std::make_shared<std::promise<Outcome<void>>>();
  auto done = promise->get_future();
  Job job;
  if (auto* message = std::get_if<Message>(&answer)) {
    job.command = engine::CompleteInvoke{activity, std::move(*message)};
  } else {
    job.command = engine::FailInvoke{activity, std::move(std::get<Fault>(answer)), false};
  }
  job.call = activity;
  job.done = [promise](Outcome<void> outcome) { promise->set_value(std::move(outcome)); };
  host.dispatcher->post(id, std::move(job), Drive::here);
  return done.get();
}

Outcome<void> Runtime::suspend(InstanceId id, engine::Actor actor) {
  return impl_->act(id, engine::Suspend{std::move(actor)});
}

Outcome<void> Runtime::resume(InstanceId id, engine::Actor actor) {
  return impl_->act(id, engine::Resume{std::move(actor)});
}

Outcome<void> Runtime::terminate(InstanceId id, engine::Actor actor) {
  return impl_->act(id, engine::Terminate{std::move(actor)});
}

Outcome<void> Runtime::retry(InstanceId id, ActivityId activity, engine::Actor actor) {
  return impl_->act(id, engine::RetryActivity{activity, std::move(actor)});
}

Outcome<void> Runtime::skip(InstanceId id, ActivityId activity, engine::Actor actor) {
  return impl_->act(id, engine::SkipActivity{activity, std::move(actor)});
}

Outcome<void> Runtime::fault(InstanceId id, ActivityId activity, Fault fault, engine::Actor actor) {
  return impl_->act(id, engine::FaultActivity{activity, std::move(fault), std::move(actor)});
}

Outcome<void> Runtime::set_variable(InstanceId id, const std::string& name, ActivityId scope, Parts parts,
                                    engine::Actor actor) {
  auto seen = history(id);
  if (!seen) return fail(seen.error());
  auto variables = (*seen)->variables();
  std::erase_if(variables, [&](const auto& v) { return v.name != name || (scope != 0 && v.scope != scope); });
  if (variables.empty()) return fail(not_found("unknown-variable", "the instance has no live variable " + name));
  const auto& chosen = variables.front();  // outermost first
  return impl_->act(id, engine::SetVariable{chosen.variable, chosen.scope, std::move(parts), std::move(actor)});
}

Health Runtime::health() const {
  const auto& host = impl_->host;
  const bool running = host.running;
  const bool ready = running && host.committer.ready();
  std::string reason = ready ? "" : running ? host.committer.reason() : "the server does not run";
  return {ready, std::move(reason), directory()->processes.size(), host.cache.size()};
}

// Work goes from the workers to the committer, to the timers and the senders, and comes back to the workers only, which
// count it: in this order none of it can slip through.
bool Runtime::at_rest(std::size_t partner_calls) const {
  const auto& host = impl_->host;
  const auto submitted = host.workers.submitted();
  return host.workers.under_way() == 0 && host.committer.at_rest() && host.metrics.instances_busy.load() == 0 &&
         host.timers.at_rest() && host.senders.under_way() == partner_calls && host.timers.at_rest() &&
         host.workers.submitted() == submitted;
}

Metrics& Runtime::metrics() const {
  return impl_->host.metrics;
}

EventFeed& Runtime::events() const {
  return impl_->host.feed;
}

}  // namespace echoflow::runtime
