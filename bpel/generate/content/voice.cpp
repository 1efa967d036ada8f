#include <algorithm>

#include "bpel/generate/content/extensions.hpp"
#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"

/// What a model says to the customer-experience services (docs/cx-in-bpmn.md).
namespace echoflow::generate {

namespace {

struct Service {
  std::string_view name;
  std::string_view link_type;
  std::string_view port_type;
  std::string_view operation;
  std::string_view message;
  std::string_view part;
  std::string_view property;  ///< by which later messages find their instance; "": none
};
constexpr Service services[] = {
    {"feedback", "cx:feedback", "cx:FeedbackListener", "onFeedback", "cx:feedbackMessage", "feedback",
     "cx:conversationId"},
    {"alerts", "cx:alerts", "cx:AlertListener", "onAlert", "cx:alertMessage", "alert", "cx:episode"},
    {"thresholds", "cx:thresholds", "cx:ThresholdListener", "onThreshold", "cx:thresholdMessage", "threshold", ""},
    {"taskEvents", "cx:taskEvents", "cx:TaskListener", "onTaskEvent", "cx:taskEventMessage", "taskEvent", ""},
};

const Service* service_named(std::string_view name) {
  const auto found =
      std::find_if(std::begin(services), std::end(services), [&](const Service& each) { return each.name == name; });
  return found == std::end(services) ? nullptr : found;
}

}  // namespace

bool ModelContent::hears(NodeIndex node) const {
  return node != graph::none && !extensions_of(graph_.node(node).attributes, "hears").empty();
}

/// A receive, onMessage or onEvent of a built-in service, and what is kept of what it heard.
std::optional<Trigger> ModelContent::heard(const std::string& element, NodeIndex node) {
  const graph::Node& it = graph_.node(node);
  const Element said = extensions_of(it.attributes, "hears").front();
  const Service* service = service_named(said.get("service"));
  if (!service) {
    refuse(node, "cx:hears must name its service: feedback, alerts, thresholds or taskEvents");
    return std::nullopt;
  }
  frame_.signals = true;
  const std::string id = plain_name(it.id);
  const std::string link = std::string(service->name) + "_" + id;
  const std::string variable = "heard_" + id;
  add_link(link,
           Element("partnerLink", {{"partnerLinkType", std::string(service->link_type)}, {"myRole", "listener"}}));
  Trigger trigger;
  trigger.element = Element(element, {{"partnerLink", link},
                                      {"portType", std::string(service->port_type)},
                                      {"operation", std::string(service->operation)},
                                      {"variable", variable}});
  if (element == "onEvent")
    trigger.element.set("messageType", std::string(service->message));
  else
    add_variable(variable, "messageType", std::string(service->message));
  trigger.element.from(it.id);
  for (const std::string_view filter : {"when", "channels"})
    if (!said.get(filter).empty()) trigger.element.set("cx:" + std::string(filter), std::string(said.get(filter)));
  if (!service->property.empty() && said.get("conversation") != "any") {
    const std::string set = "of_" + std::string(service->name);
    frame_.correlation_sets[set] = service->property;
    trigger.element.add(Element("correlations")).add(Element("correlation", {{"set", set}, {"initiate", "join"}}));
  }
  Element kept("assign");
  for (const Element& each : said.children) {
    const ModelVariable* target = variables_.find(it.container, each.get("variable"));
    if (each.name != "cx:keep" || !target || each.get("value").empty()) {
      refuse(node,
             "each cx:keep in cx:hears must have a variable, and as value a path in the " + std::string(service->part));
      continue;
    }
    kept.add(copy_to("$" + variable + "." + std::string(service->part) + "/" + std::string(each.get("value")),
                     target->bpel, true));
  }
  if (!kept.children.empty()) trigger.first.push_back(std::move(kept));
  return trigger;
}

Elements ModelContent::listen(NodeIndex node) {
  auto trigger = heard("receive", node);
  if (!trigger) return {};
  Elements done{std::move(trigger->element.set("name", name_of(node)))};
  for (Element& each : trigger->first) done.push_back(std::move(each));
  return done;
}

/// An answer to the customer, on the channel on which he spoke.
Elements ModelContent::says(NodeIndex node) {
  const graph::Node& it = graph_.node(node);
  const Element said = extensions_of(it.attributes, "says").front();
  const std::string id = plain_name(it.id);
  const auto value = [&](std::string_view name) {
    return xpath({std::string(said.get(name)), {}, it.where}, it.container, ValueType::text, it.id);
  };
  const auto feedback = value("feedback");
  const auto text = value("text");
  if (!feedback || !text) return {};
  frame_.signals = true;
  add_link("channels", Element("partnerLink", {{"partnerLinkType", "cx:channels"}, {"partnerRole", "speaker"}}));
  const std::string input = "says_" + id;
  const std::string output = "said_" + id;
  add_variable(input, "messageType", "cx:replyMessage");
  add_variable(output, "messageType", "cx:receiptMessage");
  Element reply("cx:reply");
  reply.add(Element("cx:feedbackId"));
  reply.add(
      with_text("cx:visibility", said.get("visibility").empty() ? "public" : std::string(said.get("visibility"))));
  reply.add(Element("cx:text"));
  Element filled("assign");
  Element& whole = filled.add(Element("copy"));
  whole.add(Element("from")).add(Element("literal")).add(std::move(reply));
  whole.add(Element("to", {{"variable", input}, {"part", "reply"}}));
  const auto copy = [&](const std::string& from, const std::string& to) {
    Element& copied = filled.add(Element("copy"));
    copied.add(with_text("from", from));
    copied.add(with_text("to", "$" + input + ".reply/" + to));
  };
  copy(*feedback, "cx:feedbackId");
  copy(*text, "cx:text");
  Element invoke("invoke", {{"name", name_of(node)},
                            {"partnerLink", "channels"},
                            {"portType", "cx:Channels"},
                            {"operation", "reply"},
                            {"inputVariable", input},
                            {"outputVariable", output}});
  invoke.from(it.id);
  return {std::move(filled), std::move(invoke)};
}

/// <cx:measure> of a task: measured when it is done.
Elements ModelContent::measures(NodeIndex node) {
  const graph::Node& it = graph_.node(node);
  Elements done;
  for (Element measure : extensions_of(it.attributes, "measure")) {
    for (const std::string_view name : {"value", "group"}) {
      if (measure.get(name).empty()) continue;
      const auto translated =
          xpath({std::string(measure.get(name)), {}, it.where}, it.container, ValueType::unknown, it.id);
      if (translated) measure.set(name, *translated);
    }
    Element extension("extensionActivity");
    extension.add(std::move(measure));
    done.push_back(std::move(extension));
  }
  return done;
}

/// <cx:kpi> of a process; `from`, `to` and `of` name elements of the model by id or name.
Elements ModelContent::kpis(ContainerIndex process) const {
  Elements found = extensions_of(graph_.containers[process].attributes, "kpi");
  for (Element& kpi : found) {
    for (const std::string_view name : {"from", "to", "of"}) {
      const NodeIndex node = graph_.find(kpi.get(name));
      if (node != graph::none) kpi.set(name, name_of(node));
    }
  }
  return found;
}

/// <cx:task> of a user task: what the drawing tools have no words for.
void ModelContent::add_task_details(NodeIndex node, Element& task) const {
  for (const Element& details : extensions_of(graph_.node(node).attributes, "task")) {
    for (const Element& each : details.children) {
      if (each.name == "htd:priority")
        task.children.insert(task.children.begin(), each);
      else
        task.add(each);
    }
  }
}

}  // namespace echoflow::generate
