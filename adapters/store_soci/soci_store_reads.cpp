#include "adapters/store_soci/rows.hpp"
#include "adapters/store_soci/soci_store.hpp"
#include "engine/ports/store_limits.hpp"

namespace echoflow::store {

using namespace engine;

namespace {

std::optional<InstanceRow> find_instance(Connection& connection, InstanceId id) {
  std::optional<InstanceRow> found;
  connection.query("SELECT " ECHOFLOW_INSTANCE_COLUMNS " FROM instances WHERE id = :i", "i", instance_types)
      .integer(id)
      .select([&](Columns& row) { found = read_instance(row); });
  return found;
}

void read_rows(Connection& connection, InstanceId id, std::uint64_t after, std::uint32_t limit,
               std::vector<JournalRow>& rows) {
  connection
      .query("SELECT " ECHOFLOW_JOURNAL_COLUMNS " FROM journal WHERE instance = :i AND seq > :s ORDER BY seq LIMIT :n",
             "iii", journal_types)
      .integer(id)
      .integer(static_cast<std::int64_t>(after))
      .integer(limit)
      .select([&](Columns& row) { rows.push_back(read_journal(row)); });
}

}  // namespace

Result<std::optional<LoadedInstance>, StoreError> SociStore::load(InstanceId id) {
  using Loaded = std::optional<LoadedInstance>;
  return read<Loaded>([&](Connection& connection, Loaded& loaded) {
    const auto row = find_instance(connection, id);
    if (!row) return;
    loaded.emplace();
    loaded->row = *row;
    connection.query("SELECT seq, state FROM snapshots WHERE instance = :i", "i", "ib")
        .integer(id)
        .select([&](Columns& columns) {
          loaded->snapshot_seq = columns.number<std::uint64_t>();
          loaded->snapshot = columns.bytes();
        });
    read_rows(connection, id, loaded->snapshot_seq, INT32_MAX, loaded->journal);
  });
}

Result<std::optional<InstanceRow>, StoreError> SociStore::instance(InstanceId id) {
  using Found = std::optional<InstanceRow>;
  return read<Found>([&](Connection& connection, Found& found) { found = find_instance(connection, id); });
}

Result<std::vector<JournalRow>, StoreError> SociStore::journal(InstanceId id, std::uint64_t after_seq,
                                                               std::uint32_t limit) {
  using Rows = std::vector<JournalRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) { read_rows(connection, id, after_seq, limit, rows); });
}

Result<std::vector<JournalRow>, StoreError> SociStore::journal_rows(std::int64_t after_position, std::uint32_t limit) {
  using Rows = std::vector<JournalRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_JOURNAL_COLUMNS " FROM journal WHERE position > :p ORDER BY position LIMIT :n", "ii",
               journal_types)
        .integer(after_position)
        .integer(limit)
        .select([&](Columns& row) { rows.push_back(read_journal(row)); });
  });
}

Result<std::vector<SubscriptionRow>, StoreError> SociStore::subscriptions(InstanceId id) {
  using Rows = std::vector<SubscriptionRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_SUBSCRIPTION_COLUMNS
               " FROM subscriptions WHERE instance = :i ORDER BY activity, branch",
               "i", subscription_types)
        .integer(id)
        .select([&](Columns& row) { rows.push_back(read_subscription(row)); });
  });
}

Result<std::vector<SubscriptionRow>, StoreError> SociStore::find_subscriptions(const std::string& process_key,
                                                                               const std::string& partner_link,
                                                                               const std::string& operation,
                                                                               const std::string& key) {
  using Rows = std::vector<SubscriptionRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_SUBSCRIPTION_COLUMNS
               " FROM subscriptions WHERE slot = :s AND key = :k AND process_key = :p "
               "AND partner_link = :l AND operation = :o ORDER BY opened, activity, branch LIMIT :n",
               "itttti", subscription_types)
        .integer(slot_of(process_key, partner_link, operation, key))
        .text(key)
        .text(process_key)
        .text(partner_link)
        .text(operation)
        .integer(most_subscriptions)
        .select([&](Columns& row) { rows.push_back(read_subscription(row)); });
  });
}

Result<std::vector<TimerRow>, StoreError> SociStore::due_timers(TimePoint until, std::uint32_t limit) {
  using Rows = std::vector<TimerRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT instance, timer, due FROM timers WHERE due <= :u ORDER BY due, instance, timer LIMIT :n", "ii",
               "iii")
        .time(until)
        .integer(limit)
        .select([&](Columns& row) {
          TimerRow timer;
          timer.instance = row.integer();
          timer.timer = row.number<std::uint32_t>();
          timer.due = row.time();
          rows.push_back(timer);
        });
  });
}

Result<std::optional<TimePoint>, StoreError> SociStore::next_timer() {
  using Found = std::optional<TimePoint>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query("SELECT due FROM timers ORDER BY due LIMIT 1", "", "i").select([&](Columns& row) {
      found = row.time();
    });
  });
}

Result<std::vector<OutboxRow>, StoreError> SociStore::due_outbox(TimePoint until, std::uint32_t limit) {
  using Rows = std::vector<OutboxRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_OUTBOX_COLUMNS
               " FROM outbox WHERE next_attempt <= :u ORDER BY next_attempt, instance, activity LIMIT :n",
               "ii", outbox_types)
        .time(until)
        .integer(limit)
        .select([&](Columns& row) { rows.push_back(read_outbox(row)); });
  });
}

Result<std::optional<KeptReplyRow>, StoreError> SociStore::kept_reply(const std::string& request_key) {
  using Found = std::optional<KeptReplyRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection
        .query("SELECT request_key, exchange, instance, at, body FROM kept_replies WHERE request_key = :k", "t",
               "tiiib")
        .text(request_key)
        .select([&](Columns& row) {
          found.emplace();
          found->request_key = row.text();
          found->exchange = row.integer();
          found->instance = row.integer();
          found->at = row.time();
          found->body = row.bytes();
        });
  });
}

Result<std::vector<IncidentRow>, StoreError> SociStore::incidents(std::int64_t before, std::uint32_t limit) {
  using Rows = std::vector<IncidentRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query(
            "SELECT id, instance, activity, at, fault, detail FROM incidents WHERE id < :b ORDER BY id DESC LIMIT :n",
            "ii", "iiiitt")
        .integer(before > 0 ? before : INT64_MAX)
        .integer(limit)
        .select([&](Columns& row) {
          IncidentRow& incident = rows.emplace_back();
          incident.id = row.integer();
          incident.instance = row.integer();
          incident.activity = row.number<ActivityId>();
          incident.at = row.time();
          incident.fault = row.text();
          incident.detail = row.text();
        });
  });
}

}  // namespace echoflow::store
