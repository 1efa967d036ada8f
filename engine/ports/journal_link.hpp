#pragma once
#include "engine/ports/store.hpp"
#include "models/records/journal_chain.hpp"

namespace echoflow::engine {

/// What of a row the chain covers.
records::ChainLink chain_link(const JournalRow& row);
/// Computes the digests of the contents where they are all zero.
void fill_digests(JournalRow& row);
/// Puts a row behind `end`: sets its digests, position and hash, and moves `end` on to it.
void append(records::ChainEnd& end, JournalRow& row);

/// Verifies a store's chain page by page, beside its writer. See Store::check_chain.
Result<ChainCheck, StoreError> check_journal_chain(Store& store, std::int64_t from_position);

}  // namespace echoflow::engine
