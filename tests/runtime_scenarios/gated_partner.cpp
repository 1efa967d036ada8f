#include "tests/runtime_scenarios/gated_partner.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/conformance/sources.hpp"

namespace echoflow::scenario {
namespace {

using runtime::PartnerAnswer;
using runtime::PartnerCall;
using runtime::TransportFailure;

PartnerAnswer make_answer(const PartnerCall& call, const PartnerScript& script) {
  if (call.one_way) return Message{};
  const auto& types = call.program.message_types;
  switch (script.kind) {
    case PartnerScript::Kind::wait:
    case PartnerScript::Kind::reply: {
      const auto& type = types[call.operation.output];
      return make_message(type, words_of(script.value, type.parts.size()));
    }
    case PartnerScript::Kind::fault: {
      Fault fault;
      fault.name = {call.operation.port_type.ns, script.fault_name};
      for (const auto& declared : call.operation.faults)
        if (declared.name == script.fault_name) {
          fault.message_type = types[declared.type].name;
          fault.parts = make_message(types[declared.type], {script.value}).parts;
        }
      return fault;
    }
    case PartnerScript::Kind::fail:
      return TransportFailure{TransportFailure::Kind::unreachable, "nobody answers", false};
  }
  return TransportFailure{};
}

std::pair<InstanceId, ActivityId> order_of(const PartnerCall& call) {
  const auto& key = call.idempotency_key;
  return {call.instance, static_cast<ActivityId>(std::stoul(key.substr(key.rfind('-') + 1)))};
}

}  // namespace

PartnerAnswer GatedPartner::call(const PartnerCall& call) {
  std::unique_lock lock(mutex_);
  const auto visit = visits_.insert(visits_.end(), {&call, false, {}});
  answered_.wait(lock, [&] { return closed_ || visit->answer; });
  PartnerAnswer answer = visit->answer ? *std::move(visit->answer)
                                       : TransportFailure{TransportFailure::Kind::unreachable, "cut off", true};
  visits_.erase(visit);
  return answer;
}

void GatedPartner::script(const std::string& operation, PartnerScript script) {
  std::lock_guard lock(mutex_);
  scripts_[operation] = std::move(script);
}

// Calls that came since the runtime was last at rest came in any order: the order of their activities is the process's
// own.
void GatedPartner::rank_newcomers() {
  std::vector<const PartnerCall*> newcomers;
  for (const auto& visit : visits_)
    if (!ranks_.contains(visit.call->idempotency_key)) newcomers.push_back(visit.call);
  std::sort(newcomers.begin(), newcomers.end(), [](auto* a, auto* b) { return order_of(*a) < order_of(*b); });
  for (const auto* call : newcomers) ranks_.emplace(call->idempotency_key, ranks_.size());
}

bool GatedPartner::admit_next() {
  std::lock_guard lock(mutex_);
  rank_newcomers();
  Visit* next = nullptr;
  for (auto& visit : visits_)
    if (!visit.waits && !visit.answer && (!next || rank(visit) < rank(*next))) next = &visit;
  if (!next) return false;
  const PartnerCall& call = *next->call;
  const std::string& key = call.idempotency_key;
  if (answered_in_this_life_.contains(key))
    throw std::runtime_error("the call " + key + " was made twice without a crash between");
  if (const auto known = answers_.find(key); known != answers_.end()) {
    settle(*next, known->second);
    return true;
  }
  if (waiting_.contains(key)) {
    next->waits = true;
    return true;
  }
  calls_[call.operation.operation].push_back(text_of(call.message.parts));
  const PartnerScript script = scripts_[call.operation.operation];
  if (script.kind == PartnerScript::Kind::wait && !call.one_way) {
    waiting_.insert(key);
    next->waits = true;
  } else {
    settle(*next, make_answer(call, script));
  }
  return true;
}

void GatedPartner::settle(Visit& visit, PartnerAnswer answer) {
  const std::string& key = visit.call->idempotency_key;
  answers_.insert_or_assign(key, answer);
  answered_in_this_life_.insert(key);
  waiting_.erase(key);
  visit.waits = false;
  visit.answer = std::move(answer);
  answered_.notify_all();
}

bool GatedPartner::answer(const std::string& operation, const PartnerScript& script) {
  std::lock_guard lock(mutex_);
  Visit* oldest = nullptr;
  for (auto& visit : visits_)
    if (visit.waits && visit.call->operation.operation == operation && (!oldest || rank(visit) < rank(*oldest)))
      oldest = &visit;
  if (!oldest) return false;
  settle(*oldest, make_answer(*oldest->call, script));
  return true;
}

bool GatedPartner::dismiss_except(const std::set<std::string>& wanted_keys) {
  std::lock_guard lock(mutex_);
  bool any = false;
  for (auto& visit : visits_) {
    if (!visit.waits || wanted_keys.contains(visit.call->idempotency_key)) continue;
    settle(visit, make_answer(*visit.call, {PartnerScript::Kind::fail, "", ""}));
    any = true;
  }
  return any;
}

void GatedPartner::expect_again(const std::string& key) {
  std::lock_guard lock(mutex_);
  answers_.erase(key);
  answered_in_this_life_.erase(key);
  ranks_.erase(key);
}

std::vector<std::string> GatedPartner::calls(const std::string& operation) const {
  std::lock_guard lock(mutex_);
  const auto found = calls_.find(operation);
  return found == calls_.end() ? std::vector<std::string>{} : found->second;
}

bool GatedPartner::any_waits() const {
  std::lock_guard lock(mutex_);
  return std::any_of(visits_.begin(), visits_.end(), [](const Visit& visit) { return visit.waits; });
}

/// A call that has its answer is on its way out already.
std::size_t GatedPartner::inside() const {
  std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(visits_.begin(), visits_.end(), [](const Visit& visit) { return !visit.answer; }));
}

void GatedPartner::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  answered_.notify_all();
}

void GatedPartner::open() {
  std::lock_guard lock(mutex_);
  closed_ = false;
  answered_in_this_life_.clear();
}

}  // namespace echoflow::scenario
