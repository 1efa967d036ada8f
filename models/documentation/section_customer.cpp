#include "models/documentation/format.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::EventPosition;
using graph::EventType;
using graph::NodeIndex;

namespace {

constexpr std::string_view cx_namespace = "{urn:echoflow:cx:1.0}";

Cell where_cell(const Source& source, NodeIndex node) {
  const auto anchor = source.steps.anchor(node);
  return anchor.empty() ? cell(source.steps.name(node)) : cell(link(source.steps.title(node), anchor));
}

std::string attribute(const graph::Node& node, std::string_view local) {
  std::string name(cx_namespace);
  name += local;
  for (const auto& each : node.attributes)
    if (each.name == name || each.name == local) return each.value;
  return "";
}

bool has_cx(const graph::Node& node) {
  for (const auto& each : node.attributes)
    if (each.name.starts_with(cx_namespace)) return true;
  return false;
}

const graph::Participant* outside(const Source& source, const std::string& id) {
  for (const auto& participant : source.graph.participants)
    if (participant.id == id && (participant.process == graph::none || !source.steps.shown(participant.process)))
      return &participant;
  return nullptr;
}

std::string party(const Source& source, const std::string& id, NodeIndex node) {
  if (const auto* participant = outside(source, id)) return std::string(participant->name.in(source.words.language()));
  if (node == graph::none) return "";
  for (const auto& participant : source.graph.participants)
    if (participant.process == source.graph.node(node).container)
      return std::string(participant.name.in(source.words.language()));
  return "";
}

bool receives(const graph::Node& node, bool& sends) {
  sends = false;
  if (const auto* activity = node.as<graph::Activity>()) {
    sends = activity->kind == graph::ActivityKind::send_task;
    return activity->kind == graph::ActivityKind::receive_task;
  }
  const auto* event = node.as<graph::Event>();
  if (!event) return false;
  for (const auto& definition : event->definitions) {
    if (definition.type != EventType::message) continue;
    sends = event->position == EventPosition::intermediate_throw || event->position == EventPosition::end;
    return !sends;
  }
  return false;
}

std::string content_of(const Source& source, const graph::MessageFlow& flow) {
  if (!flow.name.empty()) return std::string(flow.name.in(source.words.language()));
  auto found = source.graph.definitions.find(flow.message);
  return found == source.graph.definitions.end() ? "" : std::string(found->second.name.in(source.words.language()));
}

Section touchpoints(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "touchpoints";
  section.title = w(Word::touchpoints);
  Table table;
  table.anchor = "touchpoint-table";
  table.caption = w(Word::touchpoint_caption);
  table.columns = columns({2.2, 1.6, 2, 1.4});
  table.rows.push_back(header({w(Word::step), w(Word::direction), w(Word::content), w(Word::channels)}));
  std::vector<bool> told(source.graph.node_count(), false);
  auto row = [&](NodeIndex node, std::string direction, std::string content) {
    table.rows.push_back({where_cell(source, node), cell(std::move(direction)), cell(std::move(content)),
                          cell(attribute(source.graph.node(node), "channels"))});
    told[node] = true;
  };
  for (const auto& flow : source.graph.message_flows) {
    const NodeIndex from = source.graph.find(flow.from), to = source.graph.find(flow.to);
    const bool ours_from = from != graph::none && source.steps.shown(source.graph.node(from).container);
    const bool ours_to = to != graph::none && source.steps.shown(source.graph.node(to).container);
    const std::string content = content_of(source, flow);
    if (ours_from) row(from, w(Word::to_partner, party(source, flow.to, to)), content);
    if (ours_to) row(to, w(Word::from_partner, party(source, flow.from, from)), content);
  }
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) {
    const auto& n = source.graph.node(node);
    bool sends = false;
    const bool takes = receives(n, sends);
    if (told[node] || !source.steps.shown(n.container) || !(takes || sends || has_cx(n))) continue;
    row(node, sends ? w(Word::to_customer) : w(Word::from_customer), "");
  }
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_touchpoints), ParagraphKind::note));
  return section;
}

