#include <fmt/core.h>

#include <algorithm>

#include "adapters/store_soci/cx_rows.hpp"
#include "adapters/store_soci/rows.hpp"
#include "adapters/store_soci/soci_store.hpp"

namespace echoflow::store {

using namespace engine;

namespace {

/// The conditions of a list, whose values are bound in the same order.
class Conditions {
 public:
  Conditions& integer(std::string_view condition, std::int64_t value) {
    add(condition, 'i').integer = value;
    return *this;
  }
  Conditions& text(std::string_view condition, const std::string& value) {
    if (!value.empty()) add(condition, 't').text = value;
    return *this;
  }
  template <class Status>
  Conditions& among(std::string_view column, const std::vector<Status>& values) {
    if (values.empty()) return *this;
    sql_ += fmt::format("{}{} IN (", sql_.empty() ? " WHERE " : " AND ", column);
    for (std::size_t i = 0; i < values.size(); ++i)
      sql_ += fmt::format("{}{}", i > 0 ? ", " : "", static_cast<int>(values[i]));
    sql_ += ")";
    return *this;
  }
  Query& query(Connection& connection, std::string_view select, std::string_view order, std::uint32_t limit,
               std::string_view out) {
    Query& query = connection.query(fmt::format("{}{} {} LIMIT :n", select, sql_, order), types_ + 'i', out);
    for (const Value& value : values_) {
      if (value.type == 'i') {
        query.integer(value.integer);
      } else {
        query.text(value.text);
      }
    }
    return query.integer(limit);
  }

 private:
  struct Value {
    char type;
    std::int64_t integer = 0;
    std::string text;
  };
  Value& add(std::string_view condition, char type) {
    sql_ += fmt::format("{}{}", sql_.empty() ? " WHERE " : " AND ", condition);
    types_ += type;
    return values_.emplace_back(Value{type, 0, {}});
  }
  std::string sql_, types_;
  std::vector<Value> values_;
};

void erase_stream(Connection& connection, std::int64_t id) {
  connection.query("UPDATE journal SET erased = 1, payload = cast('' as blob) WHERE instance = :i", "i")
      .integer(id)
      .run();
}

std::vector<std::int64_t> ids_of(Query& query) {
  std::vector<std::int64_t> ids;
  query.select([&](Columns& row) { ids.push_back(row.integer()); });
  return ids;
}

constexpr const char* with_raw = "SELECT " ECHOFLOW_FEEDBACK_COLUMNS ", raw FROM cx_feedback WHERE ";

}  // namespace

Result<std::optional<FeedbackRow>, StoreError> SociStore::feedback(std::int64_t id) {
  using Found = std::optional<FeedbackRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query(std::string(with_raw) + "id = :i", "i", std::string(feedback_types) + 'b')
        .integer(id)
        .select([&](Columns& row) {
          found = read_feedback(row);
          found->raw = row.bytes();
        });
  });
}

Result<std::optional<FeedbackRow>, StoreError> SociStore::feedback(const std::string& channel,
                                                                   const std::string& external_id) {
  using Found = std::optional<FeedbackRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection
        .query(std::string(with_raw) + "channel = :c AND external_id = :e", "tt", std::string(feedback_types) + 'b')
        .text(channel)
        .text(external_id)
        .select([&](Columns& row) {
          found = read_feedback(row);
          found->raw = row.bytes();
        });
  });
}

Result<std::vector<FeedbackRow>, StoreError> SociStore::list_feedback(const FeedbackFilter& filter) {
  using Rows = std::vector<FeedbackRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    // One range of the index for each status: together they are sorted and cut to the page.
    std::vector<std::vector<FeedbackStatus>> ranges(1);
    if (filter.conversation.empty() && filter.customer.empty() && !filter.status.empty()) {
      ranges.clear();
      for (const FeedbackStatus status : filter.status) ranges.push_back({status});
    } else {
      ranges[0] = filter.status;
    }
    for (const auto& range : ranges) {
      Conditions conditions;
      conditions.integer("id < :b", filter.before > 0 ? filter.before : INT64_MAX)
          .among("status", range)
          .text("channel = :c", filter.channel)
          .text("conversation = :v", filter.conversation)
          .text("customer = :u", filter.customer);
      conditions
          .query(connection, "SELECT " ECHOFLOW_FEEDBACK_COLUMNS " FROM cx_feedback", "ORDER BY id DESC", filter.limit,
                 feedback_types)
          .select([&](Columns& row) { rows.push_back(read_feedback(row)); });
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
    if (rows.size() > filter.limit) rows.resize(filter.limit);
  });
}

