#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::EventDefinition;
using graph::EventType;
using graph::TimerKind;

struct DefinitionElement {
  std::string_view local;
  EventType type;
  std::string_view reference;  // the attribute that names what happens
};

// BPMN 2.0 §10.5.5 (event definitions).
constexpr DefinitionElement definition_kinds[] = {
    {"messageEventDefinition", EventType::message, "messageRef"},
    {"timerEventDefinition", EventType::timer, ""},
    {"errorEventDefinition", EventType::error, "errorRef"},
    {"escalationEventDefinition", EventType::escalation, "escalationRef"},
    {"cancelEventDefinition", EventType::cancel, ""},
    {"compensateEventDefinition", EventType::compensation, "activityRef"},
    {"conditionalEventDefinition", EventType::conditional, ""},
    {"linkEventDefinition", EventType::link, ""},
    {"signalEventDefinition", EventType::signal, "signalRef"},
    {"terminateEventDefinition", EventType::terminate, ""},
};

struct Timer {
  std::string_view local;
  TimerKind kind;
};
constexpr Timer timers[] = {
    {"timeDate", TimerKind::date}, {"timeDuration", TimerKind::duration}, {"timeCycle", TimerKind::cycle}};

void read_timer(Reading& r, xml::NodeIndex n, EventDefinition& to) {
  for (const auto& timer : timers) {
    const auto child = r.source.child(n, timer.local);
    if (child == xml::no_node || to.timer != TimerKind::none) continue;
    to.timer = timer.kind;
    to.expression = read_expression(r, child);
  }
}

}  // namespace

std::optional<EventDefinition> read_event_definition(Reading& r, xml::NodeIndex n) {
  for (const auto& kind : definition_kinds) {
    if (!r.source.is(n, kind.local)) continue;
    EventDefinition definition;
    r.ledger.kept(n);
    definition.type = kind.type;
    definition.id = take(r, n, "id");
    if (!kind.reference.empty()) definition.ref = take_reference(r, n, kind.reference);
    if (kind.type == EventType::message) definition.operation = read_reference_child(r, n, "operationRef");
    if (kind.type == EventType::compensation)
      definition.wait_for_completion = take_flag(r, n, "waitForCompletion", true);
    if (kind.type == EventType::conditional) definition.expression = read_expression_child(r, n, "condition");
    if (kind.type == EventType::timer) read_timer(r, n, definition);
    if (kind.type == EventType::link) {
      definition.name = take(r, n, "name");
      definition.ref = read_reference_child(r, n, "target");
      for (const auto source : r.source.children(n, "source")) r.ledger.kept(source);
    }
    return definition;
  }
  return std::nullopt;
}

std::vector<EventDefinition> read_event_definitions(Reading& r, xml::NodeIndex event,
                                                    std::vector<graph::Attribute>& attributes) {
  std::vector<EventDefinition> found;
  for (const auto child : r.source.children(event)) {
    if (auto definition = read_event_definition(r, child)) {
      found.push_back(std::move(*definition));
      const Common more = read_common_without_documentation(r, child);
      attributes.insert(attributes.end(), more.attributes.begin(), more.attributes.end());
    }
    if (!r.source.is(child, "eventDefinitionRef")) continue;
    const auto root = r.source.resolve(child, r.source.text(child));
    r.ledger.kept(child);
    if (root == xml::no_node) continue;
    auto definition = read_event_definition(r, root);
    if (!definition) continue;
    if (!may_copy(r, sizeof(EventDefinition) + (definition->expression ? definition->expression->text.size() : 0))) {
      r.ledger.left_out(child, "The file refers to large event definitions too often.");
      finding(r, Severity::error, "BPMN0007", child,
              "The file refers to large event definitions too often: give events definitions of their own.");
      continue;
    }
    found.push_back(std::move(*definition));
  }
  return found;
}

}  // namespace echoflow::bpmn
