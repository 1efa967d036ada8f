#include "adapters/documents/sample.hpp"

#include "adapters/documents/evidence_json.hpp"
#include "engine/core/status_name.hpp"
#include "engine/ports/cx_store.hpp"
#include "engine/ports/journal_link.hpp"
#include "models/records/bare.hpp"
#include "models/records/events.hpp"

namespace echoflow::documents {

namespace {

constexpr std::uint32_t sample_page_rows = 500;
constexpr std::size_t most_rows = 5'000;   // of one case
constexpr std::size_t most_steps = 1'000;  // that are shown of it

std::string_view state_of(records::Outcome outcome) {
  switch (outcome) {
    case records::Outcome::completed:
    case records::Outcome::kept:
    case records::Outcome::handled:
      return "completed";
    case records::Outcome::faulted:
      return "faulted";
    case records::Outcome::terminated:
      return "terminated";
    case records::Outcome::skipped:
      return "skipped";
    case records::Outcome::compensated:
      return "compensated";
  }
  return "";
}

/// Turns rows into steps: each thing that was done, when it ended.
class Steps {
 public:
  Steps(const PickedCase& picked, std::map<ActivityId, std::string> roles, std::vector<documentation::CaseStep>& steps)
      : picked_(picked), roles_(std::move(roles)), steps_(steps) {}

  void add(const engine::JournalRow& row) {
    records::for_each_bare_event<records::ActivityCreated, records::ActivityEnded>(
        row.events, [&]<class E>(const E& event) {
          if constexpr (std::is_same_v<E, records::ActivityCreated>)
            nodes_[event.id] = event.node;
          else
            end(event, row.at);
        });
  }

 private:
  void end(const records::ActivityEnded& event, TimePoint at) {
    const auto node = nodes_.find(event.id);
    if (node == nodes_.end() || node->second >= picked_.version->elements.size()) return;
    const auto& what = picked_.version->program->node(node->second);
    const bool told = picked_.version->elements[node->second] && !is_structure(what.kind);
    if (told && steps_.size() < most_steps)
      steps_.push_back({what.element_id, what.name, at, roles_[event.id], std::string(state_of(event.outcome))});
    nodes_.erase(node);
  }

  const PickedCase& picked_;
  std::map<ActivityId, std::string> roles_;
  std::map<ActivityId, program::NodeId> nodes_;
  std::vector<documentation::CaseStep>& steps_;
};

Result<std::map<ActivityId, std::string>> roles_of(engine::Store& store, InstanceId instance,
                                                   const Pseudonyms& pseudonyms) {
  engine::TaskFilter filter;
  filter.instance = instance;
  filter.limit = sample_page_rows;
  const auto tasks = store.cx().tasks(filter);
  if (!tasks) return fail(tasks.error().message);
  std::map<ActivityId, std::string> roles;
  for (const auto& task : *tasks)
    roles[task.activity] = !task.queue.empty() ? task.queue : pseudonyms.of("person", task.owner);
  return roles;
}

}  // namespace

Result<ShownCase> show_case(engine::Store& store, const std::string& pseudonym, const PickedCase& picked,
                            const Pseudonyms& pseudonyms) {
  ShownCase one;
  one.shown.pseudonym = pseudonym;
  one.shown.version = picked.version->tally->runs.version;
  one.shown.conforming = picked.conforming;
  const auto instance = store.instance(picked.instance);
  if (!instance) return fail(instance.error().message);
  if (!*instance) return one;  // it was removed meanwhile
  one.shown.started = (*instance)->started_at;
  one.shown.ended = (*instance)->ended_at;
  one.shown.state = to_string((*instance)->status);
  auto roles = roles_of(store, picked.instance, pseudonyms);
  if (!roles) return fail(roles.error());
  Steps steps(picked, std::move(*roles), one.shown.steps);
  while (one.rows.size() < most_rows) {
    auto rows = store.journal(picked.instance, one.rows.empty() ? 0 : one.rows.back().seq, sample_page_rows);
    if (!rows) return fail(rows.error().message);
    for (auto& row : *rows) {
      steps.add(row);
      row.events.clear();
      row.payload.clear();
      one.rows.push_back(std::move(row));
    }
    if (rows->size() < sample_page_rows) break;
  }
  return one;
}

Result<void> add_case(EvidenceFileWriter& file, engine::Store& store, const ShownCase& one, std::int64_t last) {
  json::Writer writer;
  write_case(writer, one.shown);
  std::int64_t count = 0;
  for (const auto& row : one.rows)
    if (row.position <= last) ++count;
  file.add_case(writer.text(), count);
  std::int64_t first = -1;  // of the block that `hashes` is of
  Sha256 before{};
  std::vector<Sha256> hashes;
  for (const auto& row : one.rows) {
    if (row.position > last) continue;
    const auto block_rows = static_cast<std::int64_t>(rows_in_block);
    if (const auto begin = (row.position - 1) / block_rows * block_rows + 1; begin != first) {
      first = begin;
      hashes.clear();
      before = {};
      const auto rows = store.journal_rows(std::max<std::int64_t>(first - 2, 0), rows_in_block + 1);
      if (!rows) return fail(rows.error().message);
      for (const auto& each : *rows) {
        if (each.position == first - 1) before = each.hash;
        if (each.position >= first && each.position < first + block_rows && each.position <= last)
          hashes.push_back(each.hash);
      }
    }
    const auto leaf = static_cast<std::size_t>(row.position - first);
    if (leaf >= hashes.size()) return fail("The journal lacks position " + std::to_string(row.position) + ".");
    file.add_row(engine::chain_link(row), leaf == 0 ? before : hashes[leaf - 1], row.hash, row.erased,
                 tree_path(hashes, leaf));
  }
  return {};
}

}  // namespace echoflow::documents
