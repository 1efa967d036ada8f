#include "models/base/sha256.hpp"
#include "models/documentation/clauses.hpp"
#include "models/documentation/format.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

namespace {

const Section* find(const std::vector<Section>& sections, std::string_view anchor) {
  for (const auto& section : sections) {
    if (section.anchor == anchor) return &section;
    if (const auto* below = find(section.children, anchor)) return below;
  }
  return nullptr;
}

std::string_view notation_name(graph::Notation notation) {
  switch (notation) {
    case graph::Notation::bpel:
      return "WS-BPEL 2.0";
    case graph::Notation::bpmn:
      return "BPMN 2.0";
    case graph::Notation::aml:
      return "ARIS AML (EPC)";
    case graph::Notation::epml:
      return "EPML (EPC)";
  }
  return "";
}

}  // namespace

Section clause_section(const Source& source, const std::vector<Section>& others) {
  const auto& w = source.words;
  Section section;
  section.anchor = "clauses";
  section.title = w(Word::clauses);
  Table table;
  table.anchor = "clause-table";
  table.caption = w(Word::clauses_caption);
  table.columns = columns({1.6, 1.05, 3.5, 2.2});
  table.rows.push_back(header({w(Word::standard), w(Word::clause), w(Word::requirement), w(Word::answered_in)}));
  for (const auto& clause : clauses()) {
    if (clause.standard == "ISO 9001" && clause.edition != source.options.iso_9001) continue;
    const std::string requirement(w.language() == "de" ? clause.german : clause.english);
    Cell answer = cell(slanted(w(Word::not_answered)));
    if (clause.section == "head")
      answer = cell(link(w(Word::kind), "head"));
    else if (const auto* found = find(others, clause.section))
      answer = cell(link(found->number + " " + found->title, found->anchor));
    table.rows.push_back({cell(std::string(clause.standard) + ":" + std::string(clause.edition)),
                          cell(std::string(clause.number)), cell(requirement), std::move(answer)});
  }
  section.blocks.push_back(std::move(table));
  section.blocks.push_back(paragraph(w(Word::clauses_note), ParagraphKind::note));
  if (source.options.iso_9001 == "2026")
    section.blocks.push_back(paragraph(w(Word::clauses_draft), ParagraphKind::note));
  return section;
}

Section source_annex(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "source";
  section.title = w(Word::annex_source);
  KeyValues values;
  if (!source.options.source_name.empty())
    values.rows.emplace_back(w(Word::source_file), plain(source.options.source_name));
  values.rows.emplace_back(w(Word::source_notation), plain(std::string(notation_name(source.graph.notation))));
  if (!source.graph.exporter.empty()) values.rows.emplace_back(w(Word::source_exporter), plain(source.graph.exporter));
  values.rows.emplace_back(
      w(Word::source_size),
      plain(w(Word::source_counts, number_text(w, static_cast<std::int64_t>(source.graph.node_count())),
              number_text(w, static_cast<std::int64_t>(source.graph.flow_count())))));
  if (!source.options.source.empty())
    values.rows.emplace_back(w(Word::source_hash), code(sha256_hex(source.options.source)));
  values.rows.emplace_back(w(Word::document_made), plain(time_text(w, source.options.made_at)));
  section.blocks.push_back(std::move(values));
  return section;
}

Section file_annex(const Source& source, const std::vector<Attachment>& files) {
  const auto& w = source.words;
  Section section;
  section.anchor = "files";
  section.title = w(Word::annex_files);
  Table table;
  table.anchor = "file-table";
  table.caption = w(Word::files_caption);
  table.columns = columns({2, 1.5, 3});
  table.rows.push_back(header({w(Word::file_name), w(Word::file_kind), w(Word::file_about)}));
  for (const auto& file : files) table.rows.push_back({cell(file.name), cell(code(file.mime)), cell(file.description)});
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace echoflow::documentation
