#include "engine/projections/journal_export.hpp"

#include <fmt/core.h>

#include "engine/ports/journal_link.hpp"

namespace echoflow::engine {
namespace {

constexpr std::uint32_t page_rows = 200;

class Exporter {
 public:
  Exporter(Store& store, const ExportOptions& options, const records::EvidenceWriter::Sink& sink)
      : store_(store), options_(options), writer_(sink, {options.instance, options.exported_at.micros}) {}

  Result<void> run() {
    auto head = store_.chain_head();
    if (!head) return fail(std::move(head.error().message));
    head_ = {head->position, head->hash};
    if (auto done = writer_.start(); !done) return done;
    if (auto done = options_.instance == 0 ? write_all() : write_instance(); !done) return done;
    return writer_.finish(last_seq_, head_);
  }

 private:
  Result<void> write_all() {
    Digest previous{};
    for (std::int64_t position = 0; position < head_.position;) {
      auto rows = store_.journal_rows(position, page_rows);
      if (!rows) return fail(std::move(rows.error().message));
      if (rows->empty()) return {};  // the end was cut off: verifying tells
      for (JournalRow& row : *rows) {
        if (row.position > head_.position) return {};
        position = row.position;
        const Digest hash = row.hash;
        if (auto done = add(row, previous); !done) return done;
        previous = hash;
      }
    }
    return {};
  }

  Result<void> write_instance() {
    while (true) {
      auto rows = store_.journal(options_.instance, last_seq_, page_rows);
      if (!rows) return fail(std::move(rows.error().message));
      if (rows->empty() && last_seq_ == 0)
        return fail(fmt::format("there is no instance {} in the journal", options_.instance));
      for (JournalRow& row : *rows) {
        if (row.position > head_.position) return {};
        auto previous = hash_before(row.position);
        if (!previous) return fail(std::move(previous.error()));
        last_seq_ = row.seq;
        if (auto done = add(row, *previous); !done) return done;
      }
      if (rows->size() < page_rows) return {};
    }
  }

  Result<Digest> hash_before(std::int64_t position) {
    if (position <= 1) return Digest{};
    auto rows = store_.journal_rows(position - 2, 1);
    if (!rows) return fail(std::move(rows.error().message));
    if (rows->empty()) return Digest{};
    return rows->front().hash;
  }

  Result<void> add(JournalRow& row, const Digest& previous) {
    records::EvidenceRow evidence{chain_link(row), previous, row.hash, row.erased, {}, {}};
    if (options_.with_events) evidence.events = std::move(row.events);
    if (options_.with_payloads) evidence.payload = std::move(row.payload);
    return writer_.add(evidence);
  }

  Store& store_;
  const ExportOptions& options_;
  records::EvidenceWriter writer_;
  records::ChainEnd head_;
  std::uint64_t last_seq_ = 0;
};

}  // namespace

Result<void> export_journal(Store& store, const ExportOptions& options, const records::EvidenceWriter::Sink& sink) {
  return Exporter(store, options, sink).run();
}

}  // namespace echoflow::engine
