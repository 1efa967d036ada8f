#include "models/documentation/format.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

namespace {

/// What document control says of who signed and of what it means (docs/document-control.md).
constexpr std::pair<std::string_view, Word> signing_words[] = {
    {"author", Word::as_author},     {"reviewer", Word::as_reviewer},
    {"approver", Word::as_approver}, {"authorship", Word::means_authorship},
    {"review", Word::means_review},  {"approval for release", Word::means_approval}};

std::string signing_word(const Words& words, const std::string& said) {
  for (const auto& [text, word] : signing_words)
    if (text == said) return words(word);
  return said;
}

/// "authorship; SHA-256 …" in the document's language.
std::string mark_text(const Words& words, const std::string& mark) {
  const auto end = std::min(mark.find(';'), mark.size());
  return signing_word(words, mark.substr(0, end)) + mark.substr(end);
}

std::string signed_text(const Words& words, const Signature& signature) {
  std::string who = signature.name;
  if (!signature.role.empty()) who += (who.empty() ? "" : ", ") + signing_word(words, signature.role);
  if (who.empty()) return words(Word::not_stated);
  return signature.at.empty() ? who : words(Word::signed_by, who, date_text(words, signature.at));
}

Text or_not_stated(const Words& words, std::string text) {
  return text.empty() ? slanted(words(Word::not_stated)) : plain(std::move(text));
}

Cell signature_cell(const Words& words, const Signature& signature) {
  Cell lines = cell(signed_text(words, signature));
  if (!signature.mark.empty())
    lines.push_back(code(mark_text(words, signature.mark)));
  else if (!signature.name.empty() && signature.at.empty())
    lines.push_back(slanted(words(Word::not_signed)));
  return lines;
}

Listing listing(const std::vector<std::string>& items) {
  Listing list;
  for (const auto& item : items) list.items.push_back(plain(item));
  return list;
}

void add_list(Section& section, std::string lead, const std::vector<std::string>& items) {
  if (items.empty()) return;
  section.blocks.push_back(paragraph(std::move(lead)));
  section.blocks.push_back(listing(items));
}

}  // namespace

Table front_table(const Source& source) {
  const auto& w = source.words;
  const auto& c = source.control;
  Table table;
  table.anchor = "head-table";
  table.columns = columns({1, 2});
  table.header_rows = 0;
  table.row_headers = true;
  auto row = [&](Word name, Cell value) { table.rows.push_back({cell(strong(w(name))), std::move(value)}); };
  if (!c.organisation.empty()) row(Word::organisation, cell(c.organisation));
  row(Word::number, cell(or_not_stated(w, c.number)));
  row(Word::version, cell(or_not_stated(w, c.version)));
  row(Word::owner, cell(or_not_stated(w, c.owner)));
  row(Word::author, signature_cell(w, c.author));
  row(Word::reviewer, signature_cell(w, c.reviewer));
  row(Word::approver, signature_cell(w, c.approver));
  row(Word::effective_from, cell(or_not_stated(w, date_text(w, c.effective_from))));
  row(Word::next_review, cell(or_not_stated(w, date_text(w, c.next_review))));
  return table;
}

Section front_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "revisions";
  section.title = w(Word::revisions);
  Table table;
  table.anchor = "revision-table";
  table.columns = columns({1, 1.6, 2, 5});
  table.rows.push_back(header({w(Word::version), w(Word::date), w(Word::author), w(Word::change)}));
  for (const auto& revision : source.control.revisions)
    table.rows.push_back(
        {cell(revision.version), cell(date_text(w, revision.at)), cell(revision.author), cell(revision.change)});
  if (table.rows.size() > 1)
    section.blocks.push_back(std::move(table));
  else
    section.blocks.push_back(Paragraph{slanted(w(Word::not_stated))});
  return section;
}

Section purpose_section(const Source& source) {
  Section section;
  section.anchor = "purpose";
  section.title = source.words(Word::purpose);
  const std::string language(source.words.language());
  std::string text = source.control.purpose;
  if (text.empty())
    for (const auto& process : source.steps.processes())
      if (text.empty()) text = tidied(source.graph.containers[process.container].documentation.in(language));
  if (text.empty()) text = source.words(Word::purpose_made, source.title);
  section.blocks.push_back(paragraph(text));
  return section;
}

Section scope_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "scope";
  section.title = w(Word::scope);
  if (!source.control.scope.empty()) section.blocks.push_back(paragraph(source.control.scope));
  add_list(section, w(Word::scope_begins), start_names(source));
  add_list(section, w(Word::scope_ends), end_names(source));
  std::vector<std::string> parties = role_names(source);
  for (const auto& participant : source.graph.participants)
    if (!participant.name.empty()) parties.emplace_back(participant.name.in(w.language()));
  add_list(section, w(Word::scope_taking_part), parties);
  section.blocks.push_back(paragraph(w(Word::scope_holds)));
  return section;
}

Section terms_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "terms";
  section.title = w(Word::terms);
  Table table;
  table.anchor = "term-table";
  table.columns = columns({1, 3});
  table.row_headers = true;
  table.rows.push_back(header({w(Word::term), w(Word::meaning)}));
  for (const auto& term : source.control.terms) table.rows.push_back({cell(strong(term.name)), cell(term.meaning)});
  const std::pair<std::string, Word> fixed[] = {
      {w(Word::record), Word::term_record}, {w(Word::escalation), Word::term_escalation},
      {w(Word::kpi), Word::term_kpi},       {"RACI", Word::term_raci},
      {"SIPOC", Word::term_sipoc},          {w(Word::turtle_name), Word::term_turtle}};
  for (const auto& [name, meaning] : fixed) table.rows.push_back({cell(strong(name)), cell(w(meaning))});
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace echoflow::documentation
