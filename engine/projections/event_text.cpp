#include "engine/projections/event_text.hpp"
#include "engine/core/status_name.hpp"

#include "models/xml/writer.hpp"

namespace echoflow::engine {

using program::Program;

namespace {

std::string element_id(const Program& program, const InstanceState& state, ActivityId id) {
  const Activity* activity = find_activity(state, id);
  return activity == nullptr ? std::string() : program.node(activity->node).element_id;
}

EventView of(std::string type, const Program& program, const InstanceState& state, ActivityId activity,
             std::string detail = {}) {
  return {0, {}, std::move(type), activity, element_id(program, state, activity), std::move(detail)};
}

std::string text(const xml::DocumentPtr& document) {
  return document ? xml::to_string(*document) : "(no value)";
}
std::string text(const Parts& parts) {
  std::string all;
  for (const auto& part : parts) all += (all.empty() ? "" : "\n") + text(part);
  return all;
}
std::string text(const Fault& fault) {
  return fault.detail.empty() ? fault.name.clark() : fault.name.clark() + ": " + fault.detail;
}

std::string_view text(records::Outcome outcome) {
  switch (outcome) {
    case records::Outcome::completed:
      return "completed";
    case records::Outcome::kept:
      return "completed, can be compensated";
    case records::Outcome::handled:
      return "completed by a fault handler";
    case records::Outcome::faulted:
      return "faulted";
    case records::Outcome::terminated:
      return "terminated";
    case records::Outcome::skipped:
      return "skipped";
    case records::Outcome::compensated:
      return "compensated";
  }
  return "";
}

std::string_view text(instances::ScopePhase phase) {
  switch (phase) {
    case ScopePhase::created:
      return "created";
    case ScopePhase::running:
      return "running";
    case ScopePhase::completing:
      return "waits for running event handlers";
    case ScopePhase::faulting:
      return "terminates what runs after a fault";
    case ScopePhase::handling_fault:
      return "handles a fault";
    case ScopePhase::failing:
      return "ends by a fault in a handler";
    case ScopePhase::terminating:
      return "is being terminated";
    case ScopePhase::handling_termination:
      return "runs its termination handler";
    case ScopePhase::abandoning:
      return "abandons its handler";
    case ScopePhase::completed:
      return "completed";
    case ScopePhase::compensating:
      return "is being compensated";
  }
  return "";
}

std::string_view text(instances::Isolation isolation) {
  switch (isolation) {
    case instances::Isolation::none:
      return "gives up its isolation";
    case instances::Isolation::waiting:
      return "waits for its isolation";
    case instances::Isolation::held:
      return "holds its isolation";
  }
  return "";
}

std::string_view text(records::OperatorAct act) {
  switch (act) {
    case records::OperatorAct::suspend:
      return "suspend";
    case records::OperatorAct::resume:
      return "resume";
    case records::OperatorAct::terminate:
      return "terminate";
    case records::OperatorAct::retry:
      return "retry";
    case records::OperatorAct::skip:
      return "skip";
    case records::OperatorAct::fault:
      return "fault";
    case records::OperatorAct::set_variable:
      return "set variable";
  }
  return "";
}

std::string_view text_of_status(std::uint8_t status) {
  return to_string(static_cast<InstanceStatus>(status));
}

std::string handler_name(const Program& program, const InstanceState& state, ActivityId scope, std::uint32_t handler) {
  const Activity* activity = find_activity(state, scope);
  if (activity == nullptr) return {};
  const auto& catches = program.as<program::Scope>(activity->node).catches;
  if (handler >= catches.size()) return "catchAll";
  return catches[handler].fault_name.empty() ? "catch" : "catch " + catches[handler].fault_name.clark();
}

}  // namespace

EventView describe(const Program& p, const InstanceState&, const records::InstanceStarted& e) {
  return {0, {}, "instance_started", 1, p.node(0).element_id, e.business_key.text};
}
EventView describe(const Program& p, const InstanceState&, const records::ActivityCreated& e) {
  return {0, {}, "activity_created", e.id, p.node(e.node).element_id, e.joining ? "waits for its links" : ""};
}
EventView describe(const Program& p, const InstanceState& s, const records::ActivityStarted& e) {
  return of("activity_started", p, s, e.id);
}
EventView describe(const Program& p, const InstanceState& s, const records::ActivityEnded& e) {
  return of("activity_ended", p, s, e.id, std::string(text(e.outcome)));
}
EventView describe(const Program& p, const InstanceState& s, const records::ActivityTerminating& e) {
  return of("activity_terminating", p, s, e.id);
}
EventView describe(const Program& p, const InstanceState& s, const records::LinkDetermined& e) {
  return of("link_determined", p, s, e.flow, p.links[e.link].name + (e.value ? " is true" : " is false"));
}
EventView describe(const Program& p, const InstanceState& s, const records::LinkHeld& e) {
  return of("link_held", p, s, e.scope, p.links[e.link].name + (e.value ? " will be true" : " will be false"));
}
EventView describe(const Program& p, const InstanceState& s, const records::ScopePhaseChanged& e) {
  return of("scope_phase_changed", p, s, e.scope, std::string(text(e.phase)));
}
EventView describe(const Program& p, const InstanceState& s, const records::IsolationChanged& e) {
  return of("isolation_changed", p, s, e.scope, std::string(text(e.isolation)));
}
EventView describe(const Program& p, const InstanceState& s, const records::FaultRaised& e) {
  return of("fault_raised", p, s, e.scope, text(e.fault));
}
EventView describe(const Program& p, const InstanceState& s, const records::FaultCaught& e) {
  return of("fault_caught", p, s, e.scope, handler_name(p, s, e.scope, e.handler));
}
EventView describe(const Program& p, const InstanceState& s, const records::VariableSet& e) {
  return of("variable_set", p, s, e.scope, p.variables[e.variable].name + " = " + text(e.parts));
}
EventView describe(const Program& p, const InstanceState& s, const records::VariablePartSet& e) {
  const auto& type = p.message_types[p.variables[e.variable].type];
  const bool named = p.variables[e.variable].is_message && e.part < type.parts.size();
  return of("variable_part_set", p, s, e.scope,
            p.variables[e.variable].name + (named ? "." + type.parts[e.part].name : "") + " = " + text(e.value));
}
EventView describe(const Program& p, const InstanceState& s, const records::CorrelationSetInitiated& e) {
  std::string detail = p.correlation_sets[e.set].name + " =";
  for (const auto& value : e.values) detail += " " + value.text;
  return of("correlation_set_initiated", p, s, e.scope, std::move(detail));
}
EventView describe(const Program& p, const InstanceState& s, const records::PartnerLinkAssigned& e) {
  return of("partner_link_assigned", p, s, e.scope, p.partner_links[e.partner_link].name + " = " + e.address.text);
}
EventView describe(const Program& p, const InstanceState& s, const records::SubscriptionOpened& e) {
  return of("subscription_opened", p, s, e.activity, e.key.text);
}
EventView describe(const Program& p, const InstanceState& s, const records::SubscriptionClosed& e) {
  return of("subscription_closed", p, s, e.activity);
}
EventView describe(const Program& p, const InstanceState& s, const records::TimerScheduled& e) {
  return of("timer_scheduled", p, s, e.activity, format_time_point(e.due));
}
EventView describe(const Program& p, const InstanceState& s, const records::TimerEnded& e) {
  auto timer = s.timers.find(e.timer);
  return of("timer_ended", p, s, timer == s.timers.end() ? 0 : timer->second.activity, e.fired ? "fired" : "cancelled");
}
EventView describe(const Program& p, const InstanceState& s, const records::MessageReceived& e) {
  return of("message_received", p, s, e.activity, e.message_id.text);
}
EventView describe(const Program& p, const InstanceState&, const records::ExchangeOpened& e) {
  return {0, {}, "exchange_opened", 0, p.node(e.node).element_id, "request " + std::to_string(e.exchange)};
}
EventView describe(const Program& p, const InstanceState& s, const records::ReplySent& e) {
  return of("reply_sent", p, s, e.activity, e.is_fault ? text(e.fault) : text(e.parts));
}
EventView describe(const Program& p, const InstanceState& s, const records::InvokeRequested& e) {
  return of("invoke_requested", p, s, e.activity, e.address.text + "\n" + text(e.parts));
}
EventView describe(const Program& p, const InstanceState& s, const records::InvokeAnswered& e) {
  return of("invoke_answered", p, s, e.activity, text(e.parts));
}
EventView describe(const Program& p, const InstanceState& s, const records::InvokeFailed& e) {
  return of("invoke_failed", p, s, e.activity, text(e.fault) + (e.incident ? " (waits for an operator)" : ""));
}
EventView describe(const Program& p, const InstanceState& s, const records::ForEachStarted& e) {
  return of("for_each_started", p, s, e.activity, std::to_string(e.start) + " to " + std::to_string(e.final));
}
EventView describe(const Program& p, const InstanceState& s, const records::BranchCounted& e) {
  return of("branch_counted", p, s, e.activity, e.counts ? "counts" : "does not count");
}
EventView describe(const Program& p, const InstanceState& s, const records::CompensationStarted& e) {
  return of("compensation_started", p, s, e.scope);
}
EventView describe(const Program& p, const InstanceState& s, const records::CompensationDropped& e) {
  return of("compensation_dropped", p, s, e.scope);
}
EventView describe(const Program& p, const InstanceState& s, const records::OperatorActed& e) {
  return of("operator_acted", p, s, e.activity,
            std::string(text(e.act)) + " by " + e.who + (e.why.empty() ? "" : ": " + e.why));
}
EventView describe(const Program& p, const InstanceState&, const records::InstanceEnded& e) {
  return {0,
          {},
          "instance_ended",
          1,
          p.node(0).element_id,
          std::string(text_of_status(e.status)) + (e.fault.name.empty() ? "" : ", " + text(e.fault))};
}
EventView describe(const Program& p, const InstanceState& s, const records::Measured& e) {
  return of("measured", p, s, e.activity, e.kpi + (e.group.empty() ? "" : " of " + e.group) + " = " + e.value);
}
EventView describe(const Program& p, const InstanceState& s, const records::ActivityRetried& e) {
  return of("activity_retried", p, s, e.activity);
}

}  // namespace echoflow::engine
