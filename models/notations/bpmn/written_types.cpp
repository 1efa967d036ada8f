#include "models/notations/bpmn/written_types.hpp"

#include <algorithm>
#include <array>

#include "models/base/namespaces.hpp"
#include "models/notations/bpmn/namespaces.hpp"

namespace echoflow::bpmn {
namespace {

// BPMN 2.0 §15.3 (substitution groups and the types that others extend).
constexpr std::array<std::string_view, 20> bases = {"rootElement",
                                                    "flowElement",
                                                    "flowNode",
                                                    "artifact",
                                                    "eventDefinition",
                                                    "loopCharacteristics",
                                                    "event",
                                                    "catchEvent",
                                                    "throwEvent",
                                                    "activity",
                                                    "gateway",
                                                    "task",
                                                    "subProcess",
                                                    "callableElement",
                                                    "globalTask",
                                                    "resourceRole",
                                                    "performer",
                                                    "humanPerformer",
                                                    "conversationNode",
                                                    "choreographyActivity"};

constexpr std::array<std::string_view, 72> concrete = {"process",
                                                       "collaboration",
                                                       "choreography",
                                                       "globalConversation",
                                                       "globalTask",
                                                       "globalUserTask",
                                                       "globalManualTask",
                                                       "globalScriptTask",
                                                       "globalBusinessRuleTask",
                                                       "globalChoreographyTask",
                                                       "itemDefinition",
                                                       "message",
                                                       "error",
                                                       "escalation",
                                                       "signal",
                                                       "interface",
                                                       "resource",
                                                       "dataStore",
                                                       "category",
                                                       "correlationProperty",
                                                       "endPoint",
                                                       "partnerEntity",
                                                       "partnerRole",
                                                       "task",
                                                       "userTask",
                                                       "manualTask",
                                                       "serviceTask",
                                                       "sendTask",
                                                       "receiveTask",
                                                       "scriptTask",
                                                       "businessRuleTask",
                                                       "callActivity",
                                                       "subProcess",
                                                       "transaction",
                                                       "adHocSubProcess",
                                                       "startEvent",
                                                       "intermediateCatchEvent",
                                                       "intermediateThrowEvent",
                                                       "boundaryEvent",
                                                       "endEvent",
                                                       "exclusiveGateway",
                                                       "inclusiveGateway",
                                                       "parallelGateway",
                                                       "eventBasedGateway",
                                                       "complexGateway",
                                                       "sequenceFlow",
                                                       "dataObject",
                                                       "dataObjectReference",
                                                       "dataStoreReference",
                                                       "choreographyTask",
                                                       "subChoreography",
                                                       "callChoreography",
                                                       "textAnnotation",
                                                       "group",
                                                       "association",
                                                       "messageEventDefinition",
                                                       "timerEventDefinition",
                                                       "errorEventDefinition",
                                                       "escalationEventDefinition",
                                                       "cancelEventDefinition",
                                                       "compensateEventDefinition",
                                                       "conditionalEventDefinition",
                                                       "linkEventDefinition",
                                                       "signalEventDefinition",
                                                       "terminateEventDefinition",
                                                       "standardLoopCharacteristics",
                                                       "multiInstanceLoopCharacteristics",
                                                       "performer",
                                                       "humanPerformer",
                                                       "potentialOwner",
                                                       "conversation",
                                                       "subConversation"};

template <std::size_t N>
bool among(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// "bpmn2:tUserTask" → "userTask"; "" for what is no type of an element.
std::string element_of(std::string_view type) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = type.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  type = type.substr(first, type.find_last_not_of(space) - first + 1);
  type = type.substr(type.rfind(':') + 1);  // npos + 1 is the beginning
  if (type.size() < 2 || type.front() != 't' || type[1] < 'A' || type[1] > 'Z') return {};
  std::string name(type.substr(1));
  name.front() = static_cast<char>(name.front() - 'A' + 'a');
  return among(name, concrete) ? name : std::string();
}

}  // namespace

void name_by_type(xml::Document& document) {
  for (xml::NodeIndex n = 0; n < document.node_count(); ++n) {
    if (document.kind(n) != xml::NodeKind::element || !is_model_namespace(document.namespace_uri(n))) continue;
    if (!among(document.local_name(n), bases)) continue;
    const std::string name = element_of(document.attribute(n, "type", ns::xsi).value_or(std::string_view{}));
    if (name.empty() || name == document.local_name(n)) continue;
    const std::string uri(document.namespace_uri(n));
    const std::string prefix(document.prefix(n));
    document.rename(n, uri, name, prefix);
  }
}

}  // namespace echoflow::bpmn
