#include <algorithm>
#include <iterator>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// Where an element may stand. Elements that are not listed are not looked at: tools put much of their own between.
struct ParentPlace {
  std::string_view element;
  std::string_view parents;  // separated by |; Words with a capital are groups
};

// BPMN 2.0 §8.3 to §10.8, the associations of each class; §15.3 (schema).
constexpr ParentPlace parent_places[] = {
    {"property", "process|Activity|Event"},
    {"ioSpecification", "process|Activity|GlobalTask"},
    {"dataInput", "ioSpecification|Event|inputSet"},
    {"dataOutput", "ioSpecification|Event|outputSet"},
    {"inputSet", "ioSpecification|Event"},
    {"outputSet", "ioSpecification|Event"},
    {"dataInputAssociation", "Activity|Event"},
    {"dataOutputAssociation", "Activity|Event"},
    {"dataObject", "Flow"},
    {"dataObjectReference", "Flow"},
    {"dataStoreReference", "Flow"},
    {"dataStore", "definitions"},
    {"itemDefinition", "definitions"},
    {"message", "definitions"},
    {"error", "definitions"},
    {"signal", "definitions"},
    {"escalation", "definitions"},
    {"interface", "definitions"},
    {"resource", "definitions"},
    {"category", "definitions"},
    {"process", "definitions"},
    {"collaboration", "definitions"},
    {"participant", "collaboration|choreography|globalConversation|globalChoreographyTask"},
    {"messageFlow", "collaboration|choreography|globalConversation|globalChoreographyTask"},
    {"conversation", "collaboration|subConversation|globalConversation|choreography"},
    {"subConversation", "collaboration|subConversation|globalConversation|choreography"},
    {"callConversation", "collaboration|subConversation|globalConversation|choreography"},
    {"conversationLink", "collaboration|globalConversation|choreography"},
    {"operation", "interface"},
    {"sequenceFlow", "Flow"},
    {"laneSet", "process|subProcess|transaction|adHocSubProcess"},
    {"lane", "laneSet|childLaneSet"},
    {"standardLoopCharacteristics", "Activity"},
    {"multiInstanceLoopCharacteristics", "Activity"},
    {"boundaryEvent", "Flow"},
    {"startEvent", "Flow"},
    {"endEvent", "Flow"},
    {"intermediateCatchEvent", "Flow"},
    {"intermediateThrowEvent", "Flow"},
};

/// What must stand in an element: attributes and children without which it means nothing.
struct Need {
  std::string_view element;
  std::string_view name;
  bool attribute;
};
constexpr Need needs[] = {
    {"sequenceFlow", "sourceRef", true},
    {"sequenceFlow", "targetRef", true},
    {"messageFlow", "sourceRef", true},
    {"messageFlow", "targetRef", true},
    {"association", "sourceRef", true},
    {"association", "targetRef", true},
    {"boundaryEvent", "attachedToRef", true},
    {"conversationLink", "sourceRef", true},
    {"conversationLink", "targetRef", true},
    {"import", "importType", true},
    {"import", "namespace", true},
    {"import", "location", true},
    {"dataInputAssociation", "targetRef", false},
    {"dataOutputAssociation", "targetRef", false},
    {"ioSpecification", "inputSet", false},
    {"ioSpecification", "outputSet", false},
    {"assignment", "from", false},
    {"assignment", "to", false},
    {"conditionalEventDefinition", "condition", false},
    {"interface", "operation", false},
    {"operation", "inMessageRef", false},
    {"complexBehaviorDefinition", "condition", false},
    {"ioBinding", "operationRef", true},
    {"ioBinding", "inputDataRef", true},
    {"ioBinding", "outputDataRef", true},
    {"resourceParameterBinding", "parameterRef", true},
    {"correlationSubscription", "correlationKeyRef", true},
    {"correlationPropertyBinding", "dataPath", false},
    {"correlationPropertyRetrievalExpression", "messagePath", false},
    {"correlationPropertyRetrievalExpression", "messageRef", true},
    {"correlationProperty", "correlationPropertyRetrievalExpression", false},
    {"definitions", "targetNamespace", true},
};

bool is_parent_in(const Checking& c, xml::NodeIndex parent, std::string_view group) {
  const auto local = c.source.local(parent);
  if (group == "Activity") return c.is_activity(parent);
  if (group == "Event") return c.is_event(parent) || local == "event";
  if (group == "GlobalTask") return local.starts_with("global") && local.ends_with("Task");
  if (group == "Flow")
    return local == "process" || c.is_sub_process(parent) || local == "choreography" || local == "subChoreography" ||
           local == "globalChoreographyTask";
  return local == group;
}

bool may_stand(const Checking& c, xml::NodeIndex parent, std::string_view parents) {
  while (!parents.empty()) {
    const auto bar = parents.find('|');
    if (is_parent_in(c, parent, parents.substr(0, bar))) return true;
    parents = bar == std::string_view::npos ? std::string_view{} : parents.substr(bar + 1);
  }
  return false;
}

