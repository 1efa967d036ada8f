#include <algorithm>

#include "bpel/generate/content/extensions.hpp"
#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/content/tool_words.hpp"
#include "bpel/generate/names.hpp"
#include "models/cx/namespaces.hpp"

/// User tasks as people activities (docs/cx-language.md).
namespace echoflow::generate {

namespace {

void texts(const std::string& element, const graph::Names& names, Elements& into) {
  for (const auto& [language, text] : names.all()) {
    Element one = with_text(element, text);
    if (!language.empty()) one.set("xml:lang", language);
    into.push_back(std::move(one));
  }
}

/// "{" begins a parameter in the texts of a task, which a model's texts have not.
graph::Names without_braces(const graph::Names& names) {
  graph::Names out;
  for (auto [language, text] : names.all()) {
    std::replace(text.begin(), text.end(), '{', '(');
    std::replace(text.begin(), text.end(), '}', ')');
    out.set(language, text);
  }
  return out;
}

/// What a tool says of who does a task: names, parted by commas.
struct ToolRole {
  std::string_view word, before;
};
constexpr ToolRole tool_roles[] = {{"assignee", "user:"}, {"candidateUsers", "user:"}, {"candidateGroups", ""}};

std::string said_by_tool(const graph::Node& node, std::string_view word) {
  for (const Element& said : extensions_of(node.attributes, "assignmentDefinition", element_tool))
    if (!said.get(word).empty()) return std::string(said.get(word));
  return tool_attribute(node, word);
}

bool is_computed(std::string_view names) {
  return names.starts_with('=') || names.find("${") != std::string_view::npos ||
         names.find("#{") != std::string_view::npos;
}

void add_names(std::string_view names, std::string_view before, std::vector<std::string>& to) {
  while (!names.empty()) {
    const auto comma = std::min(names.find(','), names.size());
    const auto one = names.substr(0, comma);
    const auto first = one.find_first_not_of(" \t\n");
    if (first != std::string_view::npos)
      to.push_back(std::string(before) + std::string(one.substr(first, one.find_last_not_of(" \t\n") + 1 - first)));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
}

}  // namespace

/// Names of groups, "user:…" for persons: who is said to do it, else its lane, else its pool, else the process.
std::vector<std::string> ModelContent::owners(NodeIndex node) const {
  const graph::Node& it = graph_.node(node);
  std::vector<std::string> found;
  for (const auto& relation : graph_.relations) {
    if (relation.kind != graph::RelationKind::executes || relation.to != node || relation.from == graph::none) continue;
    const graph::Node& role = graph_.node(relation.from);
    const auto* detail = role.as<graph::Role>();
    if (!detail) continue;
    const std::string name(role.name.empty() ? std::string_view(role.id) : role.name.in(""));
    found.push_back(detail->kind == graph::RoleKind::person ? "user:" + name : name);
  }
  for (const auto& role : tool_roles)
    if (const auto names = said_by_tool(it, role.word); !is_computed(names)) add_names(names, role.before, found);
  if (!found.empty()) return found;
  for (auto lane = it.lanes.rbegin(); lane != it.lanes.rend(); ++lane) {
    const NodeIndex of = graph_.find(*lane);
    if (of == graph::none) continue;
    const graph::Names& name = graph_.node(of).name;
    return {name.empty() ? *lane : std::string(name.in(""))};
  }
  const ContainerIndex process = process_of(graph_, it.container);
  for (const auto& participant : graph_.participants)
    if (participant.process == process && !participant.name.empty()) return {std::string(participant.name.in(""))};
  const auto& container = graph_.containers[process];
  return {container.name.empty() ? container.id : std::string(container.name.in(""))};
}

// BPMN 2.0 §10.3.4.1 and WS-HumanTask 1.1 §4: whoever completes the task gives variables by their names.
Elements ModelContent::people(NodeIndex node) {
  frame_.people = true;
  const graph::Node& it = graph_.node(node);
  for (const auto& role : tool_roles)
    if (const auto names = said_by_tool(it, role.word); is_computed(names))
      refuse(node, "says by an expression who does it (" + names + "); name a lane, a resource or a group instead");
  const std::string id = plain_name(it.id);
  const std::string port_type = process_name(process_of(graph_, it.container)) + "Tasks";
  description_.add(port_type, id, true, {});
  const std::string input = "task_" + id;
  const std::string output = "done_" + id;
  const std::string answer = Description::answer(port_type, id);
  add_variable(input, "messageType", "tns:" + Description::message(port_type, id));
  add_variable(output, "messageType", "tns:" + answer);
  Element filled = fill(input, Description::message(port_type, id), node, false);
  Element& nothing = filled.add(Element("copy"));
  nothing.add(Element("from")).add(Element("literal")).add(Element("tns:" + answer));
  nothing.add(Element("to", {{"variable", output}, {"part", std::string(content_part)}}));

  Element extension("extensionActivity");
  Element& activity = extension.add(Element("b4p:peopleActivity", {{"name", name_of(node)},
                                                                   {"inputVariable", input},
                                                                   {"outputVariable", output},
                                                                   {"xmlns:b4p", std::string(ns::b4p)},
                                                                   {"xmlns:htd", std::string(ns::htd)},
                                                                   {"xmlns:htt", std::string(ns::htt)}}));
  activity.from(it.id);
  Element& task = activity.add(Element("htd:task", {{"name", id}}));
  Element& owner = task.add(Element("htd:peopleAssignments"))
                       .add(Element("htd:potentialOwners"))
                       .add(Element("htd:from"))
                       .add(Element("htd:literal"))
                       .add(Element("htt:organizationalEntity"));
  for (const std::string& each : owners(node)) {
    constexpr std::string_view user = "user:";
    if (each.starts_with(user))
      owner.add(with_text("htt:user", each.substr(user.size())));
    else
      owner.add(with_text("htt:group", each));
  }
  Element& presentation = task.add(Element("htd:presentationElements"));
  const graph::Names name = it.name.empty() ? graph::Names(it.id) : it.name;
  texts("htd:name", without_braces(name), presentation.children);
  texts("htd:subject", without_braces(name), presentation.children);
  texts("htd:description", without_braces(it.documentation), presentation.children);
  const auto ways = decided_by(node);
  for (const graph::FlowIndex way : ways) {
    Element& outcome = task.add(Element("cx:outcome", {{"name", outcome_name(way)}}));
    texts("cx:label", way_name(way), outcome.children);
  }
  add_task_details(node, task);
  Elements done = made_inputs(node);
  done.push_back(std::move(filled));
  done.push_back(std::move(extension));
  Element kept = keep("$" + output + "." + std::string(content_part), it.container, false);
  if (!ways.empty()) {
    add_variable("decision_" + id, "type", "xsd:string");
    kept.add(copy_to("$" + output + "." + std::string(content_part) + "/@cx:outcome", "decision_" + id, true));
  }
  if (!kept.children.empty()) done.push_back(std::move(kept));
  for (Element& each : associations(node, graph::RelationKind::writes, nullptr)) done.push_back(std::move(each));
  return done;
}

}  // namespace echoflow::generate
