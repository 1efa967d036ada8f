#include "tests/conformance/simulated_host.hpp"

#include <algorithm>
#include <stdexcept>

#include "bpel/compile/deployment.hpp"
#include "engine/routing/correlation.hpp"
#include "tests/conformance/sources.hpp"

namespace echoflow::scenario {

Diagnostics SimulatedHost::deploy(const std::vector<std::string>& files) {
  compile::Deployment deployment = compile::compile_deployment(scenario_sources(files));
  if (!deployment.processes.empty()) program_ = deployment.processes.front().program;
  return deployment.findings;
}

int SimulatedHost::send(const std::string& operation, Message message) {
  const int handle = static_cast<int>(outcomes_.size());
  outcomes_.emplace_back();
  for (const auto& entry : program_->entries)
    if (entry.inbound->operation.operation == operation && entry.inbound->operation.one_way())
      outcomes_.back().kind = Outcome::Kind::accepted;
  if (!route(operation, message, handle)) held_.push_back({handle, operation, std::move(message)});
  settle();
  return handle;
}

namespace {

bool passes(const program::Entry& entry, const Message& message, TimePoint now) {
  const auto taken = engine::takes(*entry.inbound, message, now);
  return taken && *taken;
}

}  // namespace

// As a router does: a waiting instance first, then a new one.
bool SimulatedHost::route(const std::string& operation, const Message& message, int handle) {
  const ExchangeId exchange =
      outcomes_[static_cast<std::size_t>(handle)].kind == Outcome::Kind::accepted ? 0 : handle + 1;
  for (const auto& entry : program_->entries) {
    if (entry.inbound->operation.operation != operation || !passes(entry, message, now_)) continue;
    const std::string& link = program_->partner_links[entry.inbound->operation.partner_link].name;
    for (const std::string& key : engine::candidate_keys(entry, message))
      for (std::size_t i = 0; i < instances_.size(); ++i)
        for (const auto& open : instances_[i].subscriptions)
          if (open.operation == operation && open.partner_link == link && open.key == key)
            return turn(i, engine::DeliverMessage{open.activity, open.branch, message, exchange});
  }
  for (const auto& entry : program_->entries) {
    if (!entry.creates_instance || entry.inbound->operation.operation != operation || !passes(entry, message, now_))
      continue;
    instances_.emplace_back();
    instances_.back().state = engine::new_state(*program_);
    return turn(instances_.size() - 1, engine::StartInstance{entry.node, entry.branch, message, exchange, ""});
  }
  return false;
}

bool SimulatedHost::turn(std::size_t index, const engine::Command& command) {
  auto batch =
      engine::run_turn(*program_, *instances_[index].state, command, {static_cast<InstanceId>(index + 1), now_});
  if (!batch) return false;
  take(index, *std::move(batch));
  return true;
}

void SimulatedHost::take(std::size_t index, engine::Batch batch) {
  Instance& instance = instances_[index];
  instance.status = batch.status;
  for (const auto& closed : batch.subscriptions_closed)
    std::erase_if(instance.subscriptions,
                  [&](const auto& open) { return open.activity == closed.activity && open.branch == closed.branch; });
  for (auto& opened : batch.subscriptions_opened) instance.subscriptions.push_back(std::move(opened));
  for (const auto& timer : batch.timers_scheduled) instance.timers[timer.timer] = timer.due;
  for (const auto& timer : batch.timers_cancelled) instance.timers.erase(timer.timer);
  for (auto& reply : batch.replies) {
    Outcome& outcome = outcomes_.at(static_cast<std::size_t>(reply.exchange - 1));
    if (outcome.kind != Outcome::Kind::none) throw std::runtime_error("one request was answered twice");
    outcome = {reply.is_fault ? Outcome::Kind::fault : Outcome::Kind::reply, std::move(reply.message),
               std::move(reply.fault)};
  }
  for (auto& invoke : batch.invokes) pending_calls_.emplace_back(index, std::move(invoke));
  for (const auto& abandoned : batch.invokes_abandoned)
    std::erase_if(waiting_calls_,
                  [&](const auto& call) { return call.first == index && call.second.activity == abandoned.activity; });
  instance.journal.push_back({now_, std::move(batch.events), std::move(batch.payload)});
  harden(index);
}

void SimulatedHost::harden(std::size_t index) {
  Instance& instance = instances_[index];
  if (mode_ == Mode::reload) {
    auto decoded = engine::decode_snapshot(*program_, engine::encode_snapshot(*instance.state));
    if (!decoded) throw std::runtime_error("the snapshot cannot be read back: " + decoded.error().message);
    instance.state = *std::move(decoded);
  } else if (mode_ == Mode::replay) {
    auto replayed = engine::new_state(*program_);
    for (const Row& row : instance.journal)
      if (auto folded = engine::apply_journal(*program_, *replayed, row.events, row.payload); !folded)
        throw std::runtime_error("the journal cannot be replayed: " + folded.error().message);
    if (engine::encode_snapshot(*replayed) != engine::encode_snapshot(*instance.state))
      throw std::runtime_error("the replayed journal gives another state");
    instance.state = std::move(replayed);
  }
}

void SimulatedHost::retry_held() {
  bool moved = true;
  while (moved) {
    moved = false;
    for (std::size_t i = 0; i < held_.size(); ++i) {
      const Held held = held_[i];
      const std::size_t before = instances_.size();
      if (!route(held.operation, held.message, held.handle)) continue;
      if (instances_.size() != before) throw std::runtime_error("a held message started an instance");
      held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i));
      moved = true;
      break;
    }
  }
}

