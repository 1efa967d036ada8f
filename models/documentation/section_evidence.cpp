#include "models/documentation/condition_text.hpp"
#include "models/documentation/format.hpp"
#include "models/documentation/notes.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

namespace {

struct StateWord {
  std::string_view state;
  Word word;
};
constexpr StateWord states[] = {{"running", Word::state_running},
                                {"suspended", Word::state_suspended},
                                {"completed", Word::state_completed},
                                {"faulted", Word::state_faulted},
                                {"terminated", Word::state_terminated},
                                {"skipped", Word::state_skipped},
                                {"compensated", Word::state_compensated},
                                {"executing", Word::state_executing},
                                {"ready", Word::state_ready}};
constexpr StateWord acts[] = {
    {"retry", Word::act_retry},           {"skip", Word::act_skip},           {"fault", Word::act_fault},
    {"variable", Word::act_variable},     {"terminate", Word::act_terminate}, {"alert", Word::act_alert},
    {"correction", Word::act_correction}, {"release", Word::act_release},     {"notify", Word::act_notify},
    {"reassign", Word::act_reassign},     {"priority", Word::act_priority},   {"event", Word::act_event}};

/// What the gathering of evidence tells of a deviation.
constexpr StateWord deviation_details[] = {{"something before it was not done", Word::detail_before},
                                           {"it lies in no loop", Word::detail_no_loop},
                                           {"an operator had it done again", Word::detail_again},
                                           {"an operator skipped it", Word::detail_skipped},
                                           {"it ended before an end of the description", Word::detail_early_end}};
constexpr std::string_view detail_version = "version ";

template <std::size_t N>
std::string in_words(const Words& words, const StateWord (&table)[N], const std::string& state) {
  for (const auto& row : table)
    if (row.state == state) return words(row.word);
  return state;
}

Word deviation_word(DeviationKind kind) {
  switch (kind) {
    case DeviationKind::unreleased_version:
      return Word::deviation_unreleased;
    case DeviationKind::skipped_step:
      return Word::deviation_skipped;
    case DeviationKind::repeated_step:
      return Word::deviation_repeated;
    case DeviationKind::changed_data:
      return Word::deviation_data;
    case DeviationKind::forced_fault:
      return Word::deviation_forced;
    case DeviationKind::terminated:
      return Word::deviation_terminated;
    case DeviationKind::late:
      return Word::deviation_late;
    case DeviationKind::wrong_role:
      return Word::deviation_role;
    case DeviationKind::fault:
      return Word::deviation_fault;
  }
  return Word::deviation_fault;
}

/// The deadline of a task that the evidence names; null where the model does not know it.
const DeadlineNote* deadline_named(const std::vector<DeadlineNote>& notes, const std::string& name) {
  for (const auto& note : notes)
    if (note.name == name) return &note;
  return nullptr;
}

std::vector<DeadlineNote> deadlines_at(const Source& source, const std::string& element) {
  const auto node = source.graph.find(element);
  return node == graph::none ? std::vector<DeadlineNote>{} : deadlines_of(source.graph.node(node));
}

std::string escalation_text(const Source& source, const EscalationRuns& runs) {
  for (const auto& deadline : deadlines_at(source, runs.element))
    for (const auto& note : deadline.escalations)
      if (note.name == runs.name && note.act != EscalationAct::unknown) return source.steps.escalation(note);
  return runs.name;
}

std::string detail_text(const Source& source, const Deviation& deviation) {
  const auto& words = source.words;
  const auto& detail = deviation.detail;
  if (deviation.kind == DeviationKind::late) {
    const auto notes = deadlines_at(source, deviation.element);
    if (const auto* note = deadline_named(notes, detail)) return source.steps.deadline(*note);
  }
  if (deviation.kind == DeviationKind::unreleased_version && detail.starts_with(detail_version))
    return words(Word::detail_version, detail.substr(detail_version.size()));
  return in_words(words, deviation_details, detail);
}

std::string durations(const Words& words, const Durations& d) {
  if (d.count == 0) return words(Word::none_given);
  return seconds_text(words, d.median) + ", " + seconds_text(words, d.p95);
}

/// An element's name as a link to its step where it is one.
Cell element_cell(const Source& source, const std::string& element, const std::string& name) {
  const auto node = source.graph.find(element);
  if (node != graph::none) {
    const auto anchor = source.steps.anchor(node);
    std::string title = source.steps.title(node);
    const auto& n = source.graph.node(node);
    if (n.name.empty() && n.as<graph::Gateway>() && !anchor.empty()) title += " " + source.words(Word::decision);
    return anchor.empty() ? cell(title) : cell(link(title, anchor));
  }
  if (!name.empty()) return cell(name);
  return cell(element.empty() ? source.words(Word::none_given) : element);
}

Section named(const Source& source, std::string anchor, Word title) {
  Section section;
  section.anchor = std::move(anchor);
  section.title = source.words(title);
  return section;
}

Table table_of(std::string anchor, std::string caption, const std::vector<double>& widths,
               const std::vector<std::string>& names, std::size_t first_number = 99) {
  Table table;
  table.anchor = std::move(anchor);
  table.caption = std::move(caption);
  table.columns = columns(widths);
  for (std::size_t i = first_number; i < table.columns.size(); ++i) table.columns[i].align = Align::right;
  table.rows.push_back(header(names));
  return table;
}

Section versions(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "versions", Word::versions_run);
  auto table = table_of("version-table", w(Word::version_caption), {2.3, 2.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.6},
                        {w(Word::version), w(Word::first_last), w(Word::started), w(Word::completed), w(Word::faulted),
                         w(Word::terminated), w(Word::running), w(Word::duration_median)},
                        2);
  for (const auto& v : e.versions) {
    Cell name = cell(strong(v.documented ? w(Word::this_version, v.version) : v.version));
    if (v.deployed_at) name.push_back(plain(w(Word::deployed_at, time_text(w, v.deployed_at))));
    if (!v.source_sha256.empty()) name.push_back(code("SHA-256 " + v.source_sha256.substr(0, 16) + "…"));
    table.rows.push_back({name, cell(time_text(w, v.first_start) + " – " + time_text(w, v.last_end)),
                          cell(number_text(w, v.started)), cell(number_text(w, v.completed)),
                          cell(number_text(w, v.faulted)), cell(number_text(w, v.terminated)),
                          cell(number_text(w, v.running)), cell(durations(w, v.duration))});
  }
  section.blocks.push_back(std::move(table));
  return section;
}

