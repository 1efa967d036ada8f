#include "adapters/store_soci/soci_store.hpp"

namespace echoflow::store {

using namespace engine;

namespace {

/// Runs a query over the columns of held messages and adds their keys.
std::vector<HeldMessageRow> read_held(Connection& connection, Query& query) {
  std::vector<HeldMessageRow> rows;
  query.select([&](Columns& row) {
    HeldMessageRow& message = rows.emplace_back();
    message.id = row.integer();
    message.process_key = row.text();
    message.partner_link = row.text();
    message.operation = row.text();
    message.exchange = row.integer();
    message.at = row.time();
    message.body = row.bytes();
  });
  for (HeldMessageRow& message : rows) {
    connection.query("SELECT key FROM held_keys WHERE message = :m ORDER BY number", "i", "t")
        .integer(message.id)
        .select([&](Columns& row) { message.keys.push_back(row.text()); });
  }
  return rows;
}

constexpr const char* held_types = "itttiib";

}  // namespace

Result<void, StoreError> SociStore::postpone_outbox(InstanceId instance, ActivityId activity, std::uint32_t attempts,
                                                    TimePoint next_attempt) {
  return write([&](Connection& connection) {
    connection.query("UPDATE outbox SET attempts = :t, next_attempt = :x WHERE instance = :i AND activity = :a", "iiii")
        .integer(attempts)
        .time(next_attempt)
        .integer(instance)
        .integer(activity)
        .run();
  });
}

Result<void, StoreError> SociStore::finish_outbox(InstanceId instance, ActivityId activity) {
  return write([&](Connection& connection) {
    connection.query("DELETE FROM outbox WHERE instance = :i AND activity = :a", "ii")
        .integer(instance)
        .integer(activity)
        .run();
  });
}

Result<void, StoreError> SociStore::hold_message(const HeldMessageRow& message) {
  return write([&](Connection& connection) {
    connection
        .query(
            "INSERT INTO held_messages (id, process_key, partner_link, operation, exchange, at, body) "
            "VALUES (:i, :p, :l, :o, :e, :a, cast(:b as blob))",
            "itttiib")
        .integer(message.id)
        .text(message.process_key)
        .text(message.partner_link)
        .text(message.operation)
        .integer(message.exchange)
        .time(message.at)
        .bytes(message.body)
        .run();
    std::int64_t number = 0;
    for (const std::string& key : message.keys) {
      connection.query("INSERT INTO held_keys (message, number, slot, key) VALUES (:m, :n, :s, :k)", "iiit")
          .integer(message.id)
          .integer(number++)
          .integer(slot_of(message.process_key, message.partner_link, message.operation, key))
          .text(key)
          .run();
    }
  });
}

Result<std::vector<HeldMessageRow>, StoreError> SociStore::held_messages(const std::string& process_key,
                                                                         const std::string& partner_link,
                                                                         const std::string& operation,
                                                                         const std::string& key, std::uint32_t limit) {
  using Rows = std::vector<HeldMessageRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    Query& query = connection.query(
        "SELECT id, process_key, partner_link, operation, exchange, at, body FROM held_messages WHERE id IN "
        "(SELECT message FROM held_keys WHERE slot = :s AND key = :k) AND process_key = :p AND partner_link = :l "
        "AND operation = :o ORDER BY id LIMIT :n",
        "itttti", held_types);
    query.integer(slot_of(process_key, partner_link, operation, key))
        .text(key)
        .text(process_key)
        .text(partner_link)
        .text(operation)
        .integer(limit);
    rows = read_held(connection, query);
  });
}

Result<std::vector<HeldMessageRow>, StoreError> SociStore::held_after(std::int64_t after, std::uint32_t limit) {
  using Rows = std::vector<HeldMessageRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    Query& query = connection.query(
        "SELECT id, process_key, partner_link, operation, exchange, at, body FROM held_messages WHERE id > :a "
        "ORDER BY id LIMIT :n",
        "ii", held_types);
    rows = read_held(connection, query.integer(after).integer(limit));
  });
}

Result<void, StoreError> SociStore::drop_held(std::int64_t id) {
  return write([&](Connection& connection) {
    connection.query("DELETE FROM held_keys WHERE message = :m", "i").integer(id).run();
    connection.query("DELETE FROM held_messages WHERE id = :m", "i").integer(id).run();
  });
}

Result<std::vector<HeldCount>, StoreError> SociStore::held_counts() {
  using Rows = std::vector<HeldCount>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query(
            "SELECT process_key, partner_link, operation, count(*) FROM held_messages GROUP BY process_key, "
            "partner_link, operation "
            "ORDER BY process_key, partner_link, operation",
            "", "ttti")
        .select([&](Columns& row) {
          HeldCount& held = rows.emplace_back();
          held.process_key = row.text();
          held.partner_link = row.text();
          held.operation = row.text();
          held.count = row.integer();
        });
  });
}

Result<void, StoreError> SociStore::drop_kept_replies(TimePoint before) {
  return write([&](Connection& connection) {
    connection.query("DELETE FROM kept_replies WHERE at < :b", "i").time(before).run();
  });
}

}  // namespace echoflow::store
