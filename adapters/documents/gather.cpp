#include "adapters/documents/gather.hpp"

#include <algorithm>

#include "adapters/documents/evidence_json.hpp"
#include "adapters/documents/fold.hpp"
#include "adapters/documents/sample.hpp"
#include "engine/cx/kpis/kpis.hpp"
#include "engine/ports/journal_link.hpp"

namespace echoflow::documents {

namespace {

constexpr std::uint32_t page_rows = 1'000;

documentation::KpiActual actual_of(const kpis::Kpi& kpi, const std::string& name, const kpis::Group& group,
                                   TimePoint now) {
  const auto& definition = kpi.definition();
  documentation::KpiActual actual;
  actual.name = definition.name;
  actual.title = definition.title;
  actual.group = name;
  actual.unit = kpi.unit();
  actual.value = kpi.value(group, now);
  actual.target = definition.target;
  actual.warning = definition.warning;
  actual.critical = definition.critical;
  actual.lower_is_better = definition.direction == cx::KpiDirection::lower_is_better;
  actual.samples = static_cast<std::int64_t>(group.window.figures().count);
  actual.as_of = now;
  if (actual.value && (definition.warning || definition.critical)) actual.level = to_string(group.level);
  return actual;
}

void add_figures(Tally& tally, documentation::Evidence& evidence) {
  for (auto& [id, version] : tally.versions) {
    version.runs.duration = version.duration.figures();
    evidence.versions.push_back(version.runs);
  }
  for (auto& [id, element] : tally.elements) {
    element.runs.duration = element.duration.figures();
    evidence.elements.push_back(std::move(element.runs));
  }
  for (const auto& [key, count] : tally.roles) evidence.roles.push_back({key.second, key.first, count});
  evidence.conformance.checked = tally.checked;
  evidence.conformance.conforming = tally.conforming;
  for (const auto& [key, count] : tally.deviations)
    evidence.conformance.deviations.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
  for (auto& [key, escalation] : tally.escalations) evidence.escalations.push_back(std::move(escalation));
  for (auto& [key, incident] : tally.incidents) evidence.incidents.push_back(std::move(incident));
  auto& corrections = tally.corrections;
  const auto kept = std::min(corrections.size(), most_corrections);
  evidence.corrections.assign(corrections.end() - static_cast<std::ptrdiff_t>(kept), corrections.end());
  evidence.complaints = std::move(tally.complaints);
  evidence.complaints.first_response = tally.first_response.figures();
  evidence.complaints.resolution = tally.resolution.figures();
  evidence.sampled_from = tally.ended;
}

template <class Write>
void add_to_file(EvidenceFileWriter& file, std::string_view name, Write&& write,
                 const documentation::Evidence& evidence) {
  json::Writer writer;
  write(writer, evidence);
  file.add_figures(name, writer.text());
}

class Gatherer {
 public:
  Gatherer(engine::Store& store, const ProgramOf& program_of, const Signer& signer, const GatherOptions& options)
      : store_(store),
        signer_(signer),
        options_(options),
        pseudonyms_(signer.derive("pseudonyms")),
        fold_(store, program_of, pseudonyms_, options),
        chain_([this](const Block& block) { blocks_.push_back(block); }) {}

  Result<documentation::Evidence> run() {
    if (auto started = fold_.start(); !started) return fail(started.error());
    if (auto read = read_journal(); !read) return fail(read.error());
    fold_.finish();
    evidence_.made_at = options_.now;
    evidence_.from = options_.from ? options_.from : fold_.tally().first;
    evidence_.to = options_.to ? options_.to : fold_.tally().last;
    add_figures(fold_.tally(), evidence_);
    evidence_.kpis = options_.kpis;
    if (auto written = write_file(); !written) return fail(written.error());
    return std::move(evidence_);
  }