Section steps_run(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "steps-run", Word::steps_run);
  auto table = table_of("steps-run-table", w(Word::steps_run_caption), {3, 1.1, 1.1, 1.1, 1.5, 1.8},
                        {w(Word::step), w(Word::started), w(Word::completed), w(Word::faulted), w(Word::skipped),
                         w(Word::duration_median)},
                        1);
  table.row_headers = true;
  for (const auto& each : e.elements)
    table.rows.push_back({element_cell(source, each.element, each.name), cell(number_text(w, each.started)),
                          cell(number_text(w, each.completed)), cell(number_text(w, each.faulted)),
                          cell(number_text(w, each.skipped)), cell(durations(w, each.duration))});
  section.blocks.push_back(std::move(table));
  return section;
}

Section roles_run(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "roles-run", Word::roles_run);
  auto table =
      table_of("role-table", w(Word::roles_caption), {2, 3, 1}, {w(Word::role), w(Word::step), w(Word::count)}, 2);
  for (const auto& each : e.roles)
    table.rows.push_back({cell(each.role),
                          each.element.empty() ? cell(w(Word::any_step)) : element_cell(source, each.element, ""),
                          cell(number_text(w, each.count))});
  section.blocks.push_back(std::move(table));
  return section;
}

Section conformance(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "conformance", Word::conformance);
  const auto& c = e.conformance;
  if (c.checked == 0) {
    section.blocks.push_back(paragraph(w(Word::no_runs_checked)));
  } else {
    const double share = 100.0 * static_cast<double>(c.conforming) / static_cast<double>(c.checked);
    section.blocks.push_back(paragraph(w(Word::conformance_result, number_text(w, c.conforming),
                                         number_text(w, c.checked), number_text(w, share, 1))));
  }
  if (c.deviations.empty()) {
    if (c.checked > 0) section.blocks.push_back(paragraph(w(Word::no_deviations)));
    return section;
  }
  auto table = table_of("deviation-table", w(Word::deviations_caption), {3, 2.5, 2, 1},
                        {w(Word::deviation), w(Word::step), w(Word::detail), w(Word::count)}, 3);
  for (const auto& each : c.deviations)
    table.rows.push_back({cell(w(deviation_word(each.kind))), element_cell(source, each.element, ""),
                          cell(detail_text(source, each)), cell(number_text(w, each.count))});
  section.blocks.push_back(std::move(table));
  return section;
}