Result<std::vector<FeedbackRow>, StoreError> SociStore::unpublished_feedback(std::int64_t after, std::uint32_t limit) {
  using Rows = std::vector<FeedbackRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_FEEDBACK_COLUMNS
               " FROM cx_feedback WHERE status = :s AND id > :a ORDER BY id LIMIT :n",
               "iii", feedback_types)
        .integer(static_cast<int>(FeedbackStatus::received))
        .integer(after)
        .integer(limit)
        .select([&](Columns& row) { rows.push_back(read_feedback(row)); });
  });
}

Result<std::int64_t, StoreError> SociStore::count_feedback(FeedbackStatus status) {
  return read<std::int64_t>([&](Connection& connection, std::int64_t& count) {
    connection.query("SELECT count(*) FROM cx_feedback WHERE status = :s", "i", "i")
        .integer(static_cast<int>(status))
        .select([&](Columns& row) { count = row.integer(); });
  });
}

Result<std::optional<DeliveryRow>, StoreError> SociStore::delivery(std::int64_t id) {
  using Found = std::optional<DeliveryRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query("SELECT " ECHOFLOW_DELIVERY_COLUMNS " FROM cx_deliveries WHERE id = :i", "i", delivery_types)
        .integer(id)
        .select([&](Columns& row) { found = read_delivery(row); });
  });
}

Result<std::optional<DeliveryRow>, StoreError> SociStore::delivery_by_key(const std::string& key) {
  using Found = std::optional<DeliveryRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query("SELECT " ECHOFLOW_DELIVERY_COLUMNS " FROM cx_deliveries WHERE key = :k", "t", delivery_types)
        .text(key)
        .select([&](Columns& row) { found = read_delivery(row); });
  });
}

Result<std::vector<DeliveryRow>, StoreError> SociStore::deliveries(const DeliveryFilter& filter) {
  using Rows = std::vector<DeliveryRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    Conditions conditions;
    conditions.integer("id < :b", filter.before > 0 ? filter.before : INT64_MAX)
        .among("status", filter.status)
        .text("channel = :c", filter.channel);
    if (filter.feedback != 0) conditions.integer("feedback <> 0 AND feedback = :f", filter.feedback);
    conditions
        .query(connection, "SELECT " ECHOFLOW_DELIVERY_COLUMNS " FROM cx_deliveries", "ORDER BY id DESC", filter.limit,
               delivery_types)
        .select([&](Columns& row) { rows.push_back(read_delivery(row)); });
  });
}

Result<std::vector<DeliveryRow>, StoreError> SociStore::due_deliveries(TimePoint until, std::uint32_t limit) {
  using Rows = std::vector<DeliveryRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_DELIVERY_COLUMNS
               " FROM cx_deliveries WHERE status IN (2, 3) AND next_attempt <= :u ORDER BY next_attempt, id LIMIT :n",
               "ii", delivery_types)
        .time(until)
        .integer(limit)
        .select([&](Columns& row) { rows.push_back(read_delivery(row)); });
  });
}

Result<std::optional<TimePoint>, StoreError> SociStore::next_delivery() {
  using Found = std::optional<TimePoint>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection
        .query("SELECT next_attempt FROM cx_deliveries WHERE status IN (2, 3) ORDER BY next_attempt LIMIT 1", "", "i")
        .select([&](Columns& row) { found = row.time(); });
  });
}

Result<std::vector<KpiRow>, StoreError> SociStore::kpis() {
  using Rows = std::vector<KpiRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection.query("SELECT kpi, grp, level, crossings, position, body FROM cx_kpis ORDER BY kpi, grp", "", "tttiib")
        .select([&](Columns& columns) {
          KpiRow& row = rows.emplace_back();
          row.kpi = columns.text();
          row.group = columns.text();
          row.level = columns.text();
          row.crossings = columns.number<std::uint64_t>();
          row.position = columns.integer();
          row.body = columns.bytes();
        });
  });
}