std::string parent_words(std::string_view parents) {
  std::string text;
  for (const char ch : parents) text += ch == '|' ? std::string(" or ") : std::string(1, ch);
  for (const std::string_view group : {"Activity", "Event", "GlobalTask", "Flow"}) {
    const auto at = text.find(group);
    if (at == std::string::npos) continue;
    text.replace(at, group.size(),
                 group == "Activity"     ? "an activity"
                 : group == "Event"      ? "an event"
                 : group == "GlobalTask" ? "a global task"
                                         : "a process or sub-process");
  }
  return text;
}

void check_place(Checking& c, xml::NodeIndex n) {
  const auto parent = c.source.document().parent(n);
  if (!c.source.is_model(parent)) return;
  for (const auto& place : parent_places)
    if (place.element == c.source.local(n) && !may_stand(c, parent, place.parents))
      c.report("BPMN0201", n,
               "The " + c.call(n) + " stands in " + c.call(parent) +
                   ", where BPMN has no place for it: "
                   "move it to " +
                   parent_words(place.parents) + ".");
}

void check_needs(Checking& c, xml::NodeIndex n) {
  for (const auto& need : needs) {
    if (need.element != c.source.local(n)) continue;
    const bool there = need.attribute ? c.source.has(n, need.name) : c.source.child(n, need.name) != xml::no_node;
    if (!there) c.report("BPMN0202", n, "The " + c.call(n) + " has no " + std::string(need.name) + ": add it.");
  }
}

// BPMN 2.0 §10.2, §11.5: choreography activities stand in choreographies, and nothing else does.
void check_choreography(Checking& c, xml::NodeIndex n) {
  const auto scope = c.scope(n);
  if (scope == xml::no_node) return;
  const bool choreography =
      c.source.local(scope).ends_with("horeography") || c.source.is(scope, "globalChoreographyTask");
  if (c.is_choreography_activity(n) && !choreography)
    c.report("BPMN0203", n,
             "The " + c.call(n) + " stands in the process flow of " + c.call(scope) +
                 ": replace it with an activity, or move it to a choreography.");
  if (c.is_activity(n) && choreography)
    c.report("BPMN0203", n,
             "The " + c.call(n) + " stands in " + c.call(scope) +
                 ": a choreography holds choreography tasks, no activities of one participant.");
}

// BPMN 2.0 §10.4.1 (naming conventions): "<name of the data object> [<state>]".
void check_reference_name(Checking& c, xml::NodeIndex n, std::string_view state) {
  const auto object = c.source.resolve_attribute(n, "dataObjectRef");
  const auto name = c.source.attribute(n, "name");
  if (object == xml::no_node || name.empty() || c.source.attribute(object, "name").empty()) return;
  const std::string base(c.source.attribute(object, "name"));
  const std::string in_state = state.empty() ? std::string() : "[" + std::string(state) + "]";
  const std::string wanted = in_state.empty() ? base : base + " " + in_state;
  if (name == wanted || name == base + in_state) return;
  c.report("BPMN0206", n,
           "The " + c.call(n) + " is called \"" + shown(name) + "\" but shows the data object \"" + shown(base) +
               "\": call it \"" + shown(wanted) + "\".");
}

// BPMN 2.0 §10.4.1 (states of data): a state is told by its name.
void check_data_states(Checking& c) {
  for (const auto n : c.all("dataObjectReference")) {
    const auto state = c.source.child(n, "dataState");
    check_reference_name(c, n, state == xml::no_node ? std::string_view{} : c.source.attribute(state, "name"));
  }
  for (const auto n : c.all("dataState"))
    if (c.source.attribute(n, "name").empty())
      c.report("BPMN0204", n, "The state of " + c.call(c.source.document().parent(n)) + " has no name: give it one.");
}

// BPMN 2.0 §8.3.3: what must be understood and is not cannot be run.
void check_extensions(Checking& c) {
  for (const auto n : c.all("extension"))
    if (c.source.flag(n, "mustUnderstand", false))
      c.report("BPMN0108", n,
               "The extension " + shown(c.source.attribute(n, "definition")) +
                   " must be understood, which it is not: remove it or set mustUnderstand=\"false\".");
}

// BPMN 2.0 §10.4.1: sub-processes have no data inputs and outputs of their own.
void check_sub_process_data(Checking& c) {
  for (const auto n : c.all("ioSpecification")) {
    const auto parent = c.source.document().parent(n);
    if (c.is_sub_process(parent) && c.source.child(parent, "multiInstanceLoopCharacteristics") == xml::no_node)
      c.report("BPMN0205", n,
               "The " + c.call(parent) +
                   " declares data inputs or outputs, which a sub-process "
                   "cannot have: let its activities use the data of the process around it.");
  }
}

}  // namespace

bool has_listed_place(std::string_view local) {
  return std::any_of(std::begin(parent_places), std::end(parent_places),
                     [&](const ParentPlace& place) { return place.element == local; });
}

void check_structure(Checking& c) {
  for (const auto n : c.source.elements()) {
    check_place(c, n);
    check_needs(c, n);
    check_choreography(c, n);
  }
  check_data_states(c);
  check_sub_process_data(c);
  check_extensions(c);
}

}  // namespace echoflow::bpmn
