#include "engine/cx/kpis/measures.hpp"

/// What cases tell. A bot's answer never gets here: the case book takes no step by it.
namespace echoflow::kpis {
namespace {

using cx::KpiBuiltIn;

void first_response(Kpi& kpi, const Fact& fact, const CaseStep& step) {
  if (step.opened) kpi.begin(step.cycle_id, fact);
  if (step.first_answer) kpi.end(step.cycle_id, fact);
  if (step.closed) kpi.drop(step.cycle_id, fact.at);
}

void next_response(Kpi& kpi, const Fact& fact, const CaseStep& step) {
  if (step.customer_waits && step.answered_before) kpi.begin(step.cycle_id, fact);
  if (step.ends_waiting) kpi.end(step.cycle_id, fact);
  if (step.closed) kpi.drop(step.cycle_id, fact.at);
}

void resolution(Kpi& kpi, const Fact& fact, const CaseStep& step) {
  if (step.opened) kpi.begin(step.cycle_id, fact);
  if (kpi.built_in()->pause_for_customer) {
    if (step.agent_answered) kpi.pause(step.cycle_id, fact.time());
    if (step.customer_spoke) kpi.resume(step.cycle_id, fact.time());
  }
  if (step.resolved)
    kpi.end(step.cycle_id, fact);
  else if (step.closed)
    kpi.drop(step.cycle_id, fact.at);
}

/// What is not answered when it comes due, or is closed without an answer, counts as offered and not as answered.
void service_level(Kpi& kpi, const Fact& fact, const CaseStep& step) {
  if (step.opened) kpi.begin_until(step.cycle_id, fact, kpi.built_in()->within, true);
  if (step.first_answer) kpi.decide_by_limit(step.cycle_id, fact);
  if (step.closed) kpi.decide(step.cycle_id, fact.at, 0);
}

void first_contact(Kpi& kpi, const Fact& fact, const CaseStep& step) {
  if (step.reopened) kpi.decide(step.last_cycle_id, fact.at, 0);
  if (!step.resolved) return;
  if (!kpi.built_in()->ignore_single_contact && step.contacts > 1)
    kpi.sample(fact, 0);
  else
    kpi.begin_until(step.cycle_id, fact, kpi.built_in()->within, false);
}

}  // namespace

void measure_cases(Kpi& kpi, const Fact& fact, const CaseStep& step) {
  const auto which = kpi.built_in()->measure;
  if (which == KpiBuiltIn::first_response_time) first_response(kpi, fact, step);
  if (which == KpiBuiltIn::next_response_time) next_response(kpi, fact, step);
  if (which == KpiBuiltIn::resolution_time) resolution(kpi, fact, step);
  if (which == KpiBuiltIn::service_level) service_level(kpi, fact, step);
  if (which == KpiBuiltIn::first_contact_resolution) first_contact(kpi, fact, step);
  if (which == KpiBuiltIn::backlog || which == KpiBuiltIn::backlog_age) {
    if (step.opened) kpi.begin(step.cycle_id, fact);
    if (step.closed) kpi.drop(step.cycle_id, fact.at);
  }
  if (which == KpiBuiltIn::reopen_rate) {
    if (step.resolved) kpi.sample(fact, 0, 1);
    if (step.reopened) kpi.sample(fact, 100, 0);
  }
}

}  // namespace echoflow::kpis