void add_counts(const Source& source, Section& section, std::string anchor, Word caption, Word what,
                const std::map<std::string, std::int64_t>& counts) {
  if (counts.empty()) return;
  const auto& w = source.words;
  auto table = table_of(std::move(anchor), w(caption), {3, 1}, {w(what), w(Word::count)}, 1);
  for (const auto& [name, count] : counts)
    table.rows.push_back({cell(what == Word::topic ? spoken_value(w, name) : name), cell(number_text(w, count))});
  section.blocks.push_back(std::move(table));
}

Section complaints(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "complaints", Word::complaints);
  const auto& c = e.complaints;
  if (c.received == 0) {
    section.blocks.push_back(paragraph(w(Word::no_complaints)));
    return section;
  }
  auto table = table_of("complaint-table", w(Word::complaints_caption), {1, 1, 1, 1, 1.6, 1.6},
                        {w(Word::received), w(Word::resolved), w(Word::open_ones), w(Word::reopened),
                         w(Word::first_response), w(Word::resolution_time)},
                        0);
  table.rows.push_back({cell(number_text(w, c.received)), cell(number_text(w, c.resolved)),
                        cell(number_text(w, c.open)), cell(number_text(w, c.reopened)),
                        cell(durations(w, c.first_response)), cell(durations(w, c.resolution))});
  section.blocks.push_back(std::move(table));
  add_counts(source, section, "complaint-channels", Word::by_channel, Word::channel, c.by_channel);
  add_counts(source, section, "complaint-topics", Word::by_topic, Word::topic, c.by_topic);
  return section;
}

Section escalations(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "escalations-run", Word::escalations_run);
  if (e.escalations.empty()) {
    section.blocks.push_back(paragraph(w(Word::no_escalations_run)));
    return section;
  }
  auto table = table_of("escalation-run-table", w(Word::escalations_caption), {2.5, 2, 1.5, 1, 1.7},
                        {w(Word::step), w(Word::escalation), w(Word::kind_of), w(Word::count), w(Word::last_time)});
  table.columns[3].align = Align::right;
  for (const auto& each : e.escalations)
    table.rows.push_back({element_cell(source, each.element, ""), cell(escalation_text(source, each)),
                          cell(in_words(w, acts, each.kind)), cell(number_text(w, each.count)),
                          cell(time_text(w, each.last))});
  section.blocks.push_back(std::move(table));
  return section;
}

