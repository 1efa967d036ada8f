#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// An element of the schema, or (with a capital) what several have in common. Words are separated by |; behind a word
/// ! means that it is required, ? that it may stand once, + that one is required and several may stand.
struct SchemaKind {
  std::string_view name;
  std::string_view bases;
  std::string_view attributes;
  std::string_view children;
};

constexpr std::string_view anything = "*";  // text, markup and what tools like

// BPMN 2.0 §15.3 (XML schema). What structure.cpp asks for in every model is not marked as required here again.
constexpr SchemaKind schema_kinds[] = {
    {"Base", "", "id", "documentation|extensionElements?"},
    {"FlowElement", "Base", "name", "auditing?|monitoring?|categoryValueRef"},
    {"FlowNode", "FlowElement", "", "incoming|outgoing"},
    {"Roles", "", "", "resourceRole|performer|humanPerformer|potentialOwner"},
    {"Artifacts", "", "", "textAnnotation|group|association"},
    {"Flow", "", "",
     "startEvent|endEvent|intermediateCatchEvent|intermediateThrowEvent|implicitThrowEvent|boundaryEvent|event|"
     "exclusiveGateway|inclusiveGateway|parallelGateway|complexGateway|eventBasedGateway|sequenceFlow|dataObject|"
     "dataObjectReference|dataStoreReference|task|userTask|manualTask|serviceTask|sendTask|receiveTask|scriptTask|"
     "businessRuleTask|callActivity|subProcess|transaction|adHocSubProcess|choreographyTask|subChoreography|"
     "callChoreography"},
    {"Definitions", "", "",
     "eventDefinitionRef|messageEventDefinition|timerEventDefinition|errorEventDefinition|"
     "escalationEventDefinition|cancelEventDefinition|compensateEventDefinition|conditionalEventDefinition|"
     "linkEventDefinition|signalEventDefinition|terminateEventDefinition"},
    {"Conversations", "", "", "conversation|subConversation|callConversation"},
    {"Named", "Base", "name", ""},
    {"Text", "", anything, anything},
    {"Reference", "", "", ""},
    // --- activities
    {"Activity", "FlowNode|Roles", "isForCompensation|startQuantity|completionQuantity|default",
     "ioSpecification?|property|dataInputAssociation|dataOutputAssociation|standardLoopCharacteristics|"
     "multiInstanceLoopCharacteristics"},
    {"task", "Activity", "", ""},
    {"userTask", "Activity", "implementation", "rendering"},
    {"manualTask", "Activity", "", ""},
    {"serviceTask", "Activity", "implementation|operationRef", ""},
    {"sendTask", "Activity", "implementation|operationRef|messageRef", ""},
    {"receiveTask", "Activity", "implementation|operationRef|messageRef|instantiate", ""},
    {"scriptTask", "Activity", "scriptFormat", "script?"},
    {"businessRuleTask", "Activity", "implementation", ""},
    {"callActivity", "Activity", "calledElement", ""},
    {"subProcess", "Activity|Flow|Artifacts", "triggeredByEvent", "laneSet"},
    {"transaction", "subProcess", "method", ""},
    {"adHocSubProcess", "subProcess", "cancelRemainingInstances|ordering", "completionCondition?"},
    {"standardLoopCharacteristics", "Base", "testBefore|loopMaximum", "loopCondition?"},
    {"multiInstanceLoopCharacteristics", "Base", "isSequential|behavior|oneBehaviorEventRef|noneBehaviorEventRef",
     "loopCardinality?|loopDataInputRef?|loopDataOutputRef?|inputDataItem?|outputDataItem?|complexBehaviorDefinition|"
     "completionCondition?"},
    {"complexBehaviorDefinition", "Base", "", "condition?|event?"},
    {"rendering", "Base", "", ""},
    {"auditing", "Base", "", ""},
    {"monitoring", "Base", "", ""},
    {"resourceRole", "Named", "", "resourceRef?|resourceParameterBinding|resourceAssignmentExpression?"},
    {"performer", "resourceRole", "", ""},
    {"humanPerformer", "resourceRole", "", ""},
    {"potentialOwner", "resourceRole", "", ""},
    {"resourceAssignmentExpression", "Base", "", "expression?|formalExpression?"},
    {"resourceParameterBinding", "Base", "parameterRef", "expression?|formalExpression?"},
    // --- events
    {"Catch", "FlowNode|Definitions", "parallelMultiple", "property|dataOutput|dataOutputAssociation|outputSet?"},
    {"Throw", "FlowNode|Definitions", "", "property|dataInput|dataInputAssociation|inputSet?"},
    {"startEvent", "Catch", "isInterrupting", ""},
    {"intermediateCatchEvent", "Catch", "", ""},
    {"boundaryEvent", "Catch", "cancelActivity|attachedToRef", ""},
    {"intermediateThrowEvent", "Throw", "", ""},
    {"endEvent", "Throw", "", ""},
    {"implicitThrowEvent", "Throw", "", ""},
    {"event", "Throw", "", ""},
    {"messageEventDefinition", "Base", "messageRef", "operationRef?"},
    {"timerEventDefinition", "Base", "", "timeDate|timeDuration|timeCycle"},
    {"errorEventDefinition", "Base", "errorRef", ""},
    {"escalationEventDefinition", "Base", "escalationRef", ""},
    {"cancelEventDefinition", "Base", "", ""},
    {"compensateEventDefinition", "Base", "waitForCompletion|activityRef", ""},
    {"conditionalEventDefinition", "Base", "", "condition?"},
    {"linkEventDefinition", "Base", "name!", "source|target?"},
    {"signalEventDefinition", "Base", "signalRef", ""},
    {"terminateEventDefinition", "Base", "", ""},
    // --- gateways and flows
    {"Gateway", "FlowNode", "gatewayDirection", ""},
    {"exclusiveGateway", "Gateway", "default", ""},
    {"inclusiveGateway", "Gateway", "default", ""},
    {"complexGateway", "Gateway", "default", "activationCondition?"},
    {"eventBasedGateway", "Gateway", "instantiate|eventGatewayType", ""},
    {"parallelGateway", "Gateway", "", ""},
    {"sequenceFlow", "FlowElement", "sourceRef|targetRef|isImmediate", "conditionExpression?"},
    // --- data
    {"Data", "Named", "itemSubjectRef|isCollection", "dataState?"},
    {"dataObject", "FlowElement|Data", "", ""},
    {"dataObjectReference", "FlowElement|Data", "dataObjectRef", ""},
    {"dataStoreReference", "FlowElement|Data", "dataStoreRef", ""},
    {"dataInput", "Data", "", ""},
    {"dataOutput", "Data", "", ""},
    {"inputDataItem", "Data", "", ""},
    {"outputDataItem", "Data", "", ""},
    {"property", "Data", "", ""},
    {"dataStore", "Data", "capacity|isUnlimited", ""},
    {"dataState", "Named", "", ""},
    {"ioSpecification", "Base", "", "dataInput|dataOutput|inputSet|outputSet"},
    {"inputSet", "Named", "", "dataInputRefs|optionalInputRefs|whileExecutingInputRefs|outputSetRefs"},
    {"outputSet", "Named", "", "dataOutputRefs|optionalOutputRefs|whileExecutingOutputRefs|inputSetRefs"},
    {"ioBinding", "Base", "operationRef|inputDataRef|outputDataRef", ""},
    {"dataInputAssociation", "Base", "", "sourceRef|targetRef?|transformation?|assignment"},
    {"dataOutputAssociation", "dataInputAssociation", "", ""},
    {"assignment", "Base", "", "from?|to?"},
    // --- processes, lanes, artifacts
    {"Callable", "Named", "", "supportedInterfaceRef|ioSpecification?|ioBinding"},
    {"process", "Callable|Flow|Artifacts|Roles", "processType|isClosed|isExecutable|definitionalCollaborationRef",
     "auditing?|monitoring?|property|laneSet|correlationSubscription|supports"},
    {"globalTask", "Callable|Roles", "", ""},
    {"globalUserTask", "globalTask", "implementation", "rendering"},
    {"globalManualTask", "globalTask", "", ""},
    {"globalScriptTask", "globalTask", "scriptLanguage", "script?"},
    {"globalBusinessRuleTask", "globalTask", "implementation", ""},
    {"laneSet", "Named", "", "lane"},
    {"childLaneSet", "laneSet", "", ""},
    {"lane", "Named", "partitionElementRef", "partitionElement?|flowNodeRef|childLaneSet?"},
    {"partitionElement", "Base", anything, anything},
    {"textAnnotation", "Base", "textFormat", "text?"},
    {"group", "Base", "categoryValueRef", ""},
    {"association", "Base", "sourceRef|targetRef|associationDirection", ""},
    {"correlationSubscription", "Base", "correlationKeyRef", "correlationPropertyBinding"},
    {"correlationPropertyBinding", "Base", "correlationPropertyRef!", "dataPath?"},
    // --- collaborations, choreographies
    {"collaboration", "Named|Artifacts|Conversations", "isClosed",
     "participant|messageFlow|conversationAssociation|participantAssociation|messageFlowAssociation|correlationKey|"
     "choreographyRef|conversationLink"},
    {"globalConversation", "collaboration", "", ""},
    {"choreography", "collaboration|Flow", "", ""},
    {"globalChoreographyTask", "choreography", "initiatingParticipantRef", ""},
    {"participant", "Named", "processRef", "interfaceRef|endPointRef|participantMultiplicity?"},
    {"participantMultiplicity", "Base", "minimum|maximum", ""},
    {"participantAssociation", "Base", "", "innerParticipantRef!|outerParticipantRef!"},
    {"messageFlow", "Named", "sourceRef|targetRef|messageRef", ""},
    {"messageFlowAssociation", "Base", "innerMessageFlowRef!|outerMessageFlowRef!", ""},
    {"conversationAssociation", "Base", "innerConversationNodeRef!|outerConversationNodeRef!", ""},
    {"conversationLink", "Named", "sourceRef|targetRef", ""},
    {"conversation", "Named", "", "participantRef|messageFlowRef|correlationKey"},
    {"subConversation", "conversation|Conversations", "", ""},
    {"callConversation", "conversation", "calledCollaborationRef", "participantAssociation"},
    {"correlationKey", "Named", "", "correlationPropertyRef"},
    {"Choreographic", "FlowNode", "initiatingParticipantRef!|loopType", "participantRef+|correlationKey"},
    {"choreographyTask", "Choreographic", "", "messageFlowRef"},
    {"subChoreography", "Choreographic|Flow|Artifacts", "", ""},
    {"callChoreography", "Choreographic", "calledChoreographyRef", "participantAssociation"},
    // --- what stands at the top of a file
    {"definitions", "Named|Definitions", "targetNamespace|expressionLanguage|typeLanguage|exporter|exporterVersion",
     "import|extension|relationship|process|globalTask|globalUserTask|globalManualTask|globalScriptTask|"
     "globalBusinessRuleTask|globalChoreographyTask|collaboration|globalConversation|choreography|itemDefinition|"
     "message|error|escalation|signal|interface|resource|dataStore|category|correlationProperty|endPoint|"
     "partnerEntity|partnerRole"},
    {"import", "Base", "namespace|location|importType", ""},
    {"extension", "Base", "definition|mustUnderstand", ""},
    {"relationship", "Base", "type!|direction", "source+|target+"},
    {"itemDefinition", "Base", "structureRef|isCollection|itemKind", ""},
    {"message", "Named", "itemRef", ""},
    {"error", "Named", "errorCode|structureRef", ""},
    {"escalation", "Named", "escalationCode|structureRef", ""},
    {"signal", "Named", "structureRef", ""},
    {"interface", "Base", "name!|implementationRef", "operation"},
    {"operation", "Base", "name!|implementationRef", "inMessageRef?|outMessageRef?|errorRef"},
    {"resource", "Base", "name!", "resourceParameter"},
    {"resourceParameter", "Named", "type|isRequired", ""},
    {"category", "Named", "", "categoryValue"},
    {"categoryValue", "Base", "value", ""},
    {"correlationProperty", "Named", "type", "correlationPropertyRetrievalExpression"},
    {"correlationPropertyRetrievalExpression", "Base", "messageRef", "messagePath?"},
    {"endPoint", "Base", anything, anything},
    {"partnerEntity", "Named", "", "participantRef"},
    {"partnerRole", "Named", "", "participantRef"},
};

