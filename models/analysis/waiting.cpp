#include <algorithm>
#include <map>
#include <set>

#include "models/analysis/checks.hpp"

namespace echoflow::analysis {
namespace {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventDefinition;
using graph::EventPosition;
using graph::EventType;
using graph::Gateway;
using graph::GatewayKind;
using graph::RelationKind;

bool has(const Event& event, std::initializer_list<EventType> types) {
  return std::any_of(event.definitions.begin(), event.definitions.end(), [&](const EventDefinition& d) {
    return std::find(types.begin(), types.end(), d.type) != types.end();
  });
}

/// Words by which people call the customer, in lower case.
constexpr std::string_view customer_words[] = {"customer", "client",  "kunde",      "kundin",  "kunden",   "consumer",
                                               "guest",    "patient", "antragstel", "citizen", "besteller"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool names_customer(const graph::Names& names) {
  for (const auto& [language, text] : names.all()) {
    const auto name = lower(text);
    for (const auto word : customer_words)
      if (name.find(word) != std::string::npos) return true;
  }
  return false;
}

class Waiting {
 public:
  Waiting(const graph::ProcessGraph& graph, Reporter& reporter) : graph_(graph), reporter_(reporter) {
    for (NodeIndex n = 0; n < graph.node_count(); ++n) {
      const auto* event = graph.node(n).as<Event>();
      if (event && event->position == EventPosition::boundary && event->attached_to != none)
        boundaries_[event->attached_to].push_back(n);
      inside_[graph.node(n).container].push_back(n);
    }
  }

  void run() {
    find_customers();
    const bool bpel = graph_.notation == graph::Notation::bpel;
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto& node = graph_.node(n);
      if (const auto* activity = node.as<Activity>())
        check_activity(n, *activity);
      else if (const auto* event = node.as<Event>())
        check_event(n, *event);
      else if (const auto* gateway = node.as<Gateway>())
        check_gateway(n, *gateway);
    }
    if (!bpel) check_customers();
  }

 private:
  const std::vector<NodeIndex>& boundaries(NodeIndex n) const {
    static const std::vector<NodeIndex> nothing;
    const auto found = boundaries_.find(n);
    return found == boundaries_.end() ? nothing : found->second;
  }
  /// A timer at the activity itself, at a sub-process around it, or one that runs beside it.
  bool timed(NodeIndex n) const {
    for (; n != none; n = graph_.containers[graph_.node(n).container].owner) {
      for (const auto b : boundaries(n))
        if (has(*graph_.node(b).as<Event>(), {EventType::timer, EventType::conditional})) return true;
      const auto siblings = inside_.find(graph_.node(n).container);
      for (const auto s : siblings->second) {
        const auto* handler = graph_.node(s).as<Activity>();
        if (handler && handler->kind == ActivityKind::event_sub_process && started_by(*handler, {EventType::timer}))
          return true;
      }
    }
    return false;
  }
  bool started_by(const Activity& handler, std::initializer_list<EventType> types) const {
    const auto body = inside_.find(handler.body);
    if (body == inside_.end()) return false;
    return std::any_of(body->second.begin(), body->second.end(), [&](NodeIndex n) {
      const auto* event = graph_.node(n).as<Event>();
      return event && event->position == EventPosition::start && has(*event, types);
    });
  }
  /// A first step waits for what begins the process.
  bool begins(NodeIndex n) const { return graph_.incoming(n).empty(); }
  bool after_event_gateway(NodeIndex n) const {
    for (const auto f : graph_.incoming(n)) {
      const auto* gateway = graph_.node(graph_.source(f)).as<Gateway>();
      if (gateway && gateway->kind == GatewayKind::event_based) return true;
    }
    return false;
  }
  bool attribute_says(NodeIndex n, std::initializer_list<std::string_view> words) const {
    for (const auto& attribute : graph_.node(n).attributes) {
      const auto name = lower(attribute.name);
      for (const auto word : words)
        if (name.find(word) != std::string::npos) return true;
    }
    return false;
  }

  /// What <cx:task> notes of a task: its deadlines, and what happens when they pass.
  bool noted_says(NodeIndex n, std::string_view word) const {
    for (const auto& attribute : graph_.node(n).attributes)
      if (attribute.name == "{urn:echoflow:cx:1.0}task" && attribute.value.find(word) != std::string::npos) return true;
    return false;
  }

  /// Does it hear customers, or speak to them? Of what is heard, thresholds and tasks' events come from inside.
  bool meets_customers(NodeIndex n) const {
    for (const auto& attribute : graph_.node(n).attributes) {
      if (attribute.name == "{urn:echoflow:cx:1.0}says") return true;
      if (attribute.name == "{urn:echoflow:cx:1.0}hears")
        return attribute.value.find("thresholds") == std::string::npos &&
               attribute.value.find("taskEvents") == std::string::npos;
    }
    return false;
  }

  void check_activity(NodeIndex n, const Activity& activity) {
    if (activity.kind == ActivityKind::receive_task && !activity.instantiate && !begins(n) && !after_event_gateway(n) &&
        !timed(n))
      reporter_.add({"AN301", {n}});
    if (activity.kind == ActivityKind::event_sub_process) check_handler(n, activity);
    if (activity.kind != ActivityKind::user_task) return;
    const bool deadline =
        timed(n) || noted_says(n, "eadline") || attribute_says(n, {"deadline", "duedate", "due_date", "expiration"});
    if (!deadline)
      reporter_.add({"AN303", {n}});
    else if (!escalates(n))
      reporter_.add({"AN304", {n}});
  }

  // A timer or an escalation that leads to something else, or the task's own escalation.
  bool escalates(NodeIndex n) const {
    if (attribute_says(n, {"escalat"}) || noted_says(n, "escalation")) return true;
    for (; n != none; n = graph_.containers[graph_.node(n).container].owner) {
      for (const auto b : boundaries(n)) {
        const auto* event = graph_.node(b).as<Event>();
        if (has(*event, {EventType::timer, EventType::escalation, EventType::conditional}) &&
            !graph_.outgoing(b).empty())
          return true;
      }
      for (const auto s : inside_.at(graph_.node(n).container)) {
        const auto* handler = graph_.node(s).as<Activity>();
        if (handler && handler->kind == ActivityKind::event_sub_process &&
            started_by(*handler, {EventType::timer, EventType::escalation}))
          return true;
      }
    }
    return false;
  }

  void check_event(NodeIndex n, const Event& event) {
    if (event.position == EventPosition::boundary) return check_boundary(n, event);
    if (event.position != EventPosition::intermediate_catch || begins(n)) return;
    if (!has(event, {EventType::message, EventType::signal, EventType::conditional})) return;
    if (has(event, {EventType::timer}) || after_event_gateway(n) || timed(n)) return;
    reporter_.add({"AN301", {n}});
  }

  void check_gateway(NodeIndex n, const Gateway& gateway) {
    if (gateway.kind != GatewayKind::event_based || gateway.instantiate || begins(n) || graph_.outgoing(n).size() < 2)
      return;
    for (const auto f : graph_.outgoing(n)) {
      const auto* event = graph_.node(graph_.target(f)).as<Event>();
      if (event && has(*event, {EventType::timer, EventType::conditional})) return;
    }
    if (!timed(n)) reporter_.add({"AN302", {n}});
  }

  void check_boundary(NodeIndex n, const Event& event) {
    if (event.attached_to == none || event.definitions.empty()) return;
    const auto* activity = graph_.node(event.attached_to).as<Activity>();
    if (!has(event, {EventType::compensation}) && graph_.outgoing(n).empty()) reporter_.add({"AN311", {n}});
    if (activity && activity->body != none && !can_be_set_off(event, activity->body))
      reporter_.add({"AN310", {n, event.attached_to}});
  }

  void check_handler(NodeIndex n, const Activity& activity) {
    const auto body = inside_.find(activity.body);
    const auto around = graph_.node(n).container;
    if (body == inside_.end()) return;
    for (const auto s : body->second) {
      const auto* event = graph_.node(s).as<Event>();
      if (!event || event->position != EventPosition::start || event->definitions.empty()) continue;
      if (!can_be_set_off(*event, around, activity.body))
        reporter_.add({"AN310", {n, none}, {reporter_.name(n), reporter_.name_of_container(around)}});
    }
  }

  // BPMN 2.0 §10.5.6: errors, escalations and cancellations come from within. What calls out may fail in ways that the
  // model does not show.
  bool can_be_set_off(const Event& handler, graph::ContainerIndex body, graph::ContainerIndex without = none) const {
    if (graph_.notation == graph::Notation::bpel) return true;  // WS-BPEL 2.0 §12.5: any activity may fault
    for (const auto& wanted : handler.definitions) {
      if (wanted.type != EventType::error && wanted.type != EventType::escalation && wanted.type != EventType::cancel)
        return true;
      if (throws(body, wanted, without)) return true;
    }
    return false;
  }
  bool throws(graph::ContainerIndex body, const EventDefinition& wanted, graph::ContainerIndex without) const {
    std::vector<graph::ContainerIndex> open{body};
    std::set<graph::ContainerIndex> seen{body};
    while (!open.empty()) {
      const auto found = inside_.find(open.back());
      open.pop_back();
      if (found == inside_.end()) continue;
      for (const auto n : found->second) {
        if (const auto* event = graph_.node(n).as<Event>()) {
          const bool throwing =
              event->position == EventPosition::end || event->position == EventPosition::intermediate_throw;
          for (const auto& thrown : event->definitions)
            if (throwing && thrown.type == wanted.type && fits(thrown, wanted)) return true;
        } else if (const auto* activity = graph_.node(n).as<Activity>()) {
          if (wanted.type != EventType::cancel && may_throw_unseen(*activity)) return true;
          if (activity->body != none && activity->body != without && seen.insert(activity->body).second)
            open.push_back(activity->body);
        }
      }
    }
    return false;
  }
  bool fits(const EventDefinition& thrown, const EventDefinition& wanted) const {
    return wanted.ref.empty() || thrown.ref.empty() || thrown.ref == wanted.ref ||
           code_of(thrown.ref) == code_of(wanted.ref);
  }
  std::string code_of(const std::string& ref) const {
    const auto found = graph_.definitions.find(ref);
    return found == graph_.definitions.end() ? ref : found->second.code;
  }
  static bool may_throw_unseen(const Activity& activity) {
    switch (activity.kind) {
      case ActivityKind::sub_process:
      case ActivityKind::event_sub_process:
      case ActivityKind::transaction:
      case ActivityKind::ad_hoc_sub_process:
        return false;
      case ActivityKind::task:
      case ActivityKind::user_task:
      case ActivityKind::manual_task:
      case ActivityKind::service_task:
      case ActivityKind::send_task:
      case ActivityKind::receive_task:
      case ActivityKind::script_task:
      case ActivityKind::business_rule_task:
      case ActivityKind::call_activity:
      case ActivityKind::process_interface:
        return true;
    }
    return true;
  }

  /// Pools, lanes and roles that are the customer; a process whose own pool they are is the customer's.
  void find_customers() {
    for (const auto& participant : graph_.participants) {
      if (!names_customer(participant.name)) continue;
      customers_.insert(participant.id);
      if (participant.process != none) of_customer_.insert(participant.process);
    }
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      if (of_customer_.count(graph_.node(n).container)) customers_.insert(graph_.node(n).id);
  }

  void check_customers() {
    std::set<NodeIndex> measured;
    std::set<graph::ContainerIndex> measured_containers;
    bool any_kpi_of_all = false;
    for (const auto& relation : graph_.relations) {
      if (relation.kind != RelationKind::measured_by) continue;
      if (relation.from == none)
        any_kpi_of_all = true;
      else
        measured.insert(relation.from);
    }
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto* kpi = graph_.node(n).as<graph::Kpi>();
      if (kpi) measured_containers.insert(graph_.node(n).container);
    }
    if (any_kpi_of_all) return;
    std::set<NodeIndex> contacts;
    for (const auto& flow : graph_.message_flows) {
      if (customers_.count(flow.to)) contacts.insert(graph_.find(flow.from));
      if (customers_.count(flow.from)) contacts.insert(graph_.find(flow.to));
    }
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const bool cx = meets_customers(n) && !of_customer_.count(graph_.node(n).container);
      if (cx) contacts.insert(n);
    }
    contacts.erase(none);
    for (const auto n : contacts) {
      const auto container = graph_.node(n).container;
      if (of_customer_.count(container) || measured_containers.count(container) || is_measured(n, measured)) continue;
      if (attribute_says(n, {"kpi"}) || container_says_kpi(container)) continue;
      reporter_.add({"AN305", {n}});
    }
  }
  bool is_measured(NodeIndex n, const std::set<NodeIndex>& measured) const {
    for (; n != none; n = graph_.containers[graph_.node(n).container].owner)
      if (measured.count(n)) return true;
    return false;
  }
  bool container_says_kpi(graph::ContainerIndex container) const {
    for (const auto& attribute : graph_.containers[container].attributes)
      if (lower(attribute.name).find("kpi") != std::string::npos) return true;
    return false;
  }

  const graph::ProcessGraph& graph_;
  Reporter& reporter_;
  std::map<NodeIndex, std::vector<NodeIndex>> boundaries_;
  std::map<graph::ContainerIndex, std::vector<NodeIndex>> inside_;
  std::set<std::string> customers_;  ///< ids of participants and of their processes' nodes
  std::set<graph::ContainerIndex> of_customer_;
};

}  // namespace

void check_waiting(const graph::ProcessGraph& graph, Reporter& reporter) {
  Waiting(graph, reporter).run();
}

}  // namespace echoflow::analysis
