#include <algorithm>
#include <span>

#include "models/base/namespaces.hpp"
#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// What a reference may name. Words with a capital are groups of elements.
struct Reference {
  std::string_view element;  // that has it; "" any
  std::string_view name;     // attribute or child element
  std::string_view targets;  // separated by |
};

// BPMN 2.0 §15.3.2 (references), with the types of the metamodel's attributes and associations.
constexpr Reference attributes[] = {
    {"sequenceFlow", "sourceRef", "FlowNode"},
    {"sequenceFlow", "targetRef", "FlowNode"},
    {"messageFlow", "sourceRef", "InteractionNode"},
    {"messageFlow", "targetRef", "InteractionNode"},
    {"messageFlow", "messageRef", "message"},
    {"association", "sourceRef", ""},
    {"association", "targetRef", ""},
    {"conversationLink", "sourceRef", "InteractionNode|ConversationNode"},
    {"conversationLink", "targetRef", "InteractionNode|ConversationNode"},
    {"boundaryEvent", "attachedToRef", "Activity"},
    {"participant", "processRef", "process"},
    {"process", "definitionalCollaborationRef", "collaboration|choreography|globalConversation|globalChoreographyTask"},
    {"callActivity", "calledElement", "process|GlobalTask"},
    {"callChoreography", "calledChoreographyRef", "choreography|globalChoreographyTask"},
    {"callConversation", "calledCollaborationRef", "collaboration|globalConversation|choreography"},
    {"", "initiatingParticipantRef", "participant"},
    {"", "itemSubjectRef", "itemDefinition"},
    {"message", "itemRef", "itemDefinition"},
    {"error", "structureRef", "itemDefinition"},
    {"escalation", "structureRef", "itemDefinition"},
    {"signal", "structureRef", "itemDefinition"},
    {"dataObjectReference", "dataObjectRef", "dataObject"},
    {"dataStoreReference", "dataStoreRef", "dataStore"},
    {"", "default", "sequenceFlow"},
    {"sendTask", "messageRef", "message"},
    {"receiveTask", "messageRef", "message"},
    {"messageEventDefinition", "messageRef", "message"},
    {"correlationPropertyRetrievalExpression", "messageRef", "message"},
    {"sendTask", "operationRef", "operation"},
    {"receiveTask", "operationRef", "operation"},
    {"serviceTask", "operationRef", "operation"},
    {"ioBinding", "operationRef", "operation"},
    {"ioBinding", "inputDataRef", "inputSet|dataInput"},
    {"ioBinding", "outputDataRef", "outputSet|dataOutput"},
    {"errorEventDefinition", "errorRef", "error"},
    {"escalationEventDefinition", "escalationRef", "escalation"},
    {"signalEventDefinition", "signalRef", "signal"},
    {"compensateEventDefinition", "activityRef", "Activity"},
    {"multiInstanceLoopCharacteristics", "oneBehaviorEventRef", "EventDefinition"},
    {"multiInstanceLoopCharacteristics", "noneBehaviorEventRef", "EventDefinition"},
    {"group", "categoryValueRef", "categoryValue"},
    {"correlationSubscription", "correlationKeyRef", "correlationKey"},
    {"correlationPropertyBinding", "correlationPropertyRef", "correlationProperty"},
    {"resourceParameterBinding", "parameterRef", "resourceParameter"},
    {"lane", "partitionElementRef", ""},
    {"conversationAssociation", "innerConversationNodeRef", "ConversationNode"},
    {"conversationAssociation", "outerConversationNodeRef", "ConversationNode"},
    {"messageFlowAssociation", "innerMessageFlowRef", "messageFlow"},
    {"messageFlowAssociation", "outerMessageFlowRef", "messageFlow"},
};

