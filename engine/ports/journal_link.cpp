#include "engine/ports/journal_link.hpp"

#include <fmt/core.h>

namespace echoflow::engine {
namespace {

constexpr std::uint32_t page_rows = 500;

/// What is wrong with a row's contents; erased contents are gone by intent, their digests speak for them.
std::optional<std::string> check_contents(const JournalRow& row) {
  const auto fits = [&](const std::string& contents, const Digest& digest) {
    return (contents.empty() && row.erased) || sha256(contents) == digest;
  };
  if (!fits(row.events, row.events_digest)) return "its events do not have the digest that the chain covers";
  if (!fits(row.payload, row.payload_digest)) return "its payload does not have the digest that the chain covers";
  return std::nullopt;
}

class Checker {
 public:
  explicit Checker(Store& store) : store_(store) {}

  Result<ChainCheck, StoreError> run(std::int64_t from) {
    auto head = store_.chain_head();
    if (!head) return fail(std::move(head.error()));
    if (auto start = start_before(from); !start) return fail(std::move(start.error()));
    while (!check_.broken_at) {
      auto rows = store_.journal_rows(end_.position, page_rows);
      if (!rows) return fail(std::move(rows.error()));
      for (const JournalRow& row : *rows) {
        if (!accept(row)) break;
      }
      if (check_.broken_at || rows->size() == page_rows) continue;
      head = store_.chain_head();
      if (!head) return fail(std::move(head.error()));
      if (at_end(*head)) break;
    }
    check_.head = end_.hash;
    return std::move(check_);
  }

 private:
  Result<void, StoreError> start_before(std::int64_t from) {
    if (from <= 1) return {};
    auto rows = store_.journal_rows(from - 2, 1);
    if (!rows) return fail(std::move(rows.error()));
    if (rows->empty() || rows->front().position != from - 1) {
      broken(from - 1, "the row before the one to start with is missing");
    } else {
      end_ = {from - 1, rows->front().hash};
    }
    return {};
  }

  bool accept(const JournalRow& row) {
    const std::int64_t expected = end_.position + 1;
    if (auto wrong = check_contents(row)) {
      broken(row.position,
             fmt::format("position {} (instance {}, row {}): {}", row.position, row.instance, row.seq, *wrong));
      return false;
    }
    if (auto wrong = records::follow(end_, chain_link(row), row.hash)) {
      broken(expected, std::move(*wrong));
      return false;
    }
    ++check_.rows;
    return true;
  }

  /// True when the check is over. A writer may have gone on meanwhile: then there is more to read.
  bool at_end(const ChainHead& head) {
    if (head.position > end_.position) {
      if (head.position == last_head_) {
        broken(end_.position + 1,
               fmt::format("the journal ends at position {}, but {} rows were written: its end was cut off",
                           end_.position, head.position));
      }
      last_head_ = head.position;
      return false;
    }
    if (head.position < end_.position) {
      broken(head.position + 1,
             fmt::format("rows stand behind position {}, where the journal was recorded to end", head.position));
    } else if (head.hash != end_.hash) {
      broken(end_.position,
             fmt::format("the recorded end of the journal names another hash for position {}", end_.position));
    }
    return true;
  }

  void broken(std::int64_t position, std::string detail) {
    check_.broken_at = position;
    check_.detail = std::move(detail);
  }

  Store& store_;
  records::ChainEnd end_;
  std::int64_t last_head_ = -1;
  ChainCheck check_;
};

}  // namespace

records::ChainLink chain_link(const JournalRow& row) {
  return {row.position, row.instance, row.seq, row.at.micros, row.events_digest, row.payload_digest};
}

void fill_digests(JournalRow& row) {
  if (row.events_digest == Digest{}) row.events_digest = sha256(row.events);
  if (row.payload_digest == Digest{}) row.payload_digest = sha256(row.payload);
}

void append(records::ChainEnd& end, JournalRow& row) {
  fill_digests(row);
  row.position = end.position + 1;
  row.hash = records::link_hash(end.hash, chain_link(row));
  end = {row.position, row.hash};
}

Result<ChainCheck, StoreError> check_journal_chain(Store& store, std::int64_t from_position) {
  return Checker(store).run(from_position);
}

}  // namespace echoflow::engine