/// Elements with text alone: references, and what is written in a language of its own.
constexpr std::string_view text_elements =
    "documentation|extensionElements|text|script|expression|formalExpression|conditionExpression|completionCondition|"
    "loopCondition|loopCardinality|condition|activationCondition|timeDate|timeDuration|timeCycle|transformation|from|"
    "to|"
    "dataPath|messagePath|incoming|outgoing|categoryValueRef|eventDefinitionRef|operationRef|supportedInterfaceRef|"
    "interfaceRef|endPointRef|participantRef|messageFlowRef|choreographyRef|innerParticipantRef|outerParticipantRef|"
    "correlationPropertyRef|supports|inMessageRef|outMessageRef|errorRef|source|target|flowNodeRef|dataInputRefs|"
    "optionalInputRefs|whileExecutingInputRefs|outputSetRefs|dataOutputRefs|optionalOutputRefs|"
    "whileExecutingOutputRefs|inputSetRefs|sourceRef|targetRef|loopDataInputRef|loopDataOutputRef|resourceRef";

template <class Do>
void each_word(std::string_view list, Do what) {
  while (!list.empty()) {
    const auto bar = list.find('|');
    what(list.substr(0, bar));
    list = bar == std::string_view::npos ? std::string_view{} : list.substr(bar + 1);
  }
}

