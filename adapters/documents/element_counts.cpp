#include "adapters/documents/element_counts.hpp"

#include "adapters/documents/fold.hpp"

namespace echoflow::documents {

namespace {

constexpr std::uint32_t rows_at_once = 1'000;

Result<void> read_journal(engine::Store& store, Fold& fold) {
  const auto head = store.chain_head();
  if (!head) return fail(head.error().message);
  for (std::int64_t position = 0; position < head->position;) {
    const auto rows = store.journal_rows(position, rows_at_once);
    if (!rows) return fail(rows.error().message);
    if (rows->empty()) break;
    for (const auto& row : *rows) {
      if (row.position > head->position) break;
      if (auto added = fold.add(row); !added) return added;
    }
    position = rows->back().position;
  }
  return {};
}

}  // namespace

Result<std::map<std::string, ElementCount>> count_elements(engine::Store& store, const ProgramOf& program_of,
                                                           const CountOptions& options) {
  GatherOptions gather;
  gather.process_key = options.process_key;
  gather.documented = options.process;
  gather.only_documented = true;
  gather.description = options.description;
  gather.replay = false;
  gather.from = options.from;
  gather.to = options.to;
  gather.sample = 0;
  const Pseudonyms nobody("");
  Fold fold(store, program_of, nobody, gather);
  if (auto started = fold.start(); !started) return fail(started.error());
  if (auto read = read_journal(store, fold); !read) return fail(read.error());
  fold.finish();
  std::map<std::string, ElementCount> counts;
  for (const auto& [id, element] : fold.tally().elements)
    counts[id] = {element.runs.started, element.running, element.runs.faulted + element.failed};
  return counts;
}

}  // namespace echoflow::documents
