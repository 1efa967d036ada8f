#include "adapters/store_soci/cx_rows.hpp"
#include "adapters/store_soci/group.hpp"
#include "adapters/store_soci/trouble.hpp"

namespace echoflow::store {
namespace {

using namespace engine;

class RowWriter {
 public:
  explicit RowWriter(Connection& connection) : connection_(connection) {}

  void write(const Turn& turn) {
    id_ = turn.instance.id;
    if (!turn.stream) write_instance(turn);
    write_journal(turn.journal);
    for (const RecordChange& change : turn.records) write_record(connection_, change);
    if (turn.stream) return;
    write_subscriptions(turn);
    write_timers(turn);
    write_outbox(turn);
    write_incidents(turn);
    write_messages(turn);
    if (turn.snapshot) write_snapshot(turn);
    const bool waited = !turn.is_new || !turn.subscriptions_opened.empty() || !turn.timers_scheduled.empty();
    if (has_ended(turn.instance) && waited) end_waiting();
  }

  void write_spans(const std::vector<Span>& spans) {
    for (const Span& span : spans) {
      connection_
          .query(
              "INSERT INTO instance_spans (block, earliest, latest) VALUES (:b, :e, :l) ON CONFLICT (block) DO UPDATE "
              "SET "
              "earliest = min(earliest, excluded.earliest), latest = max(latest, excluded.latest)",
              "iii")
          .integer(span.block)
          .integer(span.earliest)
          .integer(span.latest)
          .run();
    }
  }

  void move_head(const Group& group) {
    const auto changed =
        connection_
            .query("UPDATE chain_head SET position = :p, hash = cast(:h as blob) WHERE one = 1 AND position = :b",
                   "ibi")
            .integer(group.after.position)
            .digest(group.after.hash)
            .integer(group.before.position)
            .run();
    if (changed != 1)
      refuse(StoreErrorKind::conflict, "another program has written to the journal meanwhile: start this server again");
  }

 private:
  void write_instance(const Turn& turn) {
    const InstanceRow& row = turn.instance;
    const std::string_view sql = turn.is_new ? "INSERT INTO instances (id, process, status, business_key, started_at, "
                                               "ended_at, last_seq, fault) VALUES (:i, :p, :s, :b, :a, :e, :l, :f)"
                                             : "INSERT INTO instances (id, process, status, business_key, started_at, "
                                               "ended_at, last_seq, fault) VALUES (:i, :p, :s, :b, :a, :e, :l, :f) "
                                               "ON CONFLICT (id) DO UPDATE SET process = excluded.process, status = "
                                               "excluded.status, business_key = excluded.business_key, "
                                               "started_at = excluded.started_at, ended_at = excluded.ended_at, "
                                               "last_seq = excluded.last_seq, fault = excluded.fault";
    Query& query = connection_.query(sql, "iiitiiit");
    query.integer(row.id)
        .integer(row.process)
        .integer(static_cast<int>(row.status))
        .text(row.business_key)
        .time(row.started_at);
    query.optional_integer(row.ended_at ? std::optional(row.ended_at->micros) : std::nullopt);
    query.integer(static_cast<std::int64_t>(row.last_seq)).text(row.fault).run();
  }

  void write_journal(const JournalRow& row) {
    connection_
        .query(
            "INSERT INTO journal (position, instance, seq, at, erased, events_digest, payload_digest, hash, events, "
            "payload) VALUES "
            "(:p, :i, :s, :a, 0, cast(:d as blob), cast(:q as blob), cast(:h as blob), cast(:e as blob), cast(:c as "
            "blob))",
            "iiiibbbbb")
        .integer(row.position)
        .integer(id_)
        .integer(static_cast<std::int64_t>(row.seq))
        .time(row.at)
        .digest(row.events_digest)
        .digest(row.payload_digest)
        .digest(row.hash)
        .bytes(row.events)
        .bytes(row.payload)
        .run();
    position_ = row.position;
  }