/// What a word of a list asks for.
struct SchemaWord {
  std::string_view name;
  bool required = false;
  bool once = false;
};
SchemaWord parse_word(std::string_view text) {
  const char mark = text.empty() ? '\0' : text.back();
  const bool marked = mark == '!' || mark == '?' || mark == '+';
  return {marked ? text.substr(0, text.size() - 1) : text, mark == '!' || mark == '+', mark == '!' || mark == '?'};
}

/// A list with those of the bases.
struct SchemaList {
  std::set<std::string_view> names;
  std::vector<SchemaWord> marked;

  bool allows(std::string_view name) const { return names.contains(name) || names.contains(anything); }
  bool allows_anything() const { return names.contains(anything); }
  void add(std::string_view list) {
    each_word(list, [&](std::string_view text) {
      const auto word = parse_word(text);
      const bool fresh = names.insert(word.name).second;
      if (fresh && (word.required || word.once)) marked.push_back(word);
    });
  }
};
struct SchemaElement {
  SchemaList attributes;
  SchemaList children;
};

void add_kind(SchemaElement& to, std::string_view name) {
  for (const auto& kind : schema_kinds) {
    if (kind.name != name) continue;
    to.attributes.add(kind.attributes);
    to.children.add(kind.children);
    each_word(kind.bases, [&](std::string_view base) { add_kind(to, base); });
  }
}