void SimulatedHost::settle() {
  for (int rounds = 0; rounds < 10'000; ++rounds) {
    retry_held();
    if (pending_calls_.empty()) {
      bool fired = false;
      for (std::size_t i = 0; i < instances_.size() && !fired; ++i)
        for (const auto& [timer, due] : instances_[i].timers)
          if (due <= now_ && instances_[i].status != engine::InstanceStatus::suspended) {
            const std::uint32_t id = timer;
            instances_[i].timers.erase(id);
            turn(i, engine::FireTimer{id});
            fired = true;
            break;
          }
      if (!fired) return;
      continue;
    }
    auto [index, invoke] = std::move(pending_calls_.front());
    pending_calls_.pop_front();
    call_partner(index, invoke);
  }
  throw std::runtime_error("the process does not come to rest");
}

void SimulatedHost::call_partner(std::size_t index, const engine::InvokeRequested& invoke) {
  const std::string& operation = program_->called_operation(invoke.node).operation;
  calls_[operation].push_back(text_of(invoke.message.parts));
  const PartnerScript script = scripts_[operation];
  if (script.kind == PartnerScript::Kind::wait && !invoke.one_way) {
    waiting_calls_.emplace_back(index, invoke);
    return;
  }
  turn(index, answer(invoke, script));
}

engine::Command SimulatedHost::answer(const engine::InvokeRequested& invoke, const PartnerScript& script) const {
  const auto& operation = program_->called_operation(invoke.node);
  if (invoke.one_way) return engine::CompleteInvoke{invoke.activity, {}};
  switch (script.kind) {
    case PartnerScript::Kind::wait:
    case PartnerScript::Kind::reply:
      return engine::CompleteInvoke{
          invoke.activity,
          make_message(program_->message_types[operation.output],
                       words_of(script.value, program_->message_types[operation.output].parts.size()))};
    case PartnerScript::Kind::fault: {
      Fault fault;
      fault.name = {operation.port_type.ns, script.fault_name};
      for (const auto& declared : operation.faults)
        if (declared.name == script.fault_name) {
          const auto& type = program_->message_types[declared.type];
          fault.message_type = type.name;
          fault.parts = make_message(type, {script.value}).parts;
        }
      return engine::FailInvoke{invoke.activity, std::move(fault), false};
    }
    case PartnerScript::Kind::fail:
      return engine::FailInvoke{invoke.activity, Fault{{"urn:echoflow:test", "unreachable"}, {}, {}, "nobody answers"},
                                true};
  }
  return engine::FailInvoke{invoke.activity, {}, false};
}

bool SimulatedHost::answer_partner(const std::string& operation, const PartnerScript& script) {
  for (auto call = waiting_calls_.begin(); call != waiting_calls_.end(); ++call) {
    if (program_->called_operation(call->second.node).operation != operation) continue;
    const auto [index, invoke] = *call;
    waiting_calls_.erase(call);
    turn(index, answer(invoke, script));
    settle();
    return true;
  }
  return false;
}

void SimulatedHost::advance(std::int64_t micros) {
  const TimePoint end{now_.micros + micros};
  settle();
  for (;;) {
    std::size_t at = instances_.size();
    std::uint32_t timer = 0;
    TimePoint due = end;
    for (std::size_t i = 0; i < instances_.size(); ++i)
      for (const auto& [id, when] : instances_[i].timers)
        if (when <= end && instances_[i].status != engine::InstanceStatus::suspended &&
            (at == instances_.size() || when < due))
          std::tie(at, timer, due) = std::make_tuple(i, id, when);
    if (at == instances_.size()) break;
    now_ = std::max(now_, due);
    instances_[at].timers.erase(timer);
    turn(at, engine::FireTimer{timer});
    settle();
  }
  now_ = end;
}

engine::History SimulatedHost::history(std::size_t index) {
  engine::History history(*program_);
  std::uint64_t seq = 0;
  for (const Row& row : instances_.at(index).journal)
    if (auto added = history.add(++seq, row.at, row.events, row.payload); !added)
      throw std::runtime_error("the journal cannot be read: " + added.error().message);
  return history;
}

std::vector<engine::ActivityView> SimulatedHost::activities(std::size_t index) {
  return history(index).activities();
}
std::vector<engine::EventView> SimulatedHost::events(std::size_t index) {
  return history(index).events();
}
std::vector<engine::VariableView> SimulatedHost::variables(std::size_t index) {
  return history(index).variables();
}

bool SimulatedHost::operate(const std::string& act) {
  const engine::Actor actor{"tester", "scenario"};
  bool done = false;
  if (act == "suspend") done = turn(0, engine::Suspend{actor});
  if (act == "resume") done = turn(0, engine::Resume{actor});
  if (act == "terminate") done = turn(0, engine::Terminate{actor});
  settle();
  return done;
}

bool SimulatedHost::repair(ActivityId activity, const std::string& act, const std::string& fault) {
  const engine::Actor actor{"tester", "scenario"};
  bool done = false;
  if (act == "retry") done = turn(0, engine::RetryActivity{activity, actor});
  if (act == "skip") done = turn(0, engine::SkipActivity{activity, actor});
  if (act == "fault")
    done = turn(0, engine::FaultActivity{activity,
                                         Fault{{"urn:echoflow:test", fault}, {}, {}, "raised by the operator"}, actor});
  settle();
  return done;
}

}  // namespace echoflow::scenario
