#include <algorithm>
#include <utility>

#include "models/base/time.hpp"
#include "models/cx/kpi_built_in.hpp"
#include "models/documentation/format.hpp"
#include "models/documentation/notes.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::NodeIndex;
using graph::RelationKind;

namespace {

/// Between target and warning a figure is neither.
bool misses_target(const KpiActual& actual) {
  if (!actual.value || !actual.target) return false;
  return actual.lower_is_better ? *actual.value > *actual.target : *actual.value < *actual.target;
}

std::string judgement_text(const Words& words, const KpiActual& actual) {
  if (actual.level == "normal") return words(misses_target(actual) ? Word::level_missed : Word::level_normal);
  if (actual.level == "warning") return words(Word::level_warning);
  if (actual.level == "critical") return words(Word::level_critical);
  return words(Word::not_judged);
}

std::string optional_value(const Words& words, const std::optional<double>& value, const std::string& unit) {
  return value ? value_text(words, *value, unit) : words(Word::none_given);
}

/// A KPI as the model declares it: a node that is drawn, what is noted of it, or both.
struct Declared {
  std::string name;  ///< as it is shown
  std::string measures, target, warning, critical;
};

std::vector<Cell> kpi_row(const Source& source, const std::string& name, const Declared& declared,
                          const KpiActual* actual) {
  const auto& w = source.words;
  auto given = [&](const std::string& text) { return text.empty() ? w(Word::none_given) : text; };
  auto [ignored, measures, target, warning, critical] = declared;
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
      cell(measured ? judgement_text(w, *actual) : w(Word::none_given))};
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

/// A level of a <cx:kpi>: a duration in words, a number with its unit.
std::string level_value(const Words& words, const std::string& level, const std::string& unit) {
  if (level.empty()) return "";
  if (parse_duration(level)) return duration_text(words, level);
  std::string text = level;
  if (words.language() == "de") std::replace(text.begin(), text.end(), '.', ',');
  if (unit.empty() || unit == "count") return text;
  return text += " " + (unit == "percent" ? std::string("%") : unit);
}

/// What the server's own measures are called.
constexpr std::pair<std::string_view, Word> built_ins[] = {{"firstResponseTime", Word::measure_first_response},
                                                           {"nextResponseTime", Word::measure_next_response},
                                                           {"resolutionTime", Word::measure_resolution},
                                                           {"serviceLevel", Word::measure_service_level},
                                                           {"handlingTime", Word::measure_handling},
                                                           {"firstContactResolution", Word::measure_first_contact},
                                                           {"backlog", Word::measure_backlog},
                                                           {"backlogAge", Word::measure_backlog_age},
                                                           {"reopenRate", Word::measure_reopened},
                                                           {"escalationRate", Word::measure_escalated},
                                                           {"nps", Word::measure_nps},
                                                           {"csat", Word::measure_csat},
                                                           {"ces", Word::measure_ces},
                                                           {"sentimentIndex", Word::measure_sentiment},
                                                           {"shareOfVoice", Word::measure_voice},
                                                           {"processDuration", Word::measure_duration},
                                                           {"processSteps", Word::measure_steps},
                                                           {"processLoops", Word::measure_loops},
                                                           {"processHandovers", Word::measure_handovers}};

std::string measures_text(const Source& source, const KpiNote& note) {
  const auto& w = source.words;
  const auto called = [&](const std::string& id, Word otherwise) {
    const auto node = source.graph.find(id);
    return node == graph::none ? (id.empty() ? w(otherwise) : id) : source.steps.name(node);
  };
  if (note.measure == "duration")
    return w(Word::from_to, called(note.from, Word::process_begin), called(note.to, Word::process_end));
  if (note.measure == "count") return w(Word::times_of, called(note.of, Word::process_begin));
  const auto name = note.built_in.substr(0, note.built_in.find('('));
  for (const auto& [measure, word] : built_ins)
    if (measure == name) return w(word);
  return note.built_in;
}

std::string unit_of(const KpiNote& note) {
  if (!note.unit.empty()) return note.unit;
  const auto name = note.built_in.substr(0, note.built_in.find('('));
  for (const auto& info : cx::kpi_built_ins())
    if (info.name == name) return std::string(info.unit);
  return "";
}

Declared declared_by(const Source& source, const KpiNote& note) {
  const auto unit = unit_of(note);
  const auto& w = source.words;
  return {note.title, measures_text(source, note), level_value(w, note.target, unit),
          level_value(w, note.warning, unit), level_value(w, note.critical, unit)};
}

bool is_called(const graph::Node& node, const std::string& title) {
  for (const auto& [language, text] : node.name.all())
    if (text == title) return true;
  return false;
}

/// All KPIs of the processes that are shown, and the names by which the server may know each.
class KpiTable {
 public:
  explicit KpiTable(const Source& source) : source_(source) {
    if (source.evidence)
      for (const auto& actual : source.evidence->kpis) actuals_.push_back(&actual);
    for (graph::ContainerIndex c = 0; c < source.graph.containers.size(); ++c)
      if (source.steps.shown(c))
        for (auto& note : kpis_of(source.graph.containers[c])) notes_.push_back(std::move(note));
  }

  void fill(Table& table) {
    for (NodeIndex node = 0; node < source_.graph.node_count(); ++node)
      if (source_.graph.node(node).as<graph::Kpi>() && source_.steps.shown(source_.graph.node(node).container))
        add_node(table, node);
    for (const auto& note : notes_)
      if (!note.name.empty())
        add(table, declared_by(source_, note), [&](const KpiActual& a) { return a.name == note.name; });
    for (const auto* actual : std::exchange(actuals_, {}))
      table.rows.push_back(kpi_row(
          source_, kpi_label(source_.words, actual->title.empty() ? actual->name : actual->title, actual->group), {},
          actual));
  }

 private:
  void add_node(Table& table, NodeIndex node) {
    const auto& n = source_.graph.node(node);
    const auto& w = source_.words;
    const auto* kpi = n.as<graph::Kpi>();
    Declared declared{source_.steps.name(node), measured(source_, node), level_value(w, kpi->target, ""), "",
                      level_value(w, kpi->alarm, "")};
    for (const auto& attribute : n.attributes)
      if (attribute.name == "cx.warning") declared.warning = level_value(w, attribute.value, "");
    for (auto& note : notes_) {
      if (note.name.empty() || !is_called(n, note.title)) continue;
      declared = declared_by(source_, note);
      declared.name = source_.steps.name(node);
      const std::string name = std::exchange(note.name, "");
      return add(table, declared, [&](const KpiActual& a) { return a.name == name || belongs(a, n); });
    }
    add(table, declared, [&](const KpiActual& a) { return belongs(a, n); });
  }

  template <class Fits>
  void add(Table& table, const Declared& declared, Fits fits) {
    bool any = false;
    std::erase_if(actuals_, [&](const KpiActual* actual) {
      if (!fits(*actual)) return false;
      any = true;
      table.rows.push_back(kpi_row(source_, kpi_label(source_.words, declared.name, actual->group), declared, actual));
      return true;
    });
    if (!any) table.rows.push_back(kpi_row(source_, declared.name, declared, nullptr));
  }

  const Source& source_;
  std::vector<const KpiActual*> actuals_;  // that no row shows yet
  std::vector<KpiNote> notes_;             // without a name: shown
};

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
  KpiTable(source).fill(table);
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
    if (!n.as<graph::Risk>() || !source.steps.shown(n.container)) continue;
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