Section corrections(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "corrections", Word::corrections);
  if (!e.incidents.empty()) {
    auto table = table_of("incident-table", w(Word::incidents_caption), {2.5, 2.5, 1, 1.7},
                          {w(Word::step), w(Word::fault), w(Word::count), w(Word::last_time)});
    table.columns[2].align = Align::right;
    for (const auto& each : e.incidents)
      table.rows.push_back({element_cell(source, each.element, ""), cell(code(each.fault)),
                            cell(number_text(w, each.count)), cell(time_text(w, each.last))});
    section.blocks.push_back(std::move(table));
  }
  if (e.corrections.empty()) {
    section.blocks.push_back(paragraph(w(Word::no_corrections)));
    return section;
  }
  auto table =
      table_of("correction-table", w(Word::corrections_caption), {1.7, 1.6, 2, 2.2, 1.2, 1.8},
               {w(Word::time), w(Word::kind_of), w(Word::step), w(Word::reason), w(Word::by_whom), w(Word::outcome)});
  for (const auto& each : e.corrections)
    table.rows.push_back({cell(time_text(w, each.at)), cell(in_words(w, acts, each.kind)),
                          element_cell(source, each.element, ""), cell(each.reason), cell(each.by),
                          cell(each.outcome)});
  section.blocks.push_back(std::move(table));
  return section;
}

Section sample(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "sample", Word::sample);
  section.blocks.push_back(paragraph(w(Word::sample_note, number_text(w, static_cast<std::int64_t>(e.sample.size())),
                                       number_text(w, e.sampled_from))));
  std::size_t count = 0;
  for (const auto& each : e.sample) {
    auto table = table_of("case-" + std::to_string(++count),
                          w(Word::sample_case, each.pseudonym, each.version, time_text(w, each.started),
                            time_text(w, each.ended), in_words(w, states, each.state)) +
                              "; " + w(each.conforming ? Word::sample_conforming : Word::sample_deviating),
                          {1.5, 3, 2, 1.3}, {w(Word::time), w(Word::step), w(Word::role), w(Word::state)});
    for (const auto& step : each.steps)
      table.rows.push_back({cell(time_text(w, step.at)), element_cell(source, step.element, step.name), cell(step.role),
                            cell(in_words(w, states, step.state))});
    section.blocks.push_back(std::move(table));
  }
  return section;
}

Section chain(const Source& source, const Evidence& e) {
  const auto& w = source.words;
  auto section = named(source, "chain", Word::chain);
  section.blocks.push_back(paragraph(w(Word::chain_note)));
  KeyValues values;
  values.rows.emplace_back(w(Word::chain_records), plain(number_text(w, e.chain.records)));
  values.rows.emplace_back(w(Word::chain_position), plain(number_text(w, e.chain.position)));
  values.rows.emplace_back(w(Word::chain_hash), code(e.chain.hash));
  if (e.chain.signature.empty()) {
    values.rows.emplace_back(w(Word::chain_signature), slanted(w(Word::chain_unsigned)));
  } else {
    values.rows.emplace_back(w(Word::chain_signature), code(e.chain.algorithm + " " + e.chain.signature));
    values.rows.emplace_back(w(Word::chain_key), code(e.chain.key));
    if (e.chain.signed_at) values.rows.emplace_back(w(Word::date), plain(time_text(w, e.chain.signed_at)));
  }
  section.blocks.push_back(std::move(values));
  return section;
}

}  // namespace

Section evidence_section(const Source& source) {
  const auto& w = source.words;
  auto section = named(source, "evidence", Word::evidence);
  if (!source.evidence) {
    section.blocks.push_back(paragraph(w(Word::no_evidence), ParagraphKind::note));
    return section;
  }
  const auto& e = *source.evidence;
  section.blocks.push_back(
      paragraph(w(Word::evidence_period, e.from ? time_text(w, *e.from) : w(Word::evidence_from_start),
                  time_text(w, e.to ? *e.to : e.made_at), time_text(w, e.made_at))));
  section.children.push_back(versions(source, e));
  if (!e.elements.empty()) section.children.push_back(steps_run(source, e));
  if (!e.roles.empty()) section.children.push_back(roles_run(source, e));
  section.children.push_back(conformance(source, e));
  section.children.push_back(complaints(source, e));
  section.children.push_back(escalations(source, e));
  section.children.push_back(corrections(source, e));
  if (!e.sample.empty()) section.children.push_back(sample(source, e));
  section.children.push_back(chain(source, e));
  return section;
}

}  // namespace echoflow::documentation