std::string trigger_effect(const Source& source, const graph::Node& node, const graph::Event& event) {
  const auto& w = source.words;
  if (event.position == EventPosition::boundary && event.attached_to != graph::none)
    return w(event.interrupting ? Word::interrupts_step : Word::joins_step, source.steps.name(event.attached_to));
  if (event.position == EventPosition::start && source.graph.containers[node.container].parent == graph::none)
    return w(Word::starts_case);
  return w(Word::steers_case);
}

Section triggers(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "triggers";
  section.title = w(Word::triggers);
  Table table;
  table.anchor = "trigger-table";
  table.columns = columns({2, 1.2, 2, 1.4, 1.6});
  table.rows.push_back(
      header({w(Word::trigger), w(Word::kind_of), w(Word::condition), w(Word::channels), w(Word::effect)}));
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) {
    const auto& n = source.graph.node(node);
    const auto* event = n.as<graph::Event>();
    if (!event || !source.steps.shown(n.container)) continue;
    bool sends = false;
    const bool takes = receives(n, sends);
    const bool listens = event->position == EventPosition::start || event->position == EventPosition::boundary ||
                         event->position == EventPosition::intermediate_catch;
    bool conditional = false;
    std::string condition = attribute(n, "when");
    for (const auto& definition : event->definitions) {
      if (definition.type != EventType::conditional) continue;
      conditional = true;
      if (definition.expression && condition.empty()) condition = definition.expression->text;
    }
    if (!listens || !(takes || conditional || has_cx(n))) continue;
    table.rows.push_back({where_cell(source, node), cell(source.steps.event_kind(*event)),
                          condition.empty() ? cell(w(Word::none_given)) : cell(code(condition)),
                          cell(attribute(n, "channels")), cell(trigger_effect(source, n, *event))});
  }
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_triggers), ParagraphKind::note));
  return section;
}

bool escalates(const graph::Event& event) {
  for (const auto& definition : event.definitions)
    if (definition.type == EventType::escalation ||
        (definition.type == EventType::timer && event.position == EventPosition::boundary))
      return true;
  return false;
}

Cell goes_to(const Source& source, NodeIndex node) {
  std::vector<std::string> texts = source.steps.next(node);
  for (graph::FlowIndex flow : source.graph.outgoing(node))
    for (const auto& who : source.steps.who(source.graph.target(flow))) texts.push_back(who);
  return texts.empty() ? cell(source.words(Word::none_given)) : cell(texts);
}

Section escalation_paths(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "escalations";
  section.title = w(Word::escalations);
  Table table;
  table.anchor = "escalation-table";
  table.columns = columns({2, 2, 1.6, 2.4});
  table.rows.push_back(header({w(Word::step), w(Word::trigger), w(Word::deadline), w(Word::escalates_to)}));
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) {
    const auto& n = source.graph.node(node);
    const auto* event = n.as<graph::Event>();
    if (!event || !source.steps.shown(n.container) || !escalates(*event)) continue;
    const NodeIndex at = event->attached_to != graph::none ? event->attached_to : node;
    std::string trigger = source.steps.event_kind(*event);
    if (!n.name.empty()) trigger += " – " + source.steps.name(node);
    table.rows.push_back(
        {where_cell(source, at), cell(trigger), cell(source.steps.deadline(*event)), goes_to(source, node)});
  }
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_escalations), ParagraphKind::note));
  return section;
}

}  // namespace

Section customer_section(const Source& source) {
  Section section;
  section.anchor = "customer";
  section.title = source.words(Word::customer);
  section.children.push_back(touchpoints(source));
  section.children.push_back(triggers(source));
  section.children.push_back(escalation_paths(source));
  return section;
}

}  // namespace echoflow::documentation
