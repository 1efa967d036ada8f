#pragma once
#include <functional>
#include <span>

#include "adapters/store_soci/connection.hpp"
#include "adapters/store_soci/spans.hpp"
#include "engine/ports/store.hpp"
#include "models/records/journal_chain.hpp"

/// Writing a group of turns, whose journal rows have their positions, digests and hashes and whose incidents have ids.
namespace echoflow::store {

/// A group and the chain around it.
struct Group {
  std::span<engine::Turn* const> turns;
  records::ChainEnd before, after;
  std::vector<Span> spans;  ///< that get wider
};

/// SQLite: row by row within the open transaction.
void write_rows(Connection& connection, const Group& group);
/// PostgreSQL: one statement for all rows, which is its own transaction; where turns have records, these follow it in
/// the same one. `before_commit` is called before anything can become durable.
void write_to_postgres(Connection& connection, const Group& group, const std::function<void()>& before_commit);

bool has_ended(const engine::InstanceRow& row);
/// The first 8 bytes of the SHA-256 of the four, each with its length before it.
std::int64_t slot_of(std::string_view process_key, std::string_view partner_link, std::string_view operation,
                     std::string_view key);

}  // namespace echoflow::store
