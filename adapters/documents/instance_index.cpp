#include "adapters/documents/instance_index.hpp"

namespace echoflow::documents {

namespace {
constexpr std::uint32_t ids_at_once = 1'000;
}

Result<std::int64_t> InstanceIndex::process_of(InstanceId id) {
  if (id < lowest_ || id > highest_) {
    engine::InstanceFilter filter;
    filter.before = id + ids_at_once;
    filter.limit = ids_at_once;
    const auto rows = store_.instances(filter);
    if (!rows) return fail(rows.error().message);
    known_.clear();
    for (const auto& row : *rows)
      if (row.id >= id) known_[row.id] = row.process;
    lowest_ = id;
    highest_ = id + ids_at_once - 1;
  }
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  // It may have been started since its neighbours were read.
  const auto row = store_.instance(id);
  if (!row) return fail(row.error().message);
  const std::int64_t process = *row ? (*row)->process : 0;
  known_[id] = process;
  return process;
}

}  // namespace echoflow::documents
