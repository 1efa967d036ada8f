#include "adapters/cx/kpis/journal.hpp"

#include <charconv>

namespace echoflow::cx_kpis {

namespace {
const std::string kind = "kpis", name = "stream";
}

Result<std::vector<kpis::SavedPart>, engine::StoreError> OwnJournal::open() {
  const auto document = store_.cx().document(kind, name);
  if (!document) return fail(document.error());
  if (*document) {
    const std::string& body = (*document)->body;
    std::from_chars(body.data(), body.data() + body.size(), stream_);
    if (auto found = find_end(); !found) return fail(found.error());
  }
  auto rows = store_.cx().kpis();
  if (!rows) return fail(rows.error());
  std::vector<kpis::SavedPart> parts;
  for (auto& row : *rows) {
    kpis::SavedPart part;
    part.kpi = std::move(row.kpi);
    part.group = std::move(row.group);
    part.crossings = row.crossings;
    part.body = std::move(row.body);
    parts.push_back(std::move(part));
  }
  return parts;
}

Result<void, engine::StoreError> OwnJournal::find_end() {
  constexpr std::uint32_t page = 1'000;
  while (true) {
    const auto rows = store_.journal(stream_, seq_, page);
    if (!rows) return fail(rows.error());
    if (!rows->empty()) seq_ = rows->back().seq;
    if (rows->size() < page) return {};
  }
}

void OwnJournal::add(std::vector<kpis::SavedPart> parts) {
  for (auto& part : parts) waiting_[{part.kpi, part.group}] = std::move(part);
}

Result<void, engine::StoreError> OwnJournal::commit(std::string events, TimePoint at, std::int64_t position) {
  if (stream_ == 0) {
    const auto id = store_.reserve_ids(1);
    if (!id) return fail(id.error());
    stream_ = *id;
    if (auto written = write(events, at, position); written)
      return written;
    else {
      stream_ = 0;
      return written;
    }
  }
  return write(events, at, position);
}

Result<void, engine::StoreError> OwnJournal::write(const std::string& events, TimePoint at, std::int64_t position) {
  std::vector<engine::Turn> turns(1);
  auto& turn = turns.front();
  turn.stream = true;
  turn.instance.id = stream_;
  turn.journal.instance = stream_;
  turn.journal.seq = seq_ + 1;
  turn.journal.at = at;
  turn.journal.events = events;
  for (const auto& [key, part] : waiting_) {
    engine::KpiRow row;
    row.kpi = part.kpi;
    row.group = part.group;
    row.level = to_string(part.level);
    row.crossings = part.crossings;
    row.position = position;
    row.body = part.body;
    turn.records.push_back(std::move(row));
  }
  if (seq_ == 0) turn.records.push_back(engine::DocumentRow{kind, name, std::to_string(stream_), false});
  auto written = store_.commit(turns);
  if (!written) {
    // An answer may have been lost: what was written meanwhile counts.
    if (written.error().kind == engine::StoreErrorKind::conflict) static_cast<void>(find_end());
    return written;
  }
  ++seq_;
  waiting_.clear();
  return written;
}

}  // namespace echoflow::cx_kpis
