#pragma once
// Inside models/notations/bpmn only: one reader for each part of the language, in the order in which they run.
#include "models/notations/bpmn/reading.hpp"

namespace echoflow::bpmn {

/// The document element: language, target namespace, exporter, imports, relationships; then every root element.
void read_definitions(Reading& r);

/// A root element that others refer to; false when it is none of them.
bool read_root_definition(Reading& r, xml::NodeIndex n);
/// A global task; false when it is none.
bool read_global_task(Reading& r, xml::NodeIndex n);
/// Participants; the rest of the collaboration waits until all nodes exist.
void read_participants(Reading& r, xml::NodeIndex collaboration);
void read_process(Reading& r, xml::NodeIndex n);
/// Everything in a process or sub-process that is an element of its flow, an artifact or a lane set.
void read_flow_elements(Reading& r, xml::NodeIndex parent, graph::ContainerIndex container);

// --- flow elements: true when the element is one of theirs
// ------------------------------------------------------------

bool read_activity(Reading& r, xml::NodeIndex n, graph::ContainerIndex container);
bool read_event(Reading& r, xml::NodeIndex n, graph::ContainerIndex container);
bool read_gateway(Reading& r, xml::NodeIndex n, graph::ContainerIndex container);
bool read_data(Reading& r, xml::NodeIndex n, graph::ContainerIndex container);
bool read_artifact(Reading& r, xml::NodeIndex n, graph::ContainerIndex container);

// --- parts of them
// ----------------------------------------------------------------------------------------------------

/// What a task says of its work, for tasks and global tasks.
void read_task_attributes(Reading& r, xml::NodeIndex n, graph::Activity& activity);
/// What a loop says beyond the common words is kept in `attributes`.
graph::Loop read_loop(Reading& r, xml::NodeIndex activity, std::vector<graph::Attribute>& attributes);
/// The event definitions in an event, referred ones too. What they say beyond the common words is kept in `attributes`.
std::vector<graph::EventDefinition> read_event_definitions(Reading& r, xml::NodeIndex event,
                                                           std::vector<graph::Attribute>& attributes);
/// nullopt when the element is no event definition.
std::optional<graph::EventDefinition> read_event_definition(Reading& r, xml::NodeIndex n);
/// Inputs, outputs and properties, as nodes; their sets become attributes of these nodes. With `owner` none they are
/// the process's own.
void read_data_of(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::NodeIndex owner);
/// A data input, output or property.
void read_owned_data(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::NodeIndex owner);
/// Performers, potential owners and other resource roles.
void read_roles(Reading& r, xml::NodeIndex n, graph::ContainerIndex container, graph::NodeIndex owner);

// --- when all nodes exist
// ---------------------------------------------------------------------------------------------

void read_waiting_flows(Reading& r);
void read_waiting_lanes(Reading& r);
void read_waiting_data_associations(Reading& r);
void read_waiting_artifacts(Reading& r);
void read_waiting_collaborations(Reading& r);
/// <cx:raci role= letter=> in the extensions of activities (docs/cx-in-bpmn.md).
void read_raci(Reading& r);
void read_diagrams(Reading& r);

}  // namespace echoflow::bpmn
