#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Activity;
using graph::ActivityKind;

struct Kind {
  std::string_view local;
  ActivityKind kind;
};

// BPMN 2.0 §10.3 (activities).
constexpr Kind kinds[] = {
    {"task", ActivityKind::task},
    {"userTask", ActivityKind::user_task},
    {"manualTask", ActivityKind::manual_task},
    {"serviceTask", ActivityKind::service_task},
    {"sendTask", ActivityKind::send_task},
    {"receiveTask", ActivityKind::receive_task},
    {"scriptTask", ActivityKind::script_task},
    {"businessRuleTask", ActivityKind::business_rule_task},
    {"callActivity", ActivityKind::call_activity},
    {"subProcess", ActivityKind::sub_process},
    {"transaction", ActivityKind::transaction},
    {"adHocSubProcess", ActivityKind::ad_hoc_sub_process},
};

constexpr Kind global_kinds[] = {
    {"globalTask", ActivityKind::task},
    {"globalUserTask", ActivityKind::user_task},
    {"globalManualTask", ActivityKind::manual_task},
    {"globalScriptTask", ActivityKind::script_task},
    {"globalBusinessRuleTask", ActivityKind::business_rule_task},
};

bool holds_flow(ActivityKind kind) {
  return kind == ActivityKind::sub_process || kind == ActivityKind::transaction ||
         kind == ActivityKind::ad_hoc_sub_process;
}

void read_sub_process_attributes(Reading& r, xml::NodeIndex n, Activity& to) {
  if (take_flag(r, n, "triggeredByEvent", false)) to.kind = ActivityKind::event_sub_process;
  if (to.kind == ActivityKind::transaction) to.transaction_method = take(r, n, "method");
  if (to.kind != ActivityKind::ad_hoc_sub_process) return;
  to.sequential = take(r, n, "ordering") == "Sequential";
  to.cancel_remaining = take_flag(r, n, "cancelRemainingInstances", true);
  to.completion = read_expression_child(r, n, "completionCondition");
}

// BPMN 2.0 §10.3.5 (a sub-process holds a flow of its own).
graph::ContainerIndex read_body(Reading& r, xml::NodeIndex n, graph::ContainerIndex parent, graph::NodeIndex owner) {
  const auto index = static_cast<graph::ContainerIndex>(r.graph.containers.size());
  graph::Container body;
  body.id = r.graph.node(owner).id;
  body.parent = parent;
  body.owner = owner;
  body.executable = r.graph.containers[parent].executable;
  body.where = r.source.where(n);
  r.graph.containers.push_back(std::move(body));
  read_flow_elements(r, n, index);
  return index;
}

/// One vendor names the process that is called in an extension, by its id or by an expression ("=…").
std::string called_by_extension(const Reading& r, xml::NodeIndex n) {
  const auto extensions = r.source.child(n, "extensionElements");
  if (extensions == xml::no_node) return {};
  const auto& document = r.document();
  for (auto c = document.first_child_element(extensions); c != xml::no_node; c = document.next_sibling_element(c)) {
    const auto process = r.source.attribute(c, "processId");
    if (document.local_name(c) == "calledElement" && !process.starts_with('=')) return std::string(process);
  }
  return {};
}

Activity read_details(Reading& r, xml::NodeIndex n, ActivityKind kind, graph::NodeIndex node) {
  Activity activity;
  activity.kind = kind;
  std::vector<graph::Attribute> more;
  activity.loop = read_loop(r, n, more);
  r.graph.node(node).attributes = std::move(more);
  activity.for_compensation = take_flag(r, n, "isForCompensation", false);
  activity.start_quantity = take_number(r, n, "startQuantity", 1);
  activity.completion_quantity = take_number(r, n, "completionQuantity", 1);
  if (kind == ActivityKind::call_activity) activity.called = take_reference(r, n, "calledElement");
  if (kind == ActivityKind::call_activity && activity.called.empty()) activity.called = called_by_extension(r, n);
  if (holds_flow(kind))
    read_sub_process_attributes(r, n, activity);
  else
    read_task_attributes(r, n, activity);
  return activity;
}

}  // namespace

void read_task_attributes(Reading& r, xml::NodeIndex n, Activity& to) {
  to.implementation = take(r, n, "implementation");
  to.operation = take_reference(r, n, "operationRef");
  to.message = take_reference(r, n, "messageRef");
  if (to.kind == ActivityKind::receive_task) to.instantiate = take_flag(r, n, "instantiate", false);
  if (to.kind != ActivityKind::script_task) return;
  to.script = read_expression_child(r, n, "script");
  // Global script tasks say scriptLanguage.
  std::string language = take(r, n, "scriptFormat");
  if (language.empty()) language = take(r, n, "scriptLanguage");
  if (to.script) to.script->language = std::move(language);
}

bool read_activity(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  for (const auto& kind : kinds) {
    if (!r.source.is(n, kind.local)) continue;
    const auto node = open_node(r, n, container);
    Activity activity = read_details(r, n, kind.kind, node);
    read_data_of(r, n, container, node);
    read_roles(r, n, container, node);
    if (!take(r, n, "default").empty()) r.defaults.push_back({n, container, node});
    if (holds_flow(kind.kind)) activity.body = read_body(r, n, container, node);
    const auto body = activity.body;
    close_node(r, n, node, std::move(activity));
    if (body != graph::none) r.graph.containers[body].name = r.graph.node(node).name;
    return true;
  }
  return false;
}

// BPMN 2.0 §10.3.6 (global tasks): kept as definitions; their data and roles as XML text, since they stand in no flow.
bool read_global_task(Reading& r, xml::NodeIndex n) {
  for (const auto& kind : global_kinds) {
    if (!r.source.is(n, kind.local)) continue;
    graph::Definition definition;
    Activity task;
    task.kind = kind.kind;
    read_task_attributes(r, n, task);
    definition.kind = graph::DefinitionKind::global_task;
    definition.task = std::move(task);
    definition.id = own_id(r, n);
    Common common = read_common_without_documentation(r, n);
    definition.name = std::move(common.name);
    definition.attributes = std::move(common.attributes);
    definition.where = r.source.where(n);
    r.things[n] = {ThingKind::definition, graph::none};
    r.graph.definitions.emplace(definition.id, std::move(definition));
    return true;
  }
  return false;
}

}  // namespace echoflow::bpmn
