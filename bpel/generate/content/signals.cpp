#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"

/// Signals go through the server's signal service, so that every instance of every process hears them.
namespace echoflow::generate {

namespace {

std::string place_of(const graph::Node& node, const graph::EventDefinition& event) {
  std::string place = plain_name(node.id);
  const auto* it = node.as<graph::Event>();
  if (!it || it->definitions.size() < 2) return place;
  for (std::size_t i = 0; i < it->definitions.size(); ++i)
    if (&it->definitions[i] == &event || it->definitions[i].id == event.id) return place + "_" + std::to_string(i + 1);
  return place;
}

}  // namespace

/// Processes of different files know a signal by its name.
std::string ModelContent::signal_name(const std::string& ref) const {
  const auto found = graph_.definitions.find(ref);
  if (found == graph_.definitions.end() || found->second.name.empty()) return ref;
  return std::string(found->second.name.in(""));
}

// BPMN 2.0 §10.5.1: a signal is broadcast; it is thrown when everybody who listens has it.
Elements ModelContent::raise(NodeIndex node, const std::string& signal) {
  frame_.signals = true;
  const graph::Node& it = graph_.node(node);
  const std::string variable = "raised_" + plain_name(it.id);
  const std::string answer = variable + "_answer";
  add_variable(variable, "messageType", "cx:signalMessage");
  add_variable(answer, "messageType", "cx:raisedMessage");
  add_link("signals", Element("partnerLink", {{"partnerLinkType", "cx:signalSource"}, {"partnerRole", "broadcaster"}}));
  Element content("cx:signal");
  content.add(with_text("cx:name", signal_name(signal)));
  Element filled("assign");
  Element& copy = filled.add(Element("copy"));
  copy.add(Element("from")).add(Element("literal")).add(std::move(content));
  copy.add(Element("to", {{"variable", variable}, {"part", "signal"}}));
  Element invoke("invoke", {{"name", name_of(node)},
                            {"partnerLink", "signals"},
                            {"portType", "cx:Signals"},
                            {"operation", "raise"},
                            {"inputVariable", variable},
                            {"outputVariable", answer}});
  invoke.from(it.id);
  return {std::move(filled), std::move(invoke)};
}

/// Each place that listens has a partner link of its own, so that all of an instance's places hear the same signal.
Element ModelContent::hearing(const std::string& element, NodeIndex node, const graph::EventDefinition& event) {
  frame_.signals = true;
  const std::string place = place_of(graph_.node(node), event);
  const std::string link = "signal_" + place;
  const std::string variable = "heard_" + place;
  add_link(link, Element("partnerLink", {{"partnerLinkType", "cx:signals"}, {"myRole", "listener"}}));
  Element listening(element, {{"partnerLink", link},
                              {"portType", "cx:SignalListener"},
                              {"operation", "onSignal"},
                              {"variable", variable},
                              {"cx:when", "$signal/cx:name = " + xpath_literal(signal_name(event.ref))}});
  if (element == "onEvent")
    listening.set("messageType", "cx:signalMessage");
  else
    add_variable(variable, "messageType", "cx:signalMessage");
  return listening;
}

}  // namespace echoflow::generate
