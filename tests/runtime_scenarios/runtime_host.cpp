#include "tests/runtime_scenarios/runtime_host.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <thread>

#include "adapters/runtime/shelf.hpp"
#include "tests/conformance/sources.hpp"
#include "tests/runtime_scenarios/cached_compiler.hpp"

namespace echoflow::scenario {
namespace {

using runtime::Failure;
using runtime::FailureKind;

constexpr std::chrono::hours years{24 * 365 * 10};
const engine::Actor tester{"tester", "scenario"};

/// As in the simulated world, a partner that fails is a case for the operator.
const std::string descriptor = R"({"partners": {"{urn:echoflow:test:probe}ServicePort": {"onFailure": "incident"}}})";

[[noreturn]] void broken(const std::string& what, const std::string& why) {
  throw std::runtime_error(what + ": " + why);
}

template <class R>
auto must(R result, const char* what) {
  if (!result) broken(what, result.error().message);
  return *std::move(result);
}

}  // namespace

std::string name_of(Ordeal ordeal) {
  switch (ordeal) {
    case Ordeal::plain:
      return "plain";
    case Ordeal::cold:
      return "cold";
    case Ordeal::crash_before:
      return "crash_before";
    case Ordeal::crash_after:
      return "crash_after";
    case Ordeal::crash_beside:
      return "crash_beside";
  }
  return "";
}

// The time is moved by another thread that cannot notify `wake`, so it is looked at now and then.
void PlayedClock::wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) {
  if (now() < due) wake.wait_for(lock, std::chrono::microseconds(500));
}

RuntimeHost::RuntimeHost(engine::Store& store, Ordeal ordeal) : disk_(store), ordeal_(ordeal) {
  begin_life();
}

RuntimeHost::~RuntimeHost() {
  end_life();
}

// --- lives -----------------------------------------------------------------------------------------------------------

void RuntimeHost::begin_life() {
  runtime::Options options;
  options.workers = 2;
  options.max_senders = 64;
  options.reply_timeout = years;
  options.hold_timeout = years;
  options.snapshot_every = ordeal_ == Ordeal::plain ? 32 : 3;
  if (ordeal_ == Ordeal::cold) options.warm_instances = 0;
  options.on_commit = [this](runtime::CommitStage stage) { return survive(stage); };
  crashed_ = false;
  store_ = std::make_unique<runtime::test::FaultyStore>(disk_);
  if (ordeal_ == Ordeal::crash_beside)
    store_->around_write = [this](auto write, bool done) { return survive_beside(write, done); };
  partner_.open();
  runtime_ = std::make_unique<runtime::Runtime>(*store_, cached_compiler(), partner_, options, clock_);
  if (auto started = runtime_->start(); !started) broken("the runtime does not start", started.error().message);
}

void RuntimeHost::end_life() {
  store_->break_with(engine::StoreErrorKind::unavailable);
  partner_.close();
  runtime_.reset();
}

bool RuntimeHost::survive(runtime::CommitStage stage) {
  const bool before = stage == runtime::CommitStage::before;
  if (ordeal_ != (before ? Ordeal::crash_before : Ordeal::crash_after)) return true;
  if (before) {
    let_through_ = !let_through_;
    if (!let_through_) return true;
  }
  return die();
}

/// It dies before each such write, then after it, and is let through the third time. Ids are reserved in every life
/// again, so that of those only the first two count.
bool RuntimeHost::survive_beside(runtime::test::FaultyStore::Write write, bool done) {
  {
    std::lock_guard lock(writes_mutex_);
    if (crashed_) return false;
    auto& deaths = deaths_[write];
    const bool dies = deaths == (done ? 1 : 0);
    if (!dies) {
      if (done && write != runtime::test::FaultyStore::Write::reserve_ids) deaths = 0;
      return true;
    }
    ++deaths;
  }
  return die();
}

bool RuntimeHost::die() {
  store_->break_with(engine::StoreErrorKind::unavailable);
  ++crashes_;
  crashed_ = true;
  return false;
}

/// Until nothing happens any more by itself.
void RuntimeHost::settle() {
  for (int rounds = 0; rounds < 10'000; ++rounds) {
    await_rest();
    if (crashed_) {
      end_life();
      to_send_again_.clear();
      for (std::size_t i = requests_.size(); i-- > 0;)
        if (!requests_[i].answered) to_send_again_.push_back(i);
      begin_life();
    } else if (!progress()) {
      return;
    }
  }
  throw std::runtime_error("the process does not come to rest");
}

bool RuntimeHost::progress() {
  if (!to_send_again_.empty()) {
    const auto handle = to_send_again_.back();
    to_send_again_.pop_back();
    deliver(handle);
    return true;
  }
  return partner_.admit_next() || dismiss_abandoned_calls();
}

void RuntimeHost::await_rest() {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int looks = 0; !crashed_; ++looks) {
    if (runtime_->at_rest(partner_.inside())) return;
    if (looks < 100)
      std::this_thread::yield();
    else
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    if (looks % 1'000 == 0 && std::chrono::steady_clock::now() > limit)
      throw std::runtime_error("the runtime does not come to rest");
  }
}