constexpr Reference children[] = {
    {"", "categoryValueRef", "categoryValue"},
    {"", "eventDefinitionRef", "EventDefinition"},
    {"", "supportedInterfaceRef", "interface"},
    {"participant", "interfaceRef", "interface"},
    {"participant", "endPointRef", "endPoint"},
    {"partnerEntity", "participantRef", "participant"},
    {"partnerRole", "participantRef", "participant"},
    {"choreographyTask", "participantRef", "participant"},
    {"subChoreography", "participantRef", "participant"},
    {"callChoreography", "participantRef", "participant"},
    {"conversation", "participantRef", "participant"},
    {"subConversation", "participantRef", "participant"},
    {"callConversation", "participantRef", "participant"},
    {"", "messageFlowRef", "messageFlow"},
    {"", "choreographyRef", "choreography|globalChoreographyTask"},
    {"", "innerParticipantRef", "participant"},
    {"", "outerParticipantRef", "participant"},
    {"correlationKey", "correlationPropertyRef", "correlationProperty"},
    {"process", "supports", "process"},
    {"", "inMessageRef", "message"},
    {"", "outMessageRef", "message"},
    {"operation", "errorRef", "error"},
    {"messageEventDefinition", "operationRef", "operation"},
    {"linkEventDefinition", "source", "linkEventDefinition"},
    {"linkEventDefinition", "target", "linkEventDefinition"},
    {"lane", "flowNodeRef", "FlowNode|Data"},
    {"", "dataInputRefs", "dataInput"},
    {"", "optionalInputRefs", "dataInput"},
    {"", "whileExecutingInputRefs", "dataInput"},
    {"", "outputSetRefs", "outputSet"},
    {"", "dataOutputRefs", "dataOutput"},
    {"", "optionalOutputRefs", "dataOutput"},
    {"", "whileExecutingOutputRefs", "dataOutput"},
    {"", "inputSetRefs", "inputSet"},
    {"dataInputAssociation", "sourceRef", "ItemAware"},
    {"dataInputAssociation", "targetRef", "ItemAware"},
    {"dataOutputAssociation", "sourceRef", "ItemAware"},
    {"dataOutputAssociation", "targetRef", "ItemAware"},
    {"", "loopDataInputRef", "ItemAware"},
    {"", "loopDataOutputRef", "ItemAware"},
    {"", "resourceRef", "resource"},
};

constexpr std::string_view item_aware[] = {"dataObject", "dataObjectReference", "dataStoreReference",
                                           "dataStore",  "dataInput",           "dataOutput",
                                           "property",   "inputDataItem",       "outputDataItem"};
constexpr std::string_view conversation_nodes[] = {"conversation", "subConversation", "callConversation"};

bool among(std::string_view local, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), local) != names.end();
}

bool in_group(const Checking& c, xml::NodeIndex n, std::string_view group) {
  const auto local = c.source.local(n);
  if (group == "FlowNode") return c.is_flow_node(n);
  if (group == "Activity") return c.is_activity(n);
  if (group == "GlobalTask") return local.starts_with("global") && local.ends_with("Task");
  if (group == "EventDefinition") return local.ends_with("EventDefinition");
  if (group == "ItemAware") return among(local, item_aware);
  if (group == "Data") return among(local, item_aware) || local == "textAnnotation" || local == "group";
  if (group == "ConversationNode") return among(local, conversation_nodes);
  // BPMN 2.0 §9.4: pools, activities and events; gateways exchange no messages.
  if (group == "InteractionNode") return local == "participant" || c.is_activity(n) || c.is_event(n);
  return local == group;
}

bool fits(const Checking& c, xml::NodeIndex n, std::string_view targets) {
  if (targets.empty()) return true;
  if (!c.source.is_model(n)) return false;
  while (!targets.empty()) {
    const auto bar = targets.find('|');
    if (in_group(c, n, targets.substr(0, bar))) return true;
    targets = bar == std::string_view::npos ? std::string_view{} : targets.substr(bar + 1);
  }
  return false;
}

