#include <algorithm>
#include <map>
#include <set>

#include "models/documentation/format.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::RelationKind;

namespace {

constexpr std::size_t most_roles = 8;  // a table with more columns is split

Cell what_cell(const Step& step) {
  Cell lines;
  lines.push_back(strong(step.name));
  if (!step.kind.empty()) lines.push_back(slanted(step.kind));
  if (!step.about.empty()) lines.push_back(plain(step.about));
  if (step.decision)
    for (const auto& way : step.next) lines.push_back(plain(way));
  return lines;
}

Table step_table(const Source& source, const ProcessSteps& process) {
  const auto& w = source.words;
  Table table;
  table.anchor = "steps-" + std::to_string(process.container);
  table.caption = w(Word::step_caption);
  table.columns = columns({0.75, 3, 1.5, 1.5, 1.5, 1.5, 1.4, 1.3, 1.9});
  table.wide = true;
  table.row_headers = true;
  table.row_anchors.push_back("");
  table.rows.push_back(header({w(Word::step_number), w(Word::what), w(Word::who), w(Word::with_what), w(Word::input),
                               w(Word::output), w(Word::record), w(Word::deadline), w(Word::exception)}));
  for (const auto& step : process.steps) {
    table.rows.push_back({cell(step.number), what_cell(step), cell(step.who), cell(step.with_what), cell(step.inputs),
                          cell(step.outputs), cell(step.records), cell(step.deadlines), cell(step.exceptions)});
    table.row_anchors.push_back(step.anchor);
  }
  return table;
}

char letter(RelationKind kind) {
  switch (kind) {
    case RelationKind::executes:
      return 'R';
    case RelationKind::decides:
      return 'A';
    case RelationKind::contributes:
      return 'S';
    case RelationKind::consulted:
      return 'C';
    case RelationKind::informed:
      return 'I';
    case RelationKind::reads:
    case RelationKind::writes:
    case RelationKind::supports:
    case RelationKind::measured_by:
    case RelationKind::occurs_at:
    case RelationKind::annotates:
    case RelationKind::compensates:
    case RelationKind::belongs_to:
    case RelationKind::other:
      return 0;
  }
  return 0;
}

/// Role name → letters of one step, in the order R, A, S, C, I.
std::map<std::string, std::string> parts(const Source& source, const Step& step) {
  std::map<std::string, std::set<std::size_t>> found;
  constexpr std::string_view order = "RASCI";
  for (const auto& who : step.who) found[who].insert(0);
  for (std::size_t r : source.steps.relations_of(step.node)) {
    const auto& relation = source.graph.relations[r];
    if (relation.to != step.node || relation.from == graph::none || letter(relation.kind) == 0) continue;
    found[source.steps.name(relation.from)].insert(order.find(letter(relation.kind)));
  }
  std::map<std::string, std::string> result;
  for (const auto& [role, letters] : found)
    for (std::size_t at : letters) (result[role] += result[role].empty() ? "" : "/") += order[at];
  return result;
}

Table raci_table(const Source& source, const std::vector<std::string>& roles, std::size_t first) {
  const auto& w = source.words;
  const std::size_t end = std::min(roles.size(), first + most_roles);
  Table table;
  table.anchor = "raci-" + std::to_string(first / most_roles + 1);
  table.caption = first == 0 ? w(Word::raci_caption) : w(Word::continued, w(Word::raci_caption));
  table.row_headers = true;
  table.columns.push_back({3, Align::left});
  std::vector<std::string> names{w(Word::step)};
  for (std::size_t i = first; i < end; ++i) {
    table.columns.push_back({1, Align::center});
    names.push_back(roles[i]);
  }
  table.rows.push_back(header(names));
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps) {
      if (step.decision) continue;
      const auto letters = parts(source, step);
      std::vector<Cell> row{cell(link(step.number + " " + step.name, step.anchor))};
      for (std::size_t i = first; i < end; ++i) {
        auto found = letters.find(roles[i]);
        row.push_back(cell(found == letters.end() ? std::string() : found->second));
      }
      table.rows.push_back(std::move(row));
    }
  return table;
}

}  // namespace

Section steps_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "steps";
  section.title = w(Word::steps);
  const auto& processes = source.steps.processes();
  for (const auto& process : processes) {
    if (process.steps.empty()) continue;
    if (processes.size() == 1) {
      section.blocks.push_back(step_table(source, process));
      continue;
    }
    Section child;
    child.anchor = "process-" + std::to_string(process.container);
    child.title = w(Word::steps_of, process.name);
    child.blocks.push_back(step_table(source, process));
    section.children.push_back(std::move(child));
  }
  if (section.blocks.empty() && section.children.empty()) section.blocks.push_back(paragraph(w(Word::no_steps)));
  return section;
}

Section raci_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "raci";
  section.title = w(Word::raci);
  auto roles = role_names(source);
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps)
      for (const auto& who : step.who)
        if (std::find(roles.begin(), roles.end(), who) == roles.end()) roles.push_back(who);
  if (roles.empty()) {
    section.blocks.push_back(paragraph(w(Word::raci_none), ParagraphKind::note));
    return section;
  }
  section.blocks.push_back(paragraph(w(Word::raci_key)));
  for (std::size_t first = 0; first < roles.size(); first += most_roles)
    section.blocks.push_back(raci_table(source, roles, first));
  section.blocks.push_back(paragraph(w(Word::raci_owner_note), ParagraphKind::note));
  return section;
}

}  // namespace echoflow::documentation