bool RuntimeHost::dismiss_abandoned_calls() {
  if (!partner_.any_waits()) return false;
  std::set<std::string> wanted;
  for (const auto& call : must(disk_.due_outbox({INT64_MAX}, 10'000), "outbox"))
    wanted.insert(std::to_string(call.instance) + "-" + std::to_string(call.activity));
  return partner_.dismiss_except(wanted);
}

// --- what the player does --------------------------------------------------------------------------------------------

Diagnostics RuntimeHost::deploy(const std::vector<std::string>& files) {
  auto sources = scenario_sources(files).files;
  sources["echoflow.json"] = descriptor;
  auto deployed = runtime_->deploy("scenario", sources);
  if (!deployed) {
    if (deployed.error().failure) broken("deploy", deployed.error().failure->message);
    return deployed.error().findings;
  }
  const auto& process = *deployed->deployment.processes.at(0);
  process_key_ = process.key;
  program_ = must(runtime_->program(process.id), "program");
  settle();
  return deployed->warnings;
}

int RuntimeHost::send(const std::string& operation, Message message) {
  requests_.push_back({operation, std::move(message), {}, false, ""});
  deliver(requests_.size() - 1);
  settle();
  return static_cast<int>(requests_.size()) - 1;
}

void RuntimeHost::deliver(std::size_t handle) {
  const Request& request = requests_[handle];
  runtime::Delivery delivery;
  delivery.process_key = process_key_;
  delivery.operation = request.operation;
  delivery.message = request.message;
  for (const auto& entry : program_->entries)
    if (entry.inbound->operation.operation == request.operation)
      delivery.partner_link = program_->partner_links[entry.inbound->operation.partner_link].name;
  const bool may_repeat = ordeal_ != Ordeal::plain && ordeal_ != Ordeal::cold;
  if (may_repeat) delivery.request_key = "request " + std::to_string(handle);
  runtime_->deliver(std::move(delivery),
                    [this, handle](runtime::Answer answer) { take_answer(handle, std::move(answer)); });
}

void RuntimeHost::take_answer(std::size_t handle, runtime::Answer answer) {
  std::lock_guard lock(mutex_);
  Request& request = requests_[handle];
  if (auto* failure = std::get_if<Failure>(&answer)) {
    if (failure->kind != FailureKind::unavailable) request.trouble = failure->code + ": " + failure->message;
    return;
  }
  if (request.answered) request.trouble = "was answered twice";
  request.answered = true;
  if (auto* reply = std::get_if<runtime::Reply>(&answer))
    request.outcome = {Outcome::Kind::reply, std::move(reply->message), {}};
  if (auto* fault = std::get_if<runtime::FaultReply>(&answer))
    request.outcome = {Outcome::Kind::fault, std::move(fault->message), std::move(fault->fault)};
  if (std::holds_alternative<runtime::Accepted>(answer)) request.outcome.kind = Outcome::Kind::accepted;
}

Outcome RuntimeHost::outcome(int handle) {
  std::lock_guard lock(mutex_);
  const Request& request = requests_.at(static_cast<std::size_t>(handle));
  if (!request.trouble.empty()) broken("the request", request.trouble);
  return request.outcome;
}

bool RuntimeHost::answer_partner(const std::string& operation, const PartnerScript& script) {
  if (!partner_.answer(operation, script)) return false;
  settle();
  return true;
}

void RuntimeHost::advance(std::int64_t micros) {
  const TimePoint end{clock_.now().micros + micros};
  settle();
  while (true) {
    TimePoint next = end;
    for (const auto& timer : must(disk_.due_timers(end, 10'000), "timers"))
      if (timer.due > clock_.now()) next = std::min(next, timer.due);
    if (next <= clock_.now()) return;
    clock_.set(next);
    settle();
  }
}

// --- the operator ----------------------------------------------------------------------------------------------------

/// An act whose answer was lost was done if it is in the journal, as nothing else happens meanwhile.
bool RuntimeHost::act(const std::function<runtime::Outcome<void>(InstanceId)>& what) {
  const auto before = row(0);
  for (int attempts = 0; attempts < 3; ++attempts) {
    const auto done = what(before.id);
    settle();
    if (done || done.error().kind != FailureKind::unavailable) return done.ok();
    if (row(0).last_seq != before.last_seq) return true;
  }
  return false;
}

bool RuntimeHost::operate(const std::string& name) {
  return act([&](InstanceId id) {
    if (name == "suspend") return runtime_->suspend(id, tester);
    return name == "resume" ? runtime_->resume(id, tester) : runtime_->terminate(id, tester);
  });
}

bool RuntimeHost::repair(ActivityId activity, const std::string& name, const std::string& fault) {
  return act([&](InstanceId id) {
    if (name == "retry") {
      partner_.expect_again(std::to_string(id) + "-" + std::to_string(activity));
      return runtime_->retry(id, activity, tester);
    }
    if (name == "skip") return runtime_->skip(id, activity, tester);
    return runtime_->fault(id, activity, Fault{{"urn:echoflow:test", fault}, {}, {}, "raised by the operator"}, tester);
  });
}

// --- what the player sees --------------------------------------------------------------------------------------------

std::vector<engine::InstanceRow> RuntimeHost::rows() {
  engine::InstanceFilter all;
  all.limit = 10'000;
  auto rows = must(runtime_->instances(all), "instances");
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::unique_ptr<engine::History> RuntimeHost::history(std::size_t index) {
  return must(runtime_->history(row(index).id), "history");
}

void RuntimeHost::check_store() {
  const auto chain = must(disk_.check_chain(0), "chain");
  if (chain.broken_at) broken("the journal's chain is broken", chain.detail);
  for (const auto& instance : rows()) {
    if (runtime::is_live(instance.status)) continue;
    if (!must(disk_.subscriptions(instance.id), "subscriptions").empty())
      broken("an ended instance", "still waits for messages");
  }
}

}  // namespace echoflow::scenario
