#include "adapters/store_soci/soci_store.hpp"

#include <algorithm>

#include "adapters/store_soci/migrations.hpp"
#include "engine/ports/journal_link.hpp"

namespace echoflow::store {

using namespace engine;

namespace {

constexpr std::int64_t id_block = 10'000;

records::ChainEnd read_end(Connection& connection) {
  std::optional<records::ChainEnd> end;
  connection.query("SELECT position, hash FROM chain_head", "", "ib").select([&](Columns& row) {
    const auto position = row.integer();
    end = records::ChainEnd{position, row.digest()};
  });
  if (!end)
    refuse(StoreErrorKind::corrupt, "the journal's recorded end is missing from the database: restore a backup");
  return *end;
}

/// The rows of a commit that failed can be read from SQLite's log, though the disk never confirmed them: writes them to
/// the database file, with a new confirmation. PostgreSQL shows only what is durable.
void make_durable(Connection& connection) {
  if (connection.dialect() == Dialect::postgres) return;
  const auto state = connection.checkpoint();
  if (state.pages < 0 || state.copied < state.pages) {
    refuse(
        StoreErrorKind::busy,
        "the log of the database could not be copied after a failed commit: it is tried again with the next request");
  }
}

}  // namespace

SociStore::SociStore(Database database) : database_(std::move(database)), readers_(database_) {
  if (database_.dialect == Dialect::sqlite) {
    file_lock_.emplace(database_);
    checkpointer_ = std::make_unique<Checkpointer>(database_, writer_mutex_);
  }
  open_writer();
}

SociStore::~SociStore() {
  checkpointer_.reset();
  writer_.reset();
}

Connection& SociStore::writer() {
  if (!writer_) open_writer();
  return *writer_;
}

void SociStore::open_writer() {
  auto made = std::make_unique<Connection>(database_, Role::writer);
  if (database_.dialect == Dialect::postgres) lock_for_writing(*made, database_);
  if (!opened_) migrate(*made, database_.name);
  const records::ChainEnd end = read_end(*made);
  if (opened_ && end != end_) {
    if (!unanswered_ || end != unanswered_->end) {
      refuse(StoreErrorKind::conflict, "another program has written to the journal of database " + database_.name +
                                           " meanwhile: start this server again");
    }
    make_durable(*made);
    written_.merge(unanswered_->rows);
  }
  unanswered_.reset();
  end_ = end;
  opened_ = true;
  if (checkpointer_) made->watch_log([this](int pages) { checkpointer_->log_grew(pages); });
  writer_ = std::move(made);
}

Trouble SociStore::writer_failed() {
  const bool broken = writer_ ? writer_->broken() : database_.dialect == Dialect::postgres;
  Trouble trouble = explain_current_exception(database_.name, writer_ ? writer_->system_error() : 0, broken);
  if (writer_) writer_->rollback();
  spans_.forget();
  if (trouble.session_lost) writer_.reset();
  return trouble;
}

Trouble SociStore::reader_failed(ReaderPool::Lease& lease) {
  const bool broken = lease.is_open() ? lease.opened().broken() : database_.dialect == Dialect::postgres;
  Trouble trouble =
      explain_current_exception(database_.name, lease.is_open() ? lease.opened().system_error() : 0, broken);
  if (trouble.session_lost) lease.drop();
  return trouble;
}

Result<void, StoreError> SociStore::commit(std::span<Turn> turns) {
  if (turns.empty()) return {};
  for (Turn& turn : turns) fill_digests(turn.journal);
  const std::lock_guard lock(writer_mutex_);
  for (int attempt = 1;; ++attempt) {
    try {
      commit_group(turns);
      return {};
    } catch (...) {
      // Where the session is lost, the chain's end that the next one reads tells whether the group was written.
      Trouble trouble = writer_failed();
      if (writer_) unanswered_.reset();
      if (!trouble.session_lost || attempt > 1) return fail(std::move(trouble.error));
    }
  }
}

void SociStore::commit_group(std::span<Turn> turns) {
  Connection& connection = writer();
  const std::vector<Turn*> pending = without_written(turns);
  if (pending.empty()) return;
  std::int64_t incidents = 0;
  for (const Turn* turn : pending) incidents += static_cast<std::int64_t>(turn->incidents_raised.size());
  std::int64_t incident_id = incidents > 0 ? take_ids(incidents) : 0;
  Group group{pending, end_, end_, spans_.widened_by(pending)};
  Unanswered unanswered;
  for (Turn* turn : pending) {
    turn->journal.instance = turn->instance.id;
    append(group.after, turn->journal);
    for (IncidentRow& row : turn->incidents_raised) row.id = incident_id++;
    const JournalRow& row = turn->journal;
    unanswered.rows[{row.instance, row.seq}] = {row.position, row.hash, row.events_digest, row.payload_digest};
  }
  unanswered.end = group.after;
  if (database_.dialect == Dialect::postgres) {
    write_to_postgres(connection, group, [&] { unanswered_ = std::move(unanswered); });
  } else {
    connection.begin();
    write_rows(connection, group);
    unanswered_ = std::move(unanswered);
    connection.commit();
  }
  unanswered_.reset();
  end_ = group.after;
}

std::vector<Turn*> SociStore::without_written(std::span<Turn> turns) const {
  std::vector<Turn*> pending;
  pending.reserve(turns.size());
  for (Turn& turn : turns) {
    const auto found = written_.find({turn.instance.id, turn.journal.seq});
    // Another turn with the same number is no repetition: it has come too late.
    if (found == written_.end() || found->second.events_digest != turn.journal.events_digest ||
        found->second.payload_digest != turn.journal.payload_digest) {
      pending.push_back(&turn);
    } else {
      turn.journal.position = found->second.position;
      turn.journal.hash = found->second.hash;
    }
  }
  return pending;
}

Result<std::int64_t, StoreError> SociStore::reserve_ids(std::int64_t count) {
  {
    const std::lock_guard lock(ids_mutex_);
    if (ids_end_ - next_id_ >= count) return std::exchange(next_id_, next_id_ + count);
  }
  std::int64_t first = 0;
  const std::lock_guard lock(writer_mutex_);
  for (int attempt = 1;; ++attempt) {
    try {
      first = take_ids(count);
      return first;
    } catch (...) {
      Trouble trouble = writer_failed();
      if (!trouble.session_lost || attempt > 1) return fail(std::move(trouble.error));
    }
  }
}

std::int64_t SociStore::take_ids(std::int64_t count) {
  {
    const std::lock_guard lock(ids_mutex_);
    if (ids_end_ - next_id_ >= count) return std::exchange(next_id_, next_id_ + count);
  }
  reserve_block(count);
  const std::lock_guard lock(ids_mutex_);
  return std::exchange(next_id_, next_id_ + count);
}

void SociStore::reserve_block(std::int64_t count) {
  const std::int64_t size = std::max(count, id_block);
  Connection& connection = writer();
  std::int64_t end = 0;
  connection.begin();
  connection.query("UPDATE ids SET next = next + :n WHERE one = 1", "i").integer(size).run();
  connection.query("SELECT next FROM ids", "", "i").select([&](Columns& row) { end = row.integer(); });
  connection.commit();
  const std::lock_guard lock(ids_mutex_);
  next_id_ = end - size;
  ids_end_ = end;
}

Result<void, StoreError> SociStore::ping() {
  // SQLite writes nothing for a value that stays the same: an id is given away.
  return write(
      [](Connection& connection) { connection.query("UPDATE ids SET next = next + 1 WHERE one = 1", "").run(); });
}

void SociStore::free_caches() {
  readers_.free_caches();
  const std::unique_lock lock(writer_mutex_, std::try_to_lock);
  if (lock && writer_) writer_->free_cache();
}

Result<ChainCheck, StoreError> SociStore::check_chain(std::int64_t from_position) {
  return check_journal_chain(*this, from_position);
}

Result<ChainHead, StoreError> SociStore::chain_head() {
  return read<ChainHead>([](Connection& connection, ChainHead& head) {
    const records::ChainEnd end = read_end(connection);
    head = {end.position, end.hash};
  });
}

Result<std::unique_ptr<Store>, StoreError> open_store(const std::string& where, const StoreOptions& options) {
  std::string name = is_postgres(where) ? "PostgreSQL" : where;  // an address may hold a password
  try {
    Database database = database_from(where, options);
    name = database.name;
    return std::unique_ptr<Store>(std::make_unique<SociStore>(std::move(database)));
  } catch (...) {
    return fail(explain_current_exception(name, 0, is_postgres(where)).error);
  }
}

}  // namespace echoflow::store