struct Word {
  std::string_view group;
  std::string_view words;
};
constexpr Word group_words[] = {
    {"FlowNode", "an event, activity or gateway"},
    {"Activity", "an activity"},
    {"GlobalTask", "a global task"},
    {"EventDefinition", "an event definition"},
    {"ItemAware", "a piece of data"},
    {"Data", "a piece of data"},
    {"ConversationNode", "a conversation"},
    {"InteractionNode", "a pool, an activity or an event"},
};

std::string words(std::string_view targets) {
  std::string text;
  while (!targets.empty()) {
    const auto bar = targets.find('|');
    const auto one = targets.substr(0, bar);
    std::string word = std::string("an element ") + std::string(one);
    for (const auto& known : group_words)
      if (known.group == one) word = std::string(known.words);
    text += (text.empty() ? "" : " or ") + word;
    targets = bar == std::string_view::npos ? std::string_view{} : targets.substr(bar + 1);
  }
  return text;
}

void check(Checking& c, xml::NodeIndex n, xml::NodeIndex at, const Reference& reference, const std::string& text) {
  const std::string name(reference.name);
  const std::string owner = c.call(n);
  if (text.empty()) return c.report("BPMN0103", at, "The " + name + " of " + owner + " is empty: name what it means.");
  const auto target = c.source.resolve(at, text);
  if (target == xml::no_node) {
    const auto meant = c.source.reference(at, text);
    if (c.imports(meant)) return;
    // Tools for one engine name the type itself, which it knows.
    if (reference.targets == "itemDefinition" && QName::from_clark(meant).ns == ns::xsd)
      return c.report("BPMN0110", at,
                      "The " + name + " of " + owner + " names the type " + shown(text) +
                          ": add an itemDefinition with that structureRef and name it.");
    if (c.source.is_foreign(at, text))
      return c.report("BPMN0107", at,
                      "The " + name + " of " + owner + " names " + shown(text) +
                          " of another namespace: import the file that holds it.");
    return c.report("BPMN0103", at,
                    "The " + name + " of " + owner + " names " + shown(text) +
                        ", which no element of this file is called: correct it or add the element.");
  }
  if (!fits(c, target, reference.targets))
    c.report("BPMN0104", at,
             "The " + name + " of " + owner + " names the " + c.call(target) + "; it must name " +
                 words(reference.targets) + ".");
}

/// Names of vendors' own systems are no references (job types, remote processes).
bool is_outside(const Checking& c, xml::NodeIndex n, const Reference& reference) {
  return reference.name == "calledElement" && !c.is_executable(n);
}

void check_attributes(Checking& c, xml::NodeIndex n) {
  const auto local = c.source.local(n);
  for (const auto& reference : attributes) {
    if (!reference.element.empty() && reference.element != local) continue;
    if (!c.source.has(n, reference.name) || is_outside(c, n, reference)) continue;
    check(c, n, n, reference, std::string(c.source.attribute(n, reference.name)));
  }
}

void check_children(Checking& c, xml::NodeIndex n) {
  const auto parent = c.source.document().parent(n);
  if (!c.source.is_model(parent)) return;
  const auto local = c.source.local(n);
  for (const auto& reference : children)
    if (reference.name == local && (reference.element.empty() || reference.element == c.source.local(parent)))
      check(c, parent, n, reference, c.source.text(n));
}

}  // namespace

void check_references(Checking& c) {
  for (const auto n : c.source.elements()) {
    check_attributes(c, n);
    check_children(c, n);
  }
  // BPMN 2.0 §10.5.5: only definitions at the top of the file can be shared.
  for (const auto n : c.all("eventDefinitionRef")) {
    const auto target = c.source.resolve(n, c.source.text(n));
    if (target == xml::no_node || c.source.document().parent(target) == c.source.root()) continue;
    c.report("BPMN0106", n,
             "The eventDefinitionRef names " + c.call(target) +
                 ", which belongs to another event: move that definition to the top of the file.");
  }
}

}  // namespace echoflow::bpmn
