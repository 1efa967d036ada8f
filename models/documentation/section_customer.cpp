#include "models/documentation/condition_text.hpp"
#include "models/documentation/format.hpp"
#include "models/documentation/notes.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::EventPosition;
using graph::EventType;
using graph::NodeIndex;

namespace {

Cell where_cell(const Source& source, NodeIndex node) {
  const auto anchor = source.steps.anchor(node);
  return anchor.empty() ? cell(source.steps.name(node)) : cell(link(source.steps.title(node), anchor));
}

bool from_customer(const Hearing& hearing) {
  return hearing.service == "feedback" || hearing.service == "alerts" || hearing.service.empty();
}

/// Channels that are listened to; every channel where none is named.
std::string channels_of(const Source& source, const std::optional<Hearing>& hearing) {
  if (!hearing || !from_customer(*hearing) || (hearing->channels.empty() && hearing->service.empty())) return "";
  return hearing->channels.empty() ? source.words(Word::all_channels) : hearing->channels;
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
                          cell(channels_of(source, hearing_of(source.graph.node(node))))});
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
    bool takes = receives(n, sends);
    const auto hearing = hearing_of(n);
    if (hearing) takes = from_customer(*hearing);
    if (answers(n)) sends = true;
    if (told[node] || !source.steps.shown(n.container) || !(takes || sends)) continue;
    std::string content = hearing ? w(Word::hears_feedback) : "";
    if (answers(n)) content = w(Word::answer_content);
    row(node, sends ? w(Word::to_customer) : w(Word::from_customer), std::move(content));
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
  if (!source.steps.shown(node.container))
    return w(Word::starts_process, std::string(source.graph.containers[node.container].name.in(w.language())));
  if (event.position == EventPosition::start && source.graph.containers[node.container].parent == graph::none)
    return w(Word::starts_case);
  return w(Word::steers_case);
}

/// The words for a service, in the order of its names; the kind of event where it is none.
std::string heard_kind(const Source& source, const std::optional<Hearing>& hearing, const graph::Event& event) {
  constexpr std::pair<std::string_view, Word> kinds[] = {{"feedback", Word::hears_feedback},
                                                         {"alerts", Word::hears_alerts},
                                                         {"thresholds", Word::hears_thresholds},
                                                         {"taskEvents", Word::hears_task_events}};
  for (const auto& [service, word] : kinds)
    if (hearing && hearing->service == service) return source.words(word);
  return source.steps.event_kind(event);
}

Cell condition_cell(const Source& source, const std::string& condition, bool listens) {
  if (condition.empty()) return cell(source.words(listens ? Word::all_of_them : Word::none_given));
  const auto sentence = condition_text(source.words, condition);
  return sentence ? cell(*sentence) : cell(code(condition));
}

/// Is it an event of another process of the model that this one's figures set off?
bool set_off_by(const Source& source, const Hearing& hearing) {
  if (hearing.service != "thresholds") return false;
  for (const auto& process : source.steps.processes())
    for (const auto& kpi : kpis_of(source.graph.containers[process.container]))
      if (hearing.when.find("'" + kpi.name + "'") != std::string::npos) return true;
  return false;
}

/// The row of one event; nothing where it waits neither for customers nor for a condition.
void add_trigger(const Source& source, NodeIndex node, Table& table) {
  const auto& n = source.graph.node(node);
  const auto* event = n.as<graph::Event>();
  if (!event) return;
  const auto hearing = hearing_of(n);
  if (!source.steps.shown(n.container) && !(hearing && set_off_by(source, *hearing))) return;
  bool sends = false;
  bool waits = receives(n, sends) || hearing;
  std::string condition = hearing ? hearing->when : "";
  for (const auto& definition : event->definitions) {
    if (definition.type != EventType::conditional) continue;
    waits = true;
    if (definition.expression && !hearing) condition = definition.expression->text;
  }
  const bool listens = event->position == EventPosition::start || event->position == EventPosition::boundary ||
                       event->position == EventPosition::intermediate_catch;
  if (!listens || !waits) return;
  table.rows.push_back({where_cell(source, node), cell(heard_kind(source, hearing, *event)),
                        condition_cell(source, condition, hearing.has_value()), cell(channels_of(source, hearing)),
                        cell(trigger_effect(source, n, *event))});
}

Section triggers(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "triggers";
  section.title = w(Word::triggers);
  Table table;
  table.anchor = "trigger-table";
  table.columns = columns({2, 1.6, 2.2, 1, 1.6});
  table.rows.push_back(
      header({w(Word::trigger), w(Word::kind_of), w(Word::condition), w(Word::channels), w(Word::effect)}));
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) add_trigger(source, node, table);
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

/// The deadlines of a task for people, each with what happens when it passes.
void add_deadlines(const Source& source, NodeIndex node, Table& table) {
  const auto& w = source.words;
  for (const auto& deadline : deadlines_of(source.graph.node(node))) {
    Cell when = cell(source.steps.deadline(deadline));
    if (!deadline.calendar.empty()) when.push_back(plain(w(Word::on_calendar, deadline.calendar)));
    std::vector<std::string> steps;
    for (const auto& escalation : deadline.escalations) steps.push_back(source.steps.escalation(escalation));
    table.rows.push_back({where_cell(source, node), cell(w(deadline.to_begin ? Word::not_begun : Word::not_done)), when,
                          steps.empty() ? cell(w(Word::none_given)) : cell(steps)});
  }
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
    if (!source.steps.shown(n.container)) continue;
    if (n.as<graph::Activity>()) add_deadlines(source, node, table);
    const auto* event = n.as<graph::Event>();
    if (!event || hearing_of(n) || !escalates(*event)) continue;
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