Result<std::vector<AlertRow>, StoreError> SociStore::alerts(std::int64_t before, std::uint32_t limit) {
  using Rows = std::vector<AlertRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT " ECHOFLOW_ALERT_COLUMNS " FROM cx_alerts WHERE id < :b ORDER BY id DESC LIMIT :n", "ii",
               alert_types)
        .integer(before > 0 ? before : INT64_MAX)
        .integer(limit)
        .select([&](Columns& row) { rows.push_back(read_alert(row)); });
  });
}

Result<std::vector<DocumentRow>, StoreError> SociStore::documents(const std::string& kind) {
  using Rows = std::vector<DocumentRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection.query("SELECT kind, name, body FROM cx_documents WHERE kind = :k ORDER BY name", "t", "ttb")
        .text(kind)
        .select([&](Columns& row) {
          DocumentRow& document = rows.emplace_back();
          document.kind = row.text();
          document.name = row.text();
          document.body = row.bytes();
        });
  });
}

Result<std::optional<DocumentRow>, StoreError> SociStore::document(const std::string& kind, const std::string& name) {
  using Found = std::optional<DocumentRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query("SELECT kind, name, body FROM cx_documents WHERE kind = :k AND name = :n", "tt", "ttb")
        .text(kind)
        .text(name)
        .select([&](Columns& row) {
          found.emplace();
          found->kind = row.text();
          found->name = row.text();
          found->body = row.bytes();
        });
  });
}

Result<std::optional<OutboxRow>, StoreError> SociStore::outbox(InstanceId instance, ActivityId activity) {
  using Found = std::optional<OutboxRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection
        .query("SELECT " ECHOFLOW_OUTBOX_COLUMNS " FROM outbox WHERE instance = :i AND activity = :a", "ii",
               outbox_types)
        .integer(instance)
        .integer(activity)
        .select([&](Columns& row) { found = read_outbox(row); });
  });
}

Result<std::vector<std::int64_t>, StoreError> SociStore::erase_customer(const std::string& customer) {
  std::vector<std::int64_t> erased;
  if (customer.empty()) return erased;
  auto done = erase([&](Connection& connection) {
    erased =
        ids_of(connection.query("SELECT id FROM cx_feedback WHERE customer = :c ORDER BY id", "t", "i").text(customer));
    std::vector<std::int64_t> answers;
    for (const std::int64_t id : erased) {
      const auto found = ids_of(
          connection.query("SELECT id FROM cx_deliveries WHERE feedback <> 0 AND feedback = :f ORDER BY id", "i", "i")
              .integer(id));
      answers.insert(answers.end(), found.begin(), found.end());
    }
    const auto tasks = ids_of(connection
                                  .query("SELECT id FROM cx_tasks WHERE customer <> '' AND customer = :c AND state IN "
                                         "('completed', 'failed', 'error', 'exited', 'obsolete') ORDER BY id",
                                         "t", "i")
                                  .text(customer));
    connection
        .query(
            "UPDATE cx_feedback SET status = :s, conversation = '', customer = '', body = cast('' as blob), raw = "
            "cast('' as blob) WHERE customer = :c",
            "it")
        .integer(static_cast<int>(FeedbackStatus::erased))
        .text(customer)
        .run();
    for (const std::int64_t id : answers) {
      // What was not sent yet has nothing to send any more.
      connection
          .query(
              "UPDATE cx_deliveries SET body = cast('' as blob), status = CASE WHEN status IN (0, 1, 2) THEN 6 ELSE "
              "status END WHERE id = :i",
              "i")
          .integer(id)
          .run();
    }
    for (const std::int64_t id : tasks) {
      connection.query("UPDATE cx_tasks SET customer = '', body = cast('' as blob) WHERE id = :i", "i")
          .integer(id)
          .run();
    }
    erased.insert(erased.end(), answers.begin(), answers.end());
    erased.insert(erased.end(), tasks.begin(), tasks.end());
    for (const std::int64_t id : erased) erase_stream(connection, id);
  });
  if (!done) return fail(done.error());
  return erased;
}

}  // namespace echoflow::store