  void write_subscriptions(const Turn& turn) {
    for (const SubscriptionClosed& row : turn.subscriptions_closed) {
      connection_.query("DELETE FROM subscriptions WHERE instance = :i AND activity = :a AND branch = :b", "iii")
          .integer(id_)
          .integer(row.activity)
          .integer(row.branch)
          .run();
    }
    for (const SubscriptionRow& row : turn.subscriptions_opened) {
      connection_
          .query(
              "INSERT OR REPLACE INTO subscriptions (instance, activity, branch, opened, slot, process_key, "
              "partner_link, operation, key) "
              "VALUES (:i, :a, :b, :o, :s, :p, :l, :n, :k)",
              "iiiiitttt")
          .integer(id_)
          .integer(row.activity)
          .integer(row.branch)
          .integer(position_)
          .integer(slot_of(row.process_key, row.partner_link, row.operation, row.key))
          .text(row.process_key)
          .text(row.partner_link)
          .text(row.operation)
          .text(row.key)
          .run();
    }
  }

  void write_timers(const Turn& turn) {
    for (const std::uint32_t timer : turn.timers_cancelled) {
      connection_.query("DELETE FROM timers WHERE instance = :i AND timer = :t", "ii")
          .integer(id_)
          .integer(timer)
          .run();
    }
    for (const TimerRow& row : turn.timers_scheduled) {
      connection_.query("INSERT OR REPLACE INTO timers (instance, timer, due) VALUES (:i, :t, :d)", "iii")
          .integer(id_)
          .integer(row.timer)
          .time(row.due)
          .run();
    }
  }

  void write_outbox(const Turn& turn) {
    for (const ActivityId activity : turn.outbox_done) {
      connection_.query("DELETE FROM outbox WHERE instance = :i AND activity = :a", "ii")
          .integer(id_)
          .integer(activity)
          .run();
    }
    for (const OutboxRow& row : turn.outbox_added) {
      connection_
          .query(
              "INSERT OR REPLACE INTO outbox (instance, activity, node, address, one_way, attempts, next_attempt, "
              "body) "
              "VALUES (:i, :a, :n, :d, :o, :t, :x, cast(:b as blob))",
              "iiitiiib")
          .integer(id_)
          .integer(row.activity)
          .integer(row.node)
          .text(row.address)
          .integer(row.one_way ? 1 : 0)
          .integer(row.attempts)
          .time(row.next_attempt)
          .bytes(row.body)
          .run();
    }
  }

  void write_incidents(const Turn& turn) {
    for (const ActivityId activity : turn.incidents_resolved) {
      connection_.query("DELETE FROM incidents WHERE instance = :i AND activity = :a", "ii")
          .integer(id_)
          .integer(activity)
          .run();
    }
    for (const IncidentRow& row : turn.incidents_raised) {
      connection_
          .query("INSERT INTO incidents (id, instance, activity, at, fault, detail) VALUES (:n, :i, :a, :t, :f, :d)",
                 "iiiitt")
          .integer(row.id)
          .integer(id_)
          .integer(row.activity)
          .time(row.at)
          .text(row.fault)
          .text(row.detail)
          .run();
    }
  }

  void write_messages(const Turn& turn) {
    for (const std::int64_t message : turn.held_consumed) {
      connection_.query("DELETE FROM held_keys WHERE message = :m", "i").integer(message).run();
      connection_.query("DELETE FROM held_messages WHERE id = :m", "i").integer(message).run();
    }
    for (const KeptReplyRow& row : turn.replies_kept) {
      connection_
          .query(
              "INSERT OR REPLACE INTO kept_replies (request_key, exchange, instance, at, body) VALUES (:k, :e, :i, :a, "
              "cast(:b as blob))",
              "tiiib")
          .text(row.request_key)
          .integer(row.exchange)
          .integer(id_)
          .time(row.at)
          .bytes(row.body)
          .run();
    }
  }

  void write_snapshot(const Turn& turn) {
    connection_
        .query("INSERT OR REPLACE INTO snapshots (instance, seq, state) VALUES (:i, :s, cast(:b as blob))", "iib")
        .integer(id_)
        .integer(static_cast<std::int64_t>(turn.journal.seq))
        .bytes(*turn.snapshot)
        .run();
  }

  void end_waiting() {
    connection_.query("DELETE FROM subscriptions WHERE instance = :i", "i").integer(id_).run();
    connection_.query("DELETE FROM timers WHERE instance = :i", "i").integer(id_).run();
  }

  Connection& connection_;
  InstanceId id_ = 0;
  std::int64_t position_ = 0;
};

}  // namespace

void write_rows(Connection& connection, const Group& group) {
  RowWriter writer(connection);
  for (const Turn* turn : group.turns) writer.write(*turn);
  writer.write_spans(group.spans);
  writer.move_head(group);
}

}  // namespace echoflow::store
