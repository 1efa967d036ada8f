#include <algorithm>

#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::NodeIndex;

namespace {

/// One aspect of a node in words; two versions differ where it reads otherwise.
struct Aspect {
  Word name;
  std::string text;
};

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += "; ";
    all += text;
  }
  return all;
}

/// Successors by name: numbers change whenever a step is put in before.
std::string followers(const graph::ProcessGraph& graph, const StepReader& steps, NodeIndex node) {
  std::vector<std::string> names;
  for (graph::FlowIndex flow : graph.outgoing(node)) {
    std::string text(graph.flow(flow).name.in(steps.words().language()));
    if (text.empty() && graph.flow(flow).condition) text = graph.flow(flow).condition->text;
    if (!text.empty()) text += ": ";
    names.push_back(text += steps.name(graph.target(flow)));
  }
  std::sort(names.begin(), names.end());
  return lines(names);
}

std::vector<Aspect> aspects(const graph::ProcessGraph& graph, const StepReader& steps, const Step* step,
                            NodeIndex node) {
  const auto& n = graph.node(node);
  std::vector<Aspect> all{{Word::diff_name, std::string(n.name.in(steps.words().language()))}};
  if (step) {
    all.push_back({Word::diff_kind, step->kind});
    all.push_back({Word::diff_who, lines(step->who)});
    all.push_back({Word::diff_system, lines(step->with_what)});
    all.push_back({Word::diff_input, lines(step->inputs)});
    all.push_back({Word::diff_output, lines(step->outputs)});
    all.push_back({Word::diff_deadline, lines(step->deadlines)});
    std::vector<std::string> exceptions;
    for (NodeIndex boundary : steps.boundary_of(node)) exceptions.push_back(followers(graph, steps, boundary));
    all.push_back({Word::diff_exception, lines(exceptions)});
  } else if (const auto* event = n.as<graph::Event>()) {
    all.push_back({Word::diff_kind, steps.event_kind(*event)});
    all.push_back({Word::diff_deadline, steps.deadline(*event)});
    for (const auto& definition : event->definitions)
      if (definition.type == graph::EventType::conditional && definition.expression)
        all.push_back({Word::diff_condition, definition.expression->text});
  } else if (const auto* kpi = n.as<graph::Kpi>()) {
    all.push_back({Word::diff_target, kpi->target});
    all.push_back({Word::diff_alarm, kpi->alarm});
  }
  all.push_back({Word::diff_text, std::string(n.documentation.in(steps.words().language()))});
  all.push_back({Word::diff_next, followers(graph, steps, node)});
  return all;
}

using StepByNode = std::map<NodeIndex, const Step*>;
StepByNode by_node(const StepReader& steps) {
  StepByNode all;
  for (const auto& process : steps.processes())
    for (const auto& step : process.steps) all[step.node] = &step;
  return all;
}

const Step* step_of(const StepByNode& steps, NodeIndex node) {
  auto found = steps.find(node);
  return found == steps.end() ? nullptr : found->second;
}

bool compared(const graph::Node& node) {
  return !node.as<graph::Note>() && !node.as<graph::Group>();
}

/// The same id, else (ids are made anew by some tools) the only node of the same kind and name.
NodeIndex counterpart(const graph::ProcessGraph& in, const graph::Node& node) {
  const NodeIndex same = in.find(node.id);
  if (same != graph::none && in.node(same).detail.index() == node.detail.index()) return same;
  if (node.name.empty()) return graph::none;
  NodeIndex found = graph::none;
  for (NodeIndex other = 0; other < in.node_count(); ++other) {
    if (in.node(other).detail.index() != node.detail.index() || in.node(other).name != node.name) continue;
    if (found != graph::none) return graph::none;
    found = other;
  }
  return found;
}

Cell or_none(const Words& words, const std::string& text) {
  return cell(text.empty() ? words(Word::none_given) : text);
}

void compare(const Source& source, const StepReader& old_steps, Table& table) {
  const auto& w = source.words;
  const auto& now = source.graph;
  const auto& then = *source.options.previous;
  const auto now_steps = by_node(source.steps), then_steps = by_node(old_steps);
  std::vector<bool> met(then.node_count(), false);
  for (NodeIndex node = 0; node < now.node_count(); ++node) {
    if (!compared(now.node(node)) || !source.steps.shown(now.node(node).container)) continue;
    const NodeIndex old = counterpart(then, now.node(node));
    const auto anchor = source.steps.anchor(node);
    const Cell name = anchor.empty() ? cell(source.steps.title(node)) : cell(link(source.steps.title(node), anchor));
    if (old == graph::none) {
      table.rows.push_back({name, cell(w(Word::diff_added)), cell(w(Word::none_given)), cell(source.steps.name(node))});
      continue;
    }
    met[old] = true;
    const auto after = aspects(now, source.steps, step_of(now_steps, node), node);
    const auto before = aspects(then, old_steps, step_of(then_steps, old), old);
    for (const auto& aspect : after)
      for (const auto& earlier : before)
        if (earlier.name == aspect.name && earlier.text != aspect.text)
          table.rows.push_back({name, cell(w(aspect.name)), or_none(w, earlier.text), or_none(w, aspect.text)});
  }
  for (NodeIndex node = 0; node < then.node_count(); ++node)
    if (!met[node] && compared(then.node(node)) && old_steps.shown(then.node(node).container))
      table.rows.push_back({cell(old_steps.name(node)), cell(w(Word::diff_removed)), cell(old_steps.name(node)),
                            cell(w(Word::none_given))});
}

}  // namespace

Section difference_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "differences";
  section.title = w(Word::differences);
  if (!source.options.previous) {
    section.blocks.push_back(paragraph(w(Word::no_previous), ParagraphKind::note));
    return section;
  }
  section.blocks.push_back(paragraph(w(Word::differences_from, source.options.previous_version)));
  const StepReader old_steps(*source.options.previous, w, source.options.process);
  Table table;
  table.anchor = "difference-table";
  table.caption = w(Word::differences_caption);
  table.columns = columns({2.2, 1.3, 2.4, 2.4});
  table.rows.push_back(header({w(Word::element), w(Word::aspect), w(Word::before), w(Word::after)}));
  compare(source, old_steps, table);
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_differences)));
  return section;
}

}  // namespace echoflow::documentation
