#include <fmt/format.h>

#include <algorithm>

#include "adapters/store_soci/cx_rows.hpp"
#include "adapters/store_soci/effects.hpp"
#include "adapters/store_soci/plain_text.hpp"

namespace echoflow::store {
namespace {

using namespace engine;

/// A column of many rows, as PostgreSQL's array literal.
class ArrayColumn {
 public:
  void integer(std::int64_t value) { next() += fmt::format_int(value).c_str(); }
  void optional_integer(const std::optional<TimePoint>& value) {
    if (value)
      integer(value->micros);
    else
      next() += "NULL";
  }
  void text(std::string_view value) { append_text_element(next(), value); }
  void bytes(std::string_view value) { append_bytes_element(next(), value); }
  void digest(const Digest& value) { bytes({reinterpret_cast<const char*>(value.data()), value.size()}); }
  std::string& finish() { return literal_ += '}'; }

 private:
  std::string& next() {
    if (literal_.size() > 1) literal_ += ',';
    return literal_;
  }
  std::string literal_ = "{";
};

/// The parts of the group's statement. A part is left out where it has no rows; each mix is prepared once.
class Statement {
 public:
  /// Adds a part that reads columns of these types (i, t, b) as `unnest` in place of "{}"; returns its columns.
  ArrayColumn* part(std::string_view sql, std::string_view types) {
    std::string arrays;
    const std::size_t first = columns_.size();
    for (const char type : types) {
      columns_.emplace_back();
      arrays += fmt::format("{}cast(:v as {}[])", arrays.empty() ? "" : ", ",
                            type == 'i'   ? "bigint"
                            : type == 't' ? "text"
                                          : "bytea");
    }
    sql_ += fmt::format("{} p{} AS (", sql_.empty() ? "WITH" : ",", ++parts_);
    sql_ += fmt::format(fmt::runtime(sql), "unnest(" + arrays + ")");
    sql_ += ")";
    return &columns_[first];
  }

  void run(Connection& connection, const Group& group) {
    sql_ += " UPDATE chain_head SET position = :p, hash = cast(:h as blob) WHERE one = 1";
    Query& query = connection.query(sql_, std::string(columns_.size(), 't') + "ib");
    for (ArrayColumn& column : columns_) query.take(column.finish());
    query.integer(group.after.position).digest(group.after.hash).run();
  }

