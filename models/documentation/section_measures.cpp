#include <algorithm>
#include <set>

#include "models/documentation/format.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::NodeIndex;
using graph::RelationKind;

namespace {

std::string level_text(const Words& words, const std::string& level) {
  if (level == "normal") return words(Word::level_normal);
  if (level == "warning") return words(Word::level_warning);
  if (level == "critical") return words(Word::level_critical);
  return words(Word::not_judged);
}

std::string optional_value(const Words& words, const std::optional<double>& value, const std::string& unit) {
  return value ? value_text(words, *value, unit) : words(Word::none_given);
}

std::vector<Cell> kpi_row(const Source& source, const std::string& name, const std::string& measures,
                          const graph::Kpi* declared, const KpiActual* actual) {
  const auto& w = source.words;
  auto given = [&](const std::string& text) { return text.empty() ? w(Word::none_given) : text; };
  std::string target = declared ? declared->target : "", critical = declared ? declared->alarm : "";
  std::string warning;
  if (actual) {
    if (actual->target) target = value_text(w, *actual->target, actual->unit);
    if (actual->warning) warning = value_text(w, *actual->warning, actual->unit);
    if (actual->critical) critical = value_text(w, *actual->critical, actual->unit);
  }
  const bool measured = actual && actual->value;
  return {
      cell(name),
      cell(given(measures)),
      cell(given(target)),
      cell(given(warning)),
      cell(given(critical)),
      measured ? cell(strong(optional_value(w, actual->value, actual->unit))) : cell(slanted(w(Word::not_measured))),
      cell(measured ? number_text(w, actual->samples) : w(Word::none_given)),
      cell(measured ? level_text(w, actual->level) : w(Word::none_given))};
}

/// What a KPI node measures: the names of what is measured by it.
std::string measured(const Source& source, NodeIndex kpi) {
  std::string text;
  for (std::size_t r : source.steps.relations_of(kpi)) {
    const auto& relation = source.graph.relations[r];
    if (relation.kind != RelationKind::measured_by) continue;
    const NodeIndex other = relation.from == kpi ? relation.to : relation.from;
    if (other == graph::none) continue;
    if (!text.empty()) text += ", ";
    text += source.steps.title(other);
  }
  return text;
}

bool belongs(const KpiActual& actual, const graph::Node& node) {
  if (actual.name == node.id) return true;
  for (const auto& [language, text] : node.name.all())
    if (text == actual.name || text == actual.title) return true;
  return false;
}

std::string kpi_label(const Words& words, const std::string& name, const std::string& group) {
  return group.empty() ? name : words(Word::group_of, name, group);
}

}  // namespace

Section kpi_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "kpis";
  section.title = w(Word::kpis);
  Table table;
  table.anchor = "kpi-table";
  table.caption = w(Word::kpi_caption);
  table.columns = columns({2.2, 2, 1.2, 1.2, 1.2, 1.3, 0.9, 1.2});
  table.row_headers = true;
  table.rows.push_back(header({w(Word::kpi), w(Word::measures), w(Word::target), w(Word::warning_level),
                               w(Word::critical_level), w(Word::actual), w(Word::samples), w(Word::judgement)}));
  std::set<std::size_t> used;
  const std::vector<KpiActual> none;
  const auto& actuals = source.evidence ? source.evidence->kpis : none;
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) {
    const auto& n = source.graph.node(node);
    const auto* kpi = n.as<graph::Kpi>();
    if (!kpi) continue;
    bool any = false;
    for (std::size_t a = 0; a < actuals.size(); ++a) {
      if (!belongs(actuals[a], n)) continue;
      any = used.insert(a).second || any;
      table.rows.push_back(kpi_row(source, kpi_label(w, source.steps.name(node), actuals[a].group),
                                   measured(source, node), kpi, &actuals[a]));
    }
    if (!any) table.rows.push_back(kpi_row(source, source.steps.name(node), measured(source, node), kpi, nullptr));
  }
  for (std::size_t a = 0; a < actuals.size(); ++a) {
    if (used.contains(a)) continue;
    const auto& actual = actuals[a];
    table.rows.push_back(kpi_row(source, kpi_label(w, actual.title.empty() ? actual.name : actual.title, actual.group),
                                 "", nullptr, &actual));
  }
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_kpis), ParagraphKind::note));
  return section;
}