 private:
  Result<void> read_journal() {
    const auto head = store_.chain_head();
    if (!head) return fail(head.error().message);
    while (chain_.end().position < head->position) {
      const auto rows = store_.journal_rows(chain_.end().position, page_rows);
      if (!rows) return fail(rows.error().message);
      if (rows->empty()) return broken("its last rows are missing");
      for (const auto& row : *rows) {
        if (row.position > head->position) break;
        if (auto wrong = chain_.add(engine::chain_link(row), row.hash)) return broken(*wrong);
        if (auto added = fold_.add(row); !added) return added;
      }
      if (options_.progress) options_.progress(chain_.end().position, head->position);
    }
    if (chain_.end().hash != head->hash) return broken("its last row is not the recorded one");
    chain_.finish();
    return {};
  }

  static Failure<Error> broken(const std::string& what) {
    return fail("The journal is not whole, so nothing is proven by it: " + what + ". Run echoflow verify on it.");
  }

  Result<void> write_file() {
    EvidenceHead head{options_.process_key, documented_version(), source_of_documented(),
                      format_time_point(options_.now)};
    EvidenceFileWriter file(signer_, head);
    add_to_file(file, "versions", write_versions, evidence_);
    add_to_file(file, "elements", write_elements, evidence_);
    add_to_file(file, "roles", write_roles, evidence_);
    add_to_file(file, "conformance", write_conformance, evidence_);
    add_to_file(file, "kpis", write_kpis, evidence_);
    add_to_file(file, "complaints", write_complaints, evidence_);
    add_to_file(file, "escalations", write_escalations, evidence_);
    add_to_file(file, "incidents", write_incidents, evidence_);
    add_to_file(file, "corrections", write_corrections, evidence_);
    for (const auto& block : blocks_) file.add_block(block);
    for (const auto& [pseudonym, picked] : fold_.picked()) {
      auto one = show_case(store_, pseudonym, picked, pseudonyms_);
      if (!one) return fail(one.error());
      if (auto added = add_case(file, store_, *one, chain_.end().position); !added) return added;
      evidence_.sample.push_back(std::move(one->shown));
    }
    attach(file.finish(chain_.end()), file.signature());
    return {};
  }

  const documentation::VersionRuns* documented() const {
    for (const auto& version : evidence_.versions)
      if (version.documented) return &version;
    return nullptr;
  }
  std::string documented_version() const { return documented() ? documented()->version : std::string(); }
  std::string source_of_documented() const { return documented() ? documented()->source_sha256 : std::string(); }

  void attach(std::string bytes, const std::string& signature) {
    auto& chain = evidence_.chain;
    chain.records = chain.position = chain_.end().position;
    chain.hash = to_hex(chain_.end().hash);
    chain.algorithm = "Ed25519";
    chain.key = signer_.fingerprint();
    chain.signature = signature;
    chain.signed_at = options_.now;
    documentation::Attachment file;
    file.name = "evidence.jsonl";
    file.mime = "application/x-ndjson";
    file.relationship = "Data";
    file.description = "Evidence of runs; check it with: echoflow verify";
    file.bytes = std::move(bytes);
    evidence_.files.push_back(std::move(file));
  }

  engine::Store& store_;
  const Signer& signer_;
  const GatherOptions& options_;
  const Pseudonyms pseudonyms_;
  Fold fold_;
  std::vector<Block> blocks_;
  ChainBlocks chain_;
  documentation::Evidence evidence_;
};

}  // namespace

std::vector<documentation::KpiActual> kpi_actuals(const kpis::Kpis& kpis, const std::string& process_key,
                                                  TimePoint now) {
  std::vector<documentation::KpiActual> actuals;
  now = std::max(kpis.now(), now);
  for (const auto& [id, kpi] : kpis.all()) {
    if (kpi->declaration().process != process_key) continue;
    for (const auto& [name, group] : kpi->groups()) actuals.push_back(actual_of(*kpi, name, group, now));
    if (kpi->groups().empty()) actuals.push_back(actual_of(*kpi, "", echoflow::kpis::Group(), now));
  }
  return actuals;
}

Result<documentation::Evidence> gather(engine::Store& store, const ProgramOf& program_of, const Signer& signer,
                                       const GatherOptions& options) {
  return Gatherer(store, program_of, signer, options).run();
}

}  // namespace echoflow::documents
