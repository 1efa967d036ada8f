#include "models/notations/bpmn/rules/catalogue.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace echoflow::bpmn {
namespace {

using enum Weight;

// Sections are those of BPMN 2.0.2 (formal/2013-12-09).
constexpr Rule rules[] = {
    {"BPMN0101", always, "8.3.1", "An id names one element of the file."},
    {"BPMN0102", execution, "8.3.1", "Processes, participants, flow nodes and sequence flows have an id."},
    {"BPMN0103", always, "15.3.2", "What is referred to exists, here or in an imported file."},
    {"BPMN0104", always, "15.3.2", "What is referred to is of the kind that the reference asks for."},
    {"BPMN0106", always, "10.5.5", "Only event definitions at the top of the file are shared by eventDefinitionRef."},
    {"BPMN0107", execution, "15.3.2", "What is referred to in another namespace is imported."},
    {"BPMN0108", execution, "8.3.3", "Extensions that must be understood are understood."},
    {"BPMN0201", always, "15.3", "Each element stands where BPMN has a place for it."},
    {"BPMN0202", always, "15.3", "What an element cannot do without is there."},
    {"BPMN0203", always, "11.5", "Choreography activities stand in choreographies, activities in processes."},
    {"BPMN0204", execution, "10.4.1", "A state of data has a name."},
    {"BPMN0205", execution, "10.4.1", "Sub-processes declare no data inputs and outputs."},
    {"BPMN0206", execution, "10.4.1", "A reference to data is called after the data object and its state."},
    {"BPMN0301", execution, "8.3.2", "Formats of texts and scripts are MIME types."},
    {"BPMN0302", execution, "10.3.3", "A script has a scriptFormat, unless it is one name that stands for itself."},
    {"BPMN0303", execution, "8.4.6", "Languages, implementations and methods are URIs."},
    {"BPMN0304", execution, "10.3", "Token quantities are at least 1; a loop's maximum is a number."},
    {"BPMN0305", always, "9.3",
     "A participant's multiplicity is possible: minimum at least 0, maximum at least 1 and not less."},
    {"BPMN0306", execution, "15.3", "Words of a fixed list, and booleans, are of that list."},
    {"BPMN0307", always, "10.2", "A public process is not executable."},
    {"BPMN0308", execution, "8.4.13", "Flows of executable processes are immediate."},
    {"BPMN0309", execution, "8.4.6", "Expressions of executable processes are formal ones."},
    {"BPMN0310", execution, "8.4.6", "An expression is not empty."},
    {"BPMN0311", execution, "8.4.6", "A condition is true or false, no number and no text."},
    {"BPMN0312", advice, "8.4.6", "Conditions of flows in executable processes are marked as formal."},
    {"BPMN0313", execution, "10.3.8", "The number of instances is a whole number."},
    {"BPMN0401", execution, "8.4.13", "Sequence flows stay in their process."},
    {"BPMN0402", execution, "8.4.13", "Sequence flows do not cross the boundary of a sub-process."},
    {"BPMN0403", execution, "10.3.5", "Event sub-processes are not connected by sequence flows."},
    {"BPMN0404", execution, "8.4.13", "An activity with a conditional flow has a second flow."},
    {"BPMN0405", execution, "10.6.6", "Flows of event-based gateways have no conditions."},
    {"BPMN0406", execution, "8.4.13", "A default flow leaves the element that names it."},
    {"BPMN0407", advice, "8.4.13", "A default flow has no condition."},
    {"BPMN0408", execution, "8.4.7",
     "Incoming and outgoing list the flows that are connected, where a file lists them."},
    {"BPMN0409", advice, "8.4.13", "Conditions on flows of parallel gateways and of events are ignored."},
    {"BPMN0501", execution, "8.4.9", "A gateway's direction agrees with its flows."},
    {"BPMN0502", execution, "10.6.1", "A gateway is connected."},
    {"BPMN0503", execution, "10.6.1", "A gateway splits or merges."},
    {"BPMN0504", execution, "10.6.6", "An event-based gateway has two or more outgoing flows."},
    {"BPMN0505", execution, "10.6.6", "Behind an event-based gateway stand receive tasks and catching events."},
    {"BPMN0506", execution, "10.6.6", "Receive tasks behind an event-based gateway have no boundary events."},
    {"BPMN0507", execution, "10.6.6", "What stands behind an event-based gateway has no other incoming flow."},
    {"BPMN0508", execution, "10.6.6", "Behind an event-based gateway stand receive tasks or message events, not both."},
    {"BPMN0509", execution, "10.6.6", "An event-based gateway that starts the process has no incoming flow."},
    {"BPMN0510", execution, "10.6.6", "Only an event-based gateway that starts the process waits for all events."},
    {"BPMN0601", execution, "10.3.5", "An ad-hoc sub-process holds an activity."},
    {"BPMN0602", execution, "10.3.5", "An ad-hoc sub-process has no start and end events."},
    {"BPMN0603", execution, "10.3.5", "An event sub-process has exactly one start event."},
    {"BPMN0604", execution, "10.3.1", "A role names a resource or has an assignment expression, not both."},
    {"BPMN0605", execution, "10.3.1", "Parameters are bound for a resource that is named."},
    {"BPMN0606", execution, "10.3.3", "A receive task that starts the process has no incoming flow."},
    {"BPMN0701", execution, "10.3.8", "An activity has one loop."},
    {"BPMN0702", execution, "10.3.8", "Multiple instances have a number or a collection."},
    {"BPMN0703", execution, "10.3.8", "The collection of a task's loop is a data input or output of the task."},
    {"BPMN0704", execution, "10.3.8", "What a loop runs through is a collection."},
    {"BPMN0705", execution, "10.3.8", "What an instance of a loop has is a single item."},
    {"BPMN0706", execution, "10.3.8", "Single item and collection have one structure."},
    {"BPMN0707", execution, "10.3.8", "A loop's behavior names the events that it throws."},
    {"BPMN0708", advice, "10.3.8", "A standard loop has a condition or a maximum."},
    {"BPMN0801", execution, "10.5", "Catching events inside a process say what they wait for."},
    {"BPMN0802", execution, "10.5", "An event has definitions that its position allows."},
    {"BPMN0803", execution, "10.5.4", "Cancel events are attached to transactions."},
    {"BPMN0804", execution, "10.5.3", "Cancel end events stand in transactions."},
    {"BPMN0805", execution, "10.5.5", "An event names the message, signal, error or escalation that it is about."},
    {"BPMN0806", execution, "10.5.5", "An error or escalation that is thrown has a code."},
    {"BPMN0807", execution, "10.5.5", "A message event names the operation."},
    {"BPMN0808", execution, "10.5.1", "A parallel multiple event has several definitions."},
    {"BPMN0901", execution, "10.5.2", "No flow leads into a start event."},
    {"BPMN0902", execution, "10.5.3", "No flow leaves an end event."},
    {"BPMN0903", execution, "10.5.4", "No flow leads into a boundary event."},
    {"BPMN0904", execution, "10.5.4", "A flow leaves each boundary event, but for compensation."},
    {"BPMN0905", execution, "10.5.4", "A flow leads to each intermediate event, but for a link's target."},
    {"BPMN0906", execution, "10.5.4", "A flow leaves each intermediate event, but for a link's source."},
    {"BPMN0907", execution, "10.5.3", "Where there is an end event there is a start event."},
    {"BPMN0908", execution, "10.5.2", "Where there is a start event there is an end event."},
    {"BPMN0909", execution, "10.5.2", "Where there is a start event, a flow leads to every other element."},
    {"BPMN0910", execution, "10.5.3", "Where there is an end event, a flow leaves every other element."},
    {"BPMN1001", execution, "10.5.4", "A link's target has a source."},
    {"BPMN1002", execution, "10.5.4", "A link's source has a target."},
    {"BPMN1003", execution, "10.5.4", "Both ends of a link stand in one process or sub-process."},
    {"BPMN1004", execution, "10.5.5", "Both ends of a link name each other."},
    {"BPMN1005", execution, "10.5.4", "No flow leaves a link's source or leads into its target."},
    {"BPMN1006", execution, "10.5.5", "A link's source has one target."},
    {"BPMN1011", execution, "10.5.5", "A timer has exactly one time."},
    {"BPMN1012", execution, "10.5.5", "Times are written as ISO 8601 says."},
    {"BPMN1101", execution, "10.7", "No sequence flow leaves a compensation boundary event."},
    {"BPMN1102", execution, "10.7", "A compensation boundary event is associated with an activity."},
    {"BPMN1103", execution, "10.7", "The activity that compensates is marked as such."},
    {"BPMN1104", execution, "10.7", "An activity for compensation is not in the flow."},
    {"BPMN1201", execution, "10.4.1", "Every data input and output belongs to a set."},
    {"BPMN1202", execution, "10.4.1", "Optional and while-executing data are members of their set."},
    {"BPMN1203", execution, "10.4.1", "Input and output sets name each other."},
    {"BPMN1204", execution, "10.4.1", "Nothing is written to a data input of a process."},
    {"BPMN1205", execution, "10.4.1", "Nothing is read from a data output of a process."},
    {"BPMN1206", execution, "10.4.2", "A data association with several sources has a transformation."},
    {"BPMN1207", execution, "10.4.2", "A copy has the same item definition at both ends."},
    {"BPMN1208", execution, "10.4.1", "Data and its item definition agree on isCollection."},
    {"BPMN1301", execution, "10.3.3", "A task with a message has one set and one piece of data for it."},
    {"BPMN1302", execution, "10.3.3", "Data for a message, signal, error or escalation has its item definition."},
    {"BPMN1303", execution, "8.5.3", "A task's message is that of its operation."},
    {"BPMN1304", execution, "10.4.1", "An event with several definitions has data for each."},
    {"BPMN1305", execution, "10.3.6", "A call activity has the inputs and outputs of what it calls."},
    {"BPMN1306", execution, "10.5.2", "A process that is called has a start event without a trigger."},
    {"BPMN1307", execution, "10.2", "Each operation of a supported interface is bound to data."},
    {"BPMN1308", execution, "10.2", "Bound data has the item definition of the operation's message."},
    {"BPMN1401", execution, "9.4", "A message flow connects two pools."},
    {"BPMN1402", execution, "10.5", "Message flows start at throwing events and lead to catching ones."},
    {"BPMN1403", execution, "10.5", "Events with a message flow are about messages."},
    {"BPMN1404", execution, "9.5", "A global conversation holds no conversation nodes and artifacts."},
    {"BPMN1405", execution, "9.2", "Only a collaboration refers to choreographies."},
    {"BPMN1406", execution, "11.1", "A closed choreography shows all messages of its collaboration."},
};

}  // namespace

std::span<const Rule> catalogue() {
  return rules;
}

const Rule& rule(std::string_view id) {
  const auto found = std::find_if(std::begin(rules), std::end(rules), [&](const Rule& r) { return r.id == id; });
  assert(found != std::end(rules));
  return *found;
}

}  // namespace echoflow::bpmn
