#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"

namespace echoflow::generate {

namespace {

/// One way in which a process is begun.
struct Branch {
  Element listening;  ///< a receive, which becomes an onMessage where there are several
  Elements first;
};

}  // namespace

// BPMN 2.0 §13.5.1: each start event begins an instance of its own; what nobody begins is begun from outside.
Start ModelContent::start(ContainerIndex process, const std::vector<NodeIndex>& starts) {
  process_ = process;
  frame_ = {};
  const std::string choice = starts.size() > 1 ? "start_choice" : "";
  if (!choice.empty()) add_variable(choice, "type", "xsd:int");
  std::vector<Branch> branches;
  int number = 0;
  const auto finish = [&](Branch branch) {
    if (!choice.empty()) branch.first.push_back(assign(choice, std::to_string(number)));
    branches.push_back(std::move(branch));
  };
  if (binds_correlation(graph_.containers[process]))
    refuse(
        graph_.containers[process].id, graph_.containers[process].where,
        "it wants messages that agree with its own data (correlationPropertyBinding), which is not supported: let the "
        "first message of the conversation bring the key");
  const auto message = [&](NodeIndex node, const Inbound& inbound, const std::string& said) {
    const std::string variable = message_variable(inbound, node);
    Branch branch{listening("receive", inbound), {}};
    branch.listening.set("variable", variable);
    if (node != graph::none) branch.listening.from(graph_.node(node).id);
    if (inbound.conversation) correlate(branch.listening, node);
    if (!said.empty())
      correlate_keys(branch.listening, node, said, Description::message(inbound.port_type, inbound.operation), false);
    Element kept = keep("$" + variable + "." + std::string(content_part), process, inbound.conversation);
    if (!kept.children.empty()) branch.first.push_back(std::move(kept));
    finish(std::move(branch));
  };
  const auto plain = [&](NodeIndex node) {
    std::string operation = "start";
    if (starts.size() > 1) operation += "_" + plain_name(graph_.node(node).id);
    description_.add(process_name(process), operation, false, std::string(local_address));
    message(node, Inbound{process_name(process), operation, false}, {});
  };
  const auto signal = [&](NodeIndex node, const graph::EventDefinition& event) {
    Branch branch{hearing("receive", node, event), {}};
    Element kept = keep("$" + std::string(branch.listening.get("variable")) + ".signal/cx:data", process, false);
    if (!kept.children.empty()) branch.first.push_back(std::move(kept));
    branch.listening.from(graph_.node(node).id);
    finish(std::move(branch));
  };
  const auto by_itself = [&](NodeIndex node) {
    warn(graph_.node(node).id, graph_.node(node).where,
         "nothing in this server starts the process by time or condition: start it by POST /process-instances, or from "
         "a scheduler");
    plain(node);
  };
  const auto voice = [&](NodeIndex node) {
    auto trigger = heard("receive", node);
    if (trigger) finish({std::move(trigger->element), std::move(trigger->first)});
  };
  const auto event_start = [&](NodeIndex node, const graph::Event& event) {
    bool plain_already = false;
    for (const auto& definition : event.definitions) {
      if (definition.type == graph::EventType::message) {
        message(node, inbound_of(node, definition.ref, definition.operation), definition.ref);
      } else if (definition.type == graph::EventType::signal) {
        signal(node, definition);
      } else if (!plain_already) {
        plain_already = true;
        by_itself(node);
      }
    }
    if (event.definitions.empty()) plain(node);
  };
  if (starts.empty()) plain(graph::none);
  for (const NodeIndex node : starts) {
    ++number;
    const graph::Node& it = graph_.node(node);
    if (hears(node))
      voice(node);
    else if (const auto* event = it.as<graph::Event>())
      event_start(node, *event);
    else if (const auto* activity = it.as<graph::Activity>();
             activity && activity->kind == graph::ActivityKind::receive_task)
      message(node, inbound_of(node, activity->message, activity->operation), activity->message);
    else
      plain(node);
  }
  Start start;
  start.choice = choice;
  if (branches.empty()) return start;  // refused
  if (branches.size() == 1) {
    if (starts.size() == 1) branches.front().listening.set("name", name_of(starts.front()));
    start.activities.push_back(std::move(branches.front().listening.set("createInstance", "yes")));
    for (Element& each : branches.front().first) start.activities.push_back(std::move(each));
    return start;
  }
  Element pick("pick", {{"createInstance", "yes"}});
  for (Branch& branch : branches) {
    branch.listening.name = "onMessage";
    branch.listening.add(sequence_of(std::move(branch.first)));
    pick.add(std::move(branch.listening));
  }
  start.activities.push_back(std::move(pick));
  return start;
}

}  // namespace echoflow::generate
