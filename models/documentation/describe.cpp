#include "models/documentation/describe.hpp"

#include "models/base/sha256.hpp"
#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

namespace {

Word status_word(Status status) {
  switch (status) {
    case Status::inactive:
      return Word::status_inactive;
    case Status::in_work:
      return Word::status_in_work;
    case Status::in_review:
      return Word::status_in_review;
    case Status::in_release:
      return Word::status_in_release;
    case Status::released:
      return Word::status_released;
    case Status::withdrawn:
      return Word::status_withdrawn;
  }
  return Word::status_inactive;
}

/// Released without an approver's dated name is not released: such a document must not pass as one.
Control sound_control(const Control* control) {
  Control c = control ? *control : Control{};
  if (c.status == Status::released && (c.approver.name.empty() || c.approver.at.empty())) c.status = Status::in_release;
  return c;
}

std::string title_of(const graph::ProcessGraph& graph, const DocumentOptions& options, const StepReader& steps) {
  if (steps.processes().size() == 1) return steps.processes().front().name;
  const std::string name(graph.name.in(options.language));
  if (!name.empty()) return name;
  std::string all;
  for (const auto& process : steps.processes()) all += (all.empty() ? "" : ", ") + process.name;
  return all.empty() ? options.source_name : all;
}

/// Chapters are 1, 2 …, what is below 1.1 …; annexes A, B ….
void number_sections(std::vector<Section>& sections, const std::string& prefix) {
  std::size_t count = 0;
  for (auto& section : sections) {
    section.number = prefix + std::to_string(++count);
    number_sections(section.children, section.number + ".");
  }
}

std::vector<Attachment> attachments(const Source& source) {
  std::vector<Attachment> files;
  if (!source.options.source.empty()) {
    Attachment model;
    model.name = source.options.source_name.empty() ? "model.xml" : source.options.source_name;
    model.name = model.name.substr(model.name.find_last_of('/') + 1);
    model.mime = source.options.source_mime;
    model.relationship = "Source";
    model.description = source.words(Word::about_source);
    model.bytes = source.options.source;
    files.push_back(std::move(model));
  }
  if (source.evidence)
    for (const auto& file : source.evidence->files) {
      files.push_back(file);
      files.back().description = source.words(Word::about_evidence);
    }
  return files;
}

std::vector<Section> chapters(const Source& source) {
  std::vector<Section> all;
  for (auto* make :
       {purpose_section, scope_section, terms_section, overview_section, diagram_section, steps_section, raci_section,
        customer_section, kpi_section, risk_section, record_section, evidence_section, difference_section})
    all.push_back(make(source));
  number_sections(all, "");
  Section clauses = clause_section(source, all);
  clauses.number = std::to_string(all.size() + 1);
  all.push_back(std::move(clauses));
  return all;
}

void set_marks(Document& document, const Words& words) {
  document.status_text = words(status_word(document.head.status));
  if (document.head.status == Status::released) return;
  const bool withdrawn = document.head.status == Status::withdrawn;
  document.watermark = words(withdrawn ? Word::mark_withdrawn : Word::mark_not_released);
  document.warning = words(withdrawn ? Word::warn_withdrawn : Word::warn_not_released);
}

}  // namespace

Document describe(const graph::ProcessGraph& graph, const DocumentOptions& options, const Evidence* evidence,
                  const Control* control) {
  const Words words(options.language);
  const Control head = sound_control(control);
  const StepReader steps(graph, words, options.process);
  Source source{graph, options, evidence, head, words, steps, ""};
  source.title = title_of(graph, options, steps);

  Document document;
  document.language = words.language();
  document.kind = words(Word::kind);
  document.title = source.title;
  document.head = head;
  set_marks(document, words);
  document.front = front_table(source);
  document.revisions = front_section(source);
  document.sections = chapters(source);
  document.attachments = attachments(source);
  document.annexes.push_back(source_annex(source));
  if (!document.attachments.empty()) document.annexes.push_back(file_annex(source, document.attachments));
  for (std::size_t i = 0; i < document.annexes.size(); ++i)
    document.annexes[i].number = std::string(1, static_cast<char>('A' + i));
  document.made_at = format_time_point(options.made_at);
  document.producer = options.producer;
  std::string identity = options.source;
  for (const auto& part : {head.number, head.version, document.language, document.made_at, document.status_text,
                           options.process, document.title}) {
    identity += '\n';
    identity += part;
  }
  document.identifier = sha256_hex(identity);
  std::get<KeyValues>(document.annexes.front().blocks.front())
      .rows.emplace_back(words(Word::document_id), code(document.identifier));
  return document;
}

}  // namespace echoflow::documentation
