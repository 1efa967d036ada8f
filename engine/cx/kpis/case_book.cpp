#include "engine/cx/kpis/case_book.hpp"

namespace echoflow::kpis {
namespace {

std::string cycle_id(const std::string& id, std::uint32_t cycle) {
  return id + "#" + std::to_string(cycle);
}

}  // namespace

std::optional<CaseStep> CaseBook::see(const Fact& fact) {
  CaseStep step;
  if (const auto* opened = std::get_if<CaseOpened>(&fact.what)) {
    step = open(opened->id, fact.at, false);
  } else if (const auto* reopened = std::get_if<CaseReopened>(&fact.what)) {
    step = open(reopened->id, fact.at, false);
  } else if (const auto* spoke = std::get_if<CustomerSpoke>(&fact.what)) {
    step = open(spoke->id, fact.at, true);
  } else if (const auto* answered = std::get_if<AgentAnswered>(&fact.what)) {
    step = answer(answered->id, fact.at);
  } else if (const auto* resolved = std::get_if<CaseResolved>(&fact.what)) {
    step = close(*resolved, fact.at);
  }
  if (step.id.empty()) return std::nullopt;
  return step;
}

CaseStep CaseBook::open(const std::string& id, TimePoint at, bool by_customer) {
  forget(at);
  CaseStep step;
  step.id = id;
  const Case* before = cases_.find(id);
  if (before && before->resolved && before->touched + reopen_micros < at.micros) {
    by_time_.erase({before->touched, id});
    cases_.remove(id);
    before = nullptr;
  }
  const bool known = before != nullptr;
  Case& which = cases_.add(id);
  step.opened = !known || which.resolved;
  step.reopened = known && which.resolved && which.solved;
  if (known && which.resolved) {
    step.last_cycle_id = cycle_id(id, which.cycle);
    const auto touched = which.touched;
    which = {which.cycle + 1};
    which.touched = touched;
  }
  step.customer_spoke = by_customer;
  step.answered_before = which.answered;
  if (by_customer && !which.waiting) {
    which.waiting = true;
    ++which.contacts;
    step.customer_waits = true;
  }
  touch(id, which, at);
  step.cycle_id = cycle_id(id, which.cycle);
  step.contacts = which.contacts;
  return step;
}

CaseStep CaseBook::answer(const std::string& id, TimePoint at) {
  CaseStep step;
  Case* which = cases_.change(id);
  if (!which || which->resolved) return step;
  step.id = id;
  step.cycle_id = cycle_id(id, which->cycle);
  step.agent_answered = true;
  step.first_answer = !which->answered;
  step.answered_before = which->answered;
  step.ends_waiting = which->waiting;
  which->answered = true;
  which->waiting = false;
  step.contacts = which->contacts;
  touch(id, *which, at);
  return step;
}

CaseStep CaseBook::close(const CaseResolved& how, TimePoint at) {
  CaseStep step;
  Case* which = cases_.change(how.id);
  if (!which || which->resolved) return step;
  step.id = how.id;
  step.cycle_id = cycle_id(how.id, which->cycle);
  step.closed = true;
  step.resolved = how.solved;
  step.contacts = which->contacts;
  which->resolved = true;
  which->solved = how.solved;
  which->waiting = false;
  touch(how.id, *which, at);
  return step;
}

void CaseBook::touch(const std::string& id, Case& which, TimePoint at) {
  by_time_.erase({which.touched, id});
  which.touched = at.micros;
  by_time_.emplace(which.touched, id);
}

/// At most two at a time, so that no single fact has to pay for many.
void CaseBook::forget(TimePoint now) {
  for (int turn = 0; turn < 2 && !by_time_.empty(); ++turn) {
    const auto oldest = *by_time_.begin();
    const Case* which = cases_.find(oldest.second);
    const bool settled = which && which->resolved && oldest.first + reopen_micros < now.micros;
    if (!settled && cases_.size() < most_cases) return;
    cases_.remove(oldest.second);
    by_time_.erase(by_time_.begin());
  }
}

void CaseBook::restore() {
  by_time_.clear();
  cases_.each([this](const std::string& id, const Case& which) { by_time_.emplace(which.touched, id); });
}

}  // namespace echoflow::kpis
