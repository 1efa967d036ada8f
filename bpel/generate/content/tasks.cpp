#include <algorithm>

#include "bpel/generate/content/extensions.hpp"
#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"

namespace echoflow::generate {

namespace {

/// Marks that name no variable keep what they log here.
constexpr std::string_view log_variable = "log";

struct MarkValue {
  std::string_view kind;
  std::string_view xpath;  ///< "": the mark's own word
};
constexpr MarkValue mark_values[] = {{"STRING", ""}, {"INTEGER", "1"}, {"BOOLEAN", "true()"}};

bool names(const std::vector<Assignment>& assignments, const std::string& variable) {
  return std::any_of(assignments.begin(), assignments.end(), [&](const Assignment& each) {
    ValueTypes read;
    infer(each.value, ValueType::unknown, read);
    return each.variable == variable || read.contains(variable);
  });
}

/// What tools say instead of an operation, and what to do about it.
struct ToolService {
  std::string_view attribute;  ///< the end of its name
  std::string_view what;
};
constexpr ToolService tool_services[] = {
    {"}class", "it names a Java class, which no server of another language can run"},
    {"}delegateExpression", "it names a Java object, which no server of another language can run"},
    {"}expression", "it calls code by an expression"},
    {"}topic", "it is the work of an external worker"},
    {"}taskDefinition", "it is the work of a job worker"},
    {"}decisionRef", "it asks a decision table, which the server does not have"},
    {"}calledDecision", "it asks a decision table, which the server does not have"},
    {"}connector", "it uses a connector of its tool"},
    {"}type", "it uses a built-in task of its tool"},
};

std::string unsaid_service(const graph::Node& node, const graph::Activity& activity) {
  std::string why;
  for (const ToolService& each : tool_services)
    for (const graph::Attribute& attribute : node.attributes)
      if (why.empty() && attribute.name.ends_with(each.attribute)) why = std::string(each.what) + "; ";
  const bool address =
      activity.implementation.starts_with("http://") || activity.implementation.starts_with("https://");
  if (address && why.empty()) why = "its implementation is an address, but nothing says what is called there; ";
  return why +
         "give it an operation (operationRef) of an interface whose implementationRef is the address of a web "
         "service, or make it a user or script task";
}

}  // namespace

Elements ModelContent::task(NodeIndex node) {
  return work(*graph_.node(node).as<graph::Activity>(), node);
}

Elements ModelContent::global_task(const graph::Definition& task, NodeIndex caller) {
  if (task.task) return work(*task.task, caller);
  refuse(caller, "the global task that it calls says nothing of its work");
  return {};
}

Elements ModelContent::enter(NodeIndex node) {
  return associations(node, graph::RelationKind::reads, nullptr);
}
Elements ModelContent::leave(NodeIndex node) {
  return associations(node, graph::RelationKind::writes, nullptr);
}

Elements ModelContent::work(const graph::Activity& activity, NodeIndex node) {
  Elements done = work_itself(activity, node);
  for (Element& each : measures(node)) done.push_back(std::move(each));
  return done;
}

Elements ModelContent::work_itself(const graph::Activity& activity, NodeIndex node) {
  switch (activity.kind) {
    case graph::ActivityKind::script_task:
      return activity.script ? script(*activity.script, node) : passed_through(node);
    case graph::ActivityKind::user_task:
      return people(node);
    case graph::ActivityKind::send_task:
      if (!extensions_of(graph_.node(node).attributes, "says").empty()) return says(node);
      return send(node, activity.message, activity.operation);
    case graph::ActivityKind::receive_task:
      if (hears(node)) return listen(node);
      return receive(node, activity.message, activity.operation);
    case graph::ActivityKind::service_task:
    case graph::ActivityKind::business_rule_task:
      return call_service(node, activity);
    case graph::ActivityKind::task:
    case graph::ActivityKind::manual_task:
    case graph::ActivityKind::call_activity:
    case graph::ActivityKind::sub_process:
    case graph::ActivityKind::event_sub_process:
    case graph::ActivityKind::transaction:
    case graph::ActivityKind::ad_hoc_sub_process:
    case graph::ActivityKind::process_interface:
      return passed_through(node);
  }
  return {};
}

Elements ModelContent::passed_through(NodeIndex node) {
  const graph::Node& it = graph_.node(node);
  generated_.report.push_back({graph::LossKind::changed, it.id, "task",
                               "It is passed through: it says nothing that a server could do.", it.where});
  Element empty("empty", {{"name", name_of(node)}});
  empty.from(it.id);
  return {std::move(empty)};
}

Elements ModelContent::script(const graph::Expression& script, NodeIndex node) {
  const graph::Node& it = graph_.node(node);
  switch (script_kind(script.text)) {
    case ScriptKind::nothing:
      return passed_through(node);
    case ScriptKind::mark:
      return mark(trimmed(script.text), node, script.where);
    case ScriptKind::assignments:
      break;
  }
  const auto assignments = parse_script(script.text, variables_.dialect(text_of(graph_, script)));
  if (!assignments) {
    refuse(it.id, script.where,
           "its script cannot be translated: " + assignments.error().message +
               "; write assignments (x = expression), or a service task");
    return {};
  }
  std::set<std::string> own;
  for (const ModelVariable& variable : variables_.all())
    if (names(*assignments, variable.name)) own.insert(variable.name);
  Element assign("assign", {{"name", name_of(node)}});
  assign.from(it.id);
  const KnownVariables known = this->known(it.container, false);
  for (const Assignment& each : *assignments) {
    const ModelVariable* target = variables_.find(it.container, each.variable);
    const auto value = to_xpath(each.value, known, ValueType::unknown);
    if (!value || !target) {
      refuse(it.id, script.where,
             "its script: " + (value ? "there is no variable '" + each.variable + "'" : value.error().message));
      return {};
    }
    assign.add(copy_to(*value, target->bpel));
  }
  Elements done = associations(node, graph::RelationKind::reads, &own);
  done.push_back(std::move(assign));
  for (Element& each : associations(node, graph::RelationKind::writes, &own)) done.push_back(std::move(each));
  return done;
}

/// docs/expressions.md, "Marks".
Elements ModelContent::mark(const std::string& word, NodeIndex node, const SourceLocation& where) {
  const graph::Node& it = graph_.node(node);
  Element assign("assign", {{"name", plain_name(word)}});
  assign.from(it.id);
  for (const MarkEffect& effect : effects_of(word)) {
    if (effect.verb == "THROW") return thrown(effect.object, node, where);
    std::string object = effect.object;
    std::string value = "'" + word + "'";
    if (effect.verb == "SET") {
      for (const MarkValue& each : mark_values) {
        if (!object.starts_with(std::string(each.kind) + "_")) continue;
        object.erase(0, each.kind.size() + 1);
        if (!each.xpath.empty()) value = each.xpath;
      }
    }
    const ModelVariable* variable = variables_.find_shouted(it.container, object);
    if (!variable) {
      refuse(it.id, where, "its mark " + word + " names a variable that the process does not have: " + object);
      return {};
    }
    if (effect.verb == "INCREMENT") value = "number($" + variable->bpel + ") + 1";
    if (effect.verb == "DECREMENT") value = "number($" + variable->bpel + ") - 1";
    if (effect.verb == "LOG") {
      add_variable(std::string(log_variable), "type", "xsd:string");
      assign.add(copy_to("string($" + variable->bpel + ")", std::string(log_variable)));
    } else {
      assign.add(copy_to(value, variable->bpel));
    }
  }
  if (assign.children.empty()) assign.name = "empty";
  return {std::move(assign)};
}

/// THROW_X: the error of that code, name or id; THROW_ERROR: the only one that the file declares.
Elements ModelContent::thrown(const std::string& object, NodeIndex node, const SourceLocation& where) {
  std::vector<std::string> fitting, all;
  for (const auto& [id, definition] : graph_.definitions) {
    if (definition.kind != graph::DefinitionKind::error) continue;
    all.push_back(id);
    if (id == object || definition.code == object || definition.name.in("") == object) fitting.push_back(id);
  }
  if (fitting.empty() && object == "ERROR") fitting = all;
  if (fitting.size() != 1) {
    refuse(graph_.node(node).id, where, "its mark THROW_" + object + " does not tell which error is meant");
    return {};
  }
  Element element("throw",
                  {{"name", plain_name("THROW_" + object)}, {"faultName", fault_name(graph_, fitting.front())}});
  element.from(graph_.node(node).id);
  return {std::move(element)};
}

Elements ModelContent::call_service(NodeIndex node, const graph::Activity& activity) {
  if (activity.operation.empty()) {
    refuse(node, "it does not say which service it calls: " + unsaid_service(graph_.node(node), activity));
    return {};
  }
  const auto operation = graph_.definitions.find(activity.operation);
  const std::string message = operation == graph_.definitions.end() ? "" : operation->second.in_message;
  const bool answers = operation != graph_.definitions.end() && !operation->second.out_message.empty();
  Elements done = send(node, message, activity.operation);
  if (!answers) return done;
  const Outbound outbound = outbound_of(node, message, activity.operation);
  const std::string variable = "answer_" + plain_name(graph_.node(node).id);
  add_variable(variable, "messageType", "tns:" + Description::answer(outbound.port_type, outbound.operation));
  done.back().set("outputVariable", variable);
  Element kept = keep("$" + variable + "." + std::string(content_part), graph_.node(node).container, false);
  if (!kept.children.empty()) done.push_back(std::move(kept));
  for (Element& each : associations(node, graph::RelationKind::writes, nullptr)) done.push_back(std::move(each));
  return done;
}

}  // namespace echoflow::generate
