#include <fmt/core.h>

#include <set>

#include "adapters/store_soci/cx_rows.hpp"
#include "adapters/store_soci/trouble.hpp"

/// The rows that a turn changes beside its journal row; the SQL is the same on both databases.
namespace echoflow::store {

using namespace engine;

namespace {

template <class Items, class Text>
std::string joined(const Items& items, char separator, const Text& text) {
  std::string all;
  for (const auto& item : items) {
    if (!all.empty()) all += separator;
    all += text(item);
  }
  return all;
}

void write(Connection& connection, const FeedbackRow& row) {
  connection
      .query(
          "INSERT INTO cx_feedback (id, channel, external_id, conversation, customer, status, received_at, instances, "
          "body, raw) VALUES (:i, :c, :e, :v, :u, :s, :a, :n, cast(:b as blob), cast(:r as blob)) ON CONFLICT (id) DO "
          "UPDATE SET conversation = excluded.conversation, customer = excluded.customer, status = excluded.status, "
          "instances = excluded.instances, body = excluded.body",
          "ittttiitbb")
      .integer(row.id)
      .text(row.channel)
      .text(row.external_id)
      .text(row.conversation)
      .text(row.customer)
      .integer(static_cast<int>(row.status))
      .time(row.received_at)
      .text(joined(row.instances, ' ', [](InstanceId id) { return std::to_string(id); }))
      .bytes(row.body)
      .bytes(row.raw)
      .run();
}

void write(Connection& connection, const DeliveryRow& row) {
  connection
      .query(
          "INSERT INTO cx_deliveries (id, key, channel, feedback, status, attempts, next_attempt, external_id, body) "
          "VALUES (:i, :k, :c, :f, :s, :a, :n, :e, cast(:b as blob)) ON CONFLICT (id) DO UPDATE SET channel = "
          "excluded.channel, feedback = excluded.feedback, status = excluded.status, attempts = excluded.attempts, "
          "next_attempt = excluded.next_attempt, external_id = excluded.external_id, body = excluded.body",
          "ittiiiitb")
      .integer(row.id)
      .text(row.key)
      .text(row.channel)
      .integer(row.feedback)
      .integer(static_cast<int>(row.status))
      .integer(row.attempts)
      .time(row.next_attempt)
      .text(row.external_id)
      .bytes(row.body)
      .run();
}

void write_owners(Connection& connection, const TaskRow& row) {
  connection.query("DELETE FROM cx_task_owners WHERE task = :i", "i").integer(row.id).run();
  for (const std::string& owner : std::set(row.potential_owners.begin(), row.potential_owners.end())) {
    connection
        .query(
            "INSERT INTO cx_task_owners (task, potential_owner, state, priority, created_at) VALUES (:i, :o, :s, :p, "
            ":a)",
            "ittii")
        .integer(row.id)
        .text(owner)
        .text(row.state)
        .integer(row.priority)
        .time(row.created_at)
        .run();
  }
}

void write(Connection& connection, const TaskRow& row) {
  Query& query = connection.query(
      "INSERT INTO cx_tasks (id, instance, activity, name, state, priority, owner, queue, customer, created_at, "
      "next_deadline, version, potential_owners, body) VALUES (:i, :n, :a, :m, :s, :p, :o, :q, :c, :t, :d, :v, :w, "
      "cast(:b as blob)) ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, priority = "
      "excluded.priority, owner = excluded.owner, queue = excluded.queue, customer = excluded.customer, next_deadline "
      "= excluded.next_deadline, version = excluded.version, potential_owners = excluded.potential_owners, body = "
      "excluded.body WHERE cx_tasks.version < excluded.version",
      "iiittitttiiitb");
  query.integer(row.id).integer(row.instance).integer(row.activity).text(row.name).text(row.state);
  query.integer(row.priority).text(row.owner).text(row.queue).text(row.customer).time(row.created_at);
  query.optional_integer(row.next_deadline ? std::optional(row.next_deadline->micros) : std::nullopt);
  query.integer(static_cast<std::int64_t>(row.version));
  query.text(joined(row.potential_owners, '\n', [](const std::string& owner) { return owner; }));
  if (query.bytes(row.body).run() != 1) {
    refuse(StoreErrorKind::conflict,
           fmt::format("task {} has been changed by somebody else meanwhile; load it again", row.id));
  }
  write_owners(connection, row);
}

void write(Connection& connection, const KpiRow& row) {
  connection
      .query(
          "INSERT INTO cx_kpis (kpi, grp, level, crossings, position, body) VALUES (:k, :g, :l, :c, :p, cast(:b as "
          "blob)) ON CONFLICT (kpi, grp) DO UPDATE SET level = excluded.level, crossings = excluded.crossings, "
          "position = excluded.position, body = excluded.body",
          "tttiib")
      .text(row.kpi)
      .text(row.group)
      .text(row.level)
      .integer(static_cast<std::int64_t>(row.crossings))
      .integer(row.position)
      .bytes(row.body)
      .run();
}

void write(Connection& connection, const AlertRow& row) {
  connection
      .query(
          "INSERT INTO cx_alerts (id, episode, state, severity, topic, channel, at, body) VALUES (:i, :e, :s, :v, :t, "
          ":c, :a, cast(:b as blob)) ON CONFLICT (id) DO UPDATE SET episode = excluded.episode, state = "
          "excluded.state, severity = excluded.severity, topic = excluded.topic, channel = excluded.channel, at = "
          "excluded.at, body = excluded.body",
          "iittttib")
      .integer(row.id)
      .integer(row.episode)
      .text(row.state)
      .text(row.severity)
      .text(row.topic)
      .text(row.channel)
      .time(row.at)
      .bytes(row.body)
      .run();
}

void write(Connection& connection, const DocumentRow& row) {
  if (row.removed) {
    connection.query("DELETE FROM cx_documents WHERE kind = :k AND name = :n", "tt")
        .text(row.kind)
        .text(row.name)
        .run();
    return;
  }
  connection
      .query(
          "INSERT INTO cx_documents (kind, name, body) VALUES (:k, :n, cast(:b as blob)) ON CONFLICT (kind, name) DO "
          "UPDATE SET body = excluded.body",
          "ttb")
      .text(row.kind)
      .text(row.name)
      .bytes(row.body)
      .run();
}

}  // namespace

void write_record(Connection& connection, const RecordChange& change) {
  std::visit([&](const auto& row) { write(connection, row); }, change);
}

}  // namespace echoflow::store