const std::map<std::string_view, SchemaElement>& schema() {
  static const auto all = [] {
    std::map<std::string_view, SchemaElement> map;
    for (const auto& kind : schema_kinds) add_kind(map[kind.name], kind.name);
    each_word(text_elements, [&](std::string_view name) { add_kind(map[name], "Text"); });
    return map;
  }();
  return all;
}

const SchemaElement* schema_of(const Checking& c, xml::NodeIndex n) {
  if (!c.source.is_model(n)) return nullptr;
  const auto found = schema().find(c.source.local(n));
  return found == schema().end() ? nullptr : &found->second;
}

void report_missing(Checking& c, xml::NodeIndex n, std::string_view name) {
  c.report("BPMN0209", n, "The " + c.call(n) + " has no " + std::string(name) + ": add it.");
}

void check_known_attributes(Checking& c, xml::NodeIndex n, const SchemaList& list) {
  const auto& document = c.source.document();
  for (auto a = document.first_attribute(n); a != xml::no_node; a = document.next_sibling(a)) {
    if (!document.namespace_uri(a).empty() || list.allows(document.local_name(a))) continue;
    c.report("BPMN0207", n,
             "The " + c.call(n) + " has the attribute " + shown(document.local_name(a)) +
                 ", which BPMN does not have there: correct its name, or give it a namespace of its own.");
  }
  for (const auto& word : list.marked)
    if (word.required && !c.source.has(n, word.name)) report_missing(c, n, word.name);
}

void check_known_children(Checking& c, xml::NodeIndex n, const SchemaList& list) {
  if (list.allows_anything()) return;
  std::map<std::string_view, std::size_t> count;
  for (const auto child : c.source.children(n)) {
    const auto name = c.source.local(child);
    ++count[name];
    if (list.allows(name) || has_listed_place(name)) continue;
    c.report(
        "BPMN0207", child,
        "The " + c.call(child) + " stands in " + c.call(n) +
            ", where BPMN knows no such element: correct its name, or put what a tool adds into extensionElements.");
  }
  for (const auto& word : list.marked) {
    const auto found = count.find(word.name);
    const std::size_t number = found == count.end() ? 0 : found->second;
    if (word.required && number == 0) report_missing(c, n, word.name);
    if (word.once && number > 1)
      c.report("BPMN0208", n,
               "The " + c.call(n) + " has " + std::to_string(number) + " elements " + std::string(word.name) +
                   ": keep one.");
  }
}

}  // namespace

// BPMN 2.0 §15.3: names of elements and attributes, and how often they stand.
void check_schema(Checking& c) {
  for (const auto n : c.source.elements()) {
    const auto* kind = schema_of(c, n);
    const auto* around = schema_of(c, c.source.document().parent(n));
    if (!kind || (!around && n != c.source.root())) continue;    // in what is said already
    if (around && around->children.allows_anything()) continue;  // markup in a text
    check_known_attributes(c, n, kind->attributes);
    check_known_children(c, n, kind->children);
  }
}

}  // namespace echoflow::bpmn