namespace {

Word level_word(analysis::Level level) {
  switch (level) {
    case analysis::Level::error:
      return Word::severity_error;
    case analysis::Level::warning:
      return Word::severity_warning;
    case analysis::Level::hint:
      return Word::severity_hint;
  }
  return Word::severity_warning;
}

Section findings(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "findings";
  section.title = w(Word::model_findings);
  if (!source.options.checked || source.options.findings.empty()) {
    section.blocks.push_back(paragraph(w(source.options.checked ? Word::no_findings : Word::not_checked)));
    return section;
  }
  const auto& all = source.options.findings;
  const auto errors =
      std::count_if(all.begin(), all.end(), [](const auto& f) { return f.level == analysis::Level::error; });
  section.blocks.push_back(
      paragraph(w(Word::findings_counted, errors, static_cast<std::ptrdiff_t>(all.size()) - errors)));
  Table table;
  table.anchor = "finding-table";
  table.columns = columns({0.8, 0.9, 2, 4});
  table.rows.push_back(header({w(Word::rule), w(Word::severity), w(Word::place), w(Word::finding)}));
  for (const auto& finding : all) {
    const NodeIndex node = finding.elements.empty() ? graph::none : source.graph.find(finding.elements.front());
    const std::string id = finding.elements.empty() ? "" : finding.elements.front();
    const std::string anchor = node == graph::none ? "" : source.steps.anchor(node);
    const std::string place = node == graph::none ? id : source.steps.title(node);
    table.rows.push_back({cell(code(finding.rule)), cell(w(level_word(finding.level))),
                          anchor.empty() ? cell(place) : cell(link(place, anchor)), cell(finding.sentence)});
  }
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace

Section risk_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "risks";
  section.title = w(Word::risks);
  Table table;
  table.anchor = "risk-table";
  table.columns = columns({2, 2, 3});
  table.row_headers = true;
  table.rows.push_back(header({w(Word::risk), w(Word::occurs_at), w(Word::treatment)}));
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) {
    const auto& n = source.graph.node(node);
    if (!n.as<graph::Risk>()) continue;
    std::vector<std::string> places;
    for (std::size_t r : source.steps.relations_of(node)) {
      const auto& relation = source.graph.relations[r];
      const NodeIndex other = relation.from == node ? relation.to : relation.from;
      if (relation.kind == RelationKind::occurs_at && other != graph::none) places.push_back(source.steps.title(other));
    }
    const std::string treatment(n.documentation.in(w.language()));
    table.rows.push_back({cell(source.steps.name(node)), cell(places),
                          cell(treatment.empty() ? slanted(w(Word::not_stated)) : plain(treatment))});
  }
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_risks), ParagraphKind::note));
  section.children.push_back(findings(source));
  return section;
}

Section record_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "records";
  section.title = w(Word::records);
  std::vector<std::pair<std::string, std::vector<std::string>>> records;  // name → steps that make it
  auto find = [&](const std::string& name) -> std::vector<std::string>& {
    for (auto& [known, steps] : records)
      if (known == name) return steps;
    return records.emplace_back(name, std::vector<std::string>{}).second;
  };
  for (const auto& retention : source.control.retentions) find(retention.record);
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps) {
      for (const auto& record : step.records) find(record).push_back(source.steps.title(step.node));
      for (const auto& output : step.outputs)
        for (const auto& retention : source.control.retentions)
          if (retention.record == output &&
              std::find(step.records.begin(), step.records.end(), output) == step.records.end())
            find(output).push_back(source.steps.title(step.node));
    }
  Table table;
  table.anchor = "record-table";
  table.caption = w(Word::records_caption);
  table.columns = columns({2, 2, 1.5, 1.5, 1.3});
  table.row_headers = true;
  table.rows.push_back(
      header({w(Word::record), w(Word::made_by), w(Word::kept_where), w(Word::kept_by), w(Word::retention)}));
  const Retention unknown;
  for (const auto& [name, steps] : records) {
    const Retention* rule = &unknown;
    for (const auto& retention : source.control.retentions)
      if (retention.record == name) rule = &retention;
    auto given = [&](const std::string& text) { return text.empty() ? cell(w(Word::none_given)) : cell(text); };
    table.rows.push_back(
        {cell(name), steps.empty() ? cell(w(Word::none_given)) : cell(steps), given(rule->place), given(rule->keeper),
         rule->period.empty() ? cell(slanted(w(Word::retention_missing))) : cell(duration_text(w, rule->period))});
  }
  if (source.evidence)
    table.rows.push_back({cell(w(Word::journal_record)), cell(w(Word::journal_made)), cell(w(Word::journal_place)),
                          cell(source.control.owner.empty() ? w(Word::none_given) : source.control.owner),
                          cell(slanted(w(Word::retention_missing)))});
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(paragraph(w(Word::no_records), ParagraphKind::note));
  return section;
}

}  // namespace echoflow::documentation