 private:
  std::string sql_;
  int parts_ = 0;
  // A part's columns must stay together: the vector never grows beyond this.
  std::vector<ArrayColumn> columns_ = reserved();
  static std::vector<ArrayColumn> reserved() {
    std::vector<ArrayColumn> columns;
    columns.reserve(80);
    return columns;
  }
};

void add_instances(Statement& statement, const std::vector<const Turn*>& turns, std::string_view when_there) {
  if (turns.empty()) return;
  ArrayColumn* c = statement.part(
      std::string("INSERT INTO instances (id, process, status, business_key, started_at, ended_at, last_seq, fault) "
                  "SELECT * FROM {}") +
          std::string(when_there),
      "iiitiiit");
  for (const Turn* turn : turns) {
    const InstanceRow& row = turn->instance;
    c[0].integer(row.id);
    c[1].integer(row.process);
    c[2].integer(static_cast<int>(row.status));
    c[3].text(row.business_key);
    c[4].integer(row.started_at.micros);
    c[5].optional_integer(row.ended_at);
    c[6].integer(static_cast<std::int64_t>(row.last_seq));
    c[7].text(row.fault);
  }
}

void add_spans(Statement& statement, const std::vector<Span>& spans) {
  if (spans.empty()) return;
  ArrayColumn* c = statement.part(
      "INSERT INTO instance_spans AS known (block, earliest, latest) SELECT * FROM {} ON CONFLICT (block) DO UPDATE "
      "SET "
      "earliest = least(known.earliest, excluded.earliest), latest = greatest(known.latest, excluded.latest)",
      "iii");
  for (const Span& span : spans) {
    c[0].integer(span.block);
    c[1].integer(span.earliest);
    c[2].integer(span.latest);
  }
}

void add_journal(Statement& statement, const Group& group) {
  ArrayColumn* c = statement.part(
      "INSERT INTO journal (position, instance, seq, at, events_digest, payload_digest, hash, events, payload, erased) "
      "SELECT *, 0 FROM {}",
      "iiiibbbbb");
  for (const Turn* turn : group.turns) {
    const JournalRow& row = turn->journal;
    c[0].integer(row.position);
    c[1].integer(turn->instance.id);
    c[2].integer(static_cast<std::int64_t>(row.seq));
    c[3].integer(row.at.micros);
    c[4].digest(row.events_digest);
    c[5].digest(row.payload_digest);
    c[6].digest(row.hash);
    c[7].bytes(row.events);
    c[8].bytes(row.payload);
  }
}

void add_opened(Statement& statement, const Effects& effects) {
  if (effects.opened.empty()) return;
  ArrayColumn* c = statement.part(
      "INSERT INTO subscriptions (instance, activity, branch, opened, slot, process_key, partner_link, operation, key) "
      "SELECT * FROM {} "
      "ON CONFLICT (instance, activity, branch) DO UPDATE SET opened = excluded.opened, slot = excluded.slot, "
      "process_key = excluded.process_key, "
      "partner_link = excluded.partner_link, operation = excluded.operation, key = excluded.key",
      "iiiiitttt");
  for (const auto& [key, opened] : effects.opened) {
    const SubscriptionRow& row = *opened.row;
    c[0].integer(std::get<0>(key));
    c[1].integer(row.activity);
    c[2].integer(row.branch);
    c[3].integer(opened.position);
    c[4].integer(slot_of(row.process_key, row.partner_link, row.operation, row.key));
    c[5].text(row.process_key);
    c[6].text(row.partner_link);
    c[7].text(row.operation);
    c[8].text(row.key);
  }
}

void add_closed(Statement& statement, const Effects& effects) {
  if (!effects.closed.empty()) {
    ArrayColumn* c = statement.part(
        "DELETE FROM subscriptions t USING {} AS k (i, a, b) WHERE t.instance = k.i AND t.activity = k.a AND t.branch "
        "= k.b",
        "iii");
    for (const auto& [instance, activity, branch] : effects.closed) {
      c[0].integer(instance);
      c[1].integer(activity);
      c[2].integer(branch);
    }
  }
  if (effects.ended.empty()) return;
  for (const char* table : {"subscriptions", "timers"}) {
    ArrayColumn* c =
        statement.part(fmt::format("DELETE FROM {} t USING {{}} AS k (i) WHERE t.instance = k.i", table), "i");
    for (const InstanceId id : effects.ended) c[0].integer(id);
  }
}

void add_timers(Statement& statement, const Effects& effects) {
  if (!effects.scheduled.empty()) {
    ArrayColumn* c = statement.part(
        "INSERT INTO timers (instance, timer, due) SELECT * FROM {} ON CONFLICT (instance, timer) DO UPDATE SET due = "
        "excluded.due",
        "iii");
    for (const auto& [key, due] : effects.scheduled) {
      c[0].integer(key.first);
      c[1].integer(key.second);
      c[2].integer(due.micros);
    }
  }
  if (!effects.cancelled.empty()) {
    ArrayColumn* c =
        statement.part("DELETE FROM timers t USING {} AS k (i, n) WHERE t.instance = k.i AND t.timer = k.n", "ii");
    for (const auto& [instance, timer] : effects.cancelled) {
      c[0].integer(instance);
      c[1].integer(timer);
    }
  }
}

void add_outbox(Statement& statement, const Effects& effects) {
  if (!effects.added.empty()) {
    ArrayColumn* c = statement.part(
        "INSERT INTO outbox (instance, activity, node, address, one_way, attempts, next_attempt, body) SELECT * FROM "
        "{} "
        "ON CONFLICT (instance, activity) DO UPDATE SET node = excluded.node, address = excluded.address, one_way = "
        "excluded.one_way, "
        "attempts = excluded.attempts, next_attempt = excluded.next_attempt, body = excluded.body",
        "iiitiiib");
    for (const auto& [key, row] : effects.added) {
      c[0].integer(key.first);
      c[1].integer(key.second);
      c[2].integer(row->node);
      c[3].text(row->address);
      c[4].integer(row->one_way ? 1 : 0);
      c[5].integer(row->attempts);
      c[6].integer(row->next_attempt.micros);
      c[7].bytes(row->body);
    }
  }
  if (!effects.done.empty()) {
    ArrayColumn* c =
        statement.part("DELETE FROM outbox t USING {} AS k (i, a) WHERE t.instance = k.i AND t.activity = k.a", "ii");
    for (const auto& [instance, activity] : effects.done) {
      c[0].integer(instance);
      c[1].integer(activity);
    }
  }
}

void add_incidents(Statement& statement, const Effects& effects) {
  if (!effects.resolved.empty()) {
    ArrayColumn* c = statement.part(
        "DELETE FROM incidents t USING {} AS k (i, a) WHERE t.instance = k.i AND t.activity = k.a", "ii");
    for (const auto& [instance, activity] : effects.resolved) {
      c[0].integer(instance);
      c[1].integer(activity);
    }
  }
  if (effects.raised.empty()) return;
  ArrayColumn* c =
      statement.part("INSERT INTO incidents (id, instance, activity, at, fault, detail) SELECT * FROM {}", "iiiitt");
  for (const auto& [key, rows] : effects.raised) {
    for (const IncidentRow* row : rows) {
      c[0].integer(row->id);
      c[1].integer(key.first);
      c[2].integer(key.second);
      c[3].integer(row->at.micros);
      c[4].text(row->fault);
      c[5].text(row->detail);
    }
  }
}

void add_messages(Statement& statement, const Effects& effects) {
  if (!effects.consumed.empty()) {
    for (const char* from : {"held_messages t USING {} AS k (m) WHERE t.id = k.m",
                             "held_keys t USING {} AS k (m) WHERE t.message = k.m"}) {
      ArrayColumn* c = statement.part(std::string("DELETE FROM ") + from, "i");
      for (const std::int64_t message : effects.consumed) c[0].integer(message);
    }
  }
  if (effects.replies.empty()) return;
  ArrayColumn* c = statement.part(
      "INSERT INTO kept_replies (request_key, exchange, instance, at, body) SELECT * FROM {} ON CONFLICT (request_key) "
      "DO UPDATE SET "
      "exchange = excluded.exchange, instance = excluded.instance, at = excluded.at, body = excluded.body",
      "tiiib");
  for (const auto& [key, reply] : effects.replies) {
    c[0].text(key);
    c[1].integer(reply.second->exchange);
    c[2].integer(reply.first);
    c[3].integer(reply.second->at.micros);
    c[4].bytes(reply.second->body);
  }
}

void add_snapshots(Statement& statement, const Effects& effects) {
  if (effects.snapshots.empty()) return;
  ArrayColumn* c = statement.part(
      "INSERT INTO snapshots (instance, seq, state) SELECT * FROM {} ON CONFLICT (instance) DO UPDATE SET seq = "
      "excluded.seq, state = excluded.state",
      "iib");
  for (const auto& [instance, snapshot] : effects.snapshots) {
    c[0].integer(instance);
    c[1].integer(static_cast<std::int64_t>(snapshot.seq));
    c[2].bytes(*snapshot.state);
  }
}

void write_at_once(Connection& connection, const Group& group) {
  const Effects effects = effects_of(group);
  Statement statement;
  add_instances(statement, effects.new_instances, "");
  add_instances(statement, effects.old_instances,
                " ON CONFLICT (id) DO UPDATE SET process = excluded.process, status = excluded.status, business_key = "
                "excluded.business_key, "
                "started_at = excluded.started_at, ended_at = excluded.ended_at, last_seq = excluded.last_seq, fault = "
                "excluded.fault");
  add_spans(statement, group.spans);
  add_journal(statement, group);
  add_opened(statement, effects);
  add_closed(statement, effects);
  add_timers(statement, effects);
  add_outbox(statement, effects);
  add_incidents(statement, effects);
  add_messages(statement, effects);
  add_snapshots(statement, effects);
  statement.run(connection, group);
}

}  // namespace

void write_to_postgres(Connection& connection, const Group& group, const std::function<void()>& before_commit) {
  const bool has_records =
      std::any_of(group.turns.begin(), group.turns.end(), [](const Turn* turn) { return !turn->records.empty(); });
  if (!has_records) {
    before_commit();
    return write_at_once(connection, group);
  }
  connection.begin();
  write_at_once(connection, group);
  for (const Turn* turn : group.turns)
    for (const RecordChange& change : turn->records) write_record(connection, change);
  before_commit();
  connection.commit();
}

}  // namespace echoflow::store
