#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "adapters/store_soci/cx_rows.hpp"
#include "adapters/store_soci/soci_store.hpp"

/// Lists of tasks. Each range of an index gives at most a page from the cursor on, so that a list costs the same
/// whatever number of tasks there is.
namespace echoflow::store {

using namespace engine;

namespace {

/// Tasks of one owner, instance or customer among which those of a potential owner are looked for.
constexpr std::uint32_t most_of_one = 10'000;

auto place_of(const TaskRow& row) {
  return std::tuple(row.priority, row.created_at, row.id);
}

class TaskPager {
 public:
  TaskPager(Connection& connection, const TaskFilter& filter) : connection_(connection), filter_(filter) {}

  std::vector<TaskRow> run() {
    // Of an owner, an instance or a customer there are few tasks: they are looked up by that, and the rest is checked.
    const bool few = !filter_.owner.empty() || filter_.instance != 0 || !filter_.customer.empty();
    const std::vector<std::string> any{""}, every(task_states.begin(), task_states.end());
    const auto& owners = filter_.potential_owners.empty() || few ? any : filter_.potential_owners;
    const auto& states = !filter_.states.empty() ? filter_.states : few ? any : every;
    limit_ = few && !filter_.potential_owners.empty() ? most_of_one : filter_.limit;
    for (const std::string& owner : owners) {
      for (const std::string& state : states) read_range(owner, state);
    }
    if (few && !filter_.potential_owners.empty()) {
      std::erase_if(rows_, [&](const TaskRow& row) { return !may_own(row); });
    }
    keep_page();
    return std::move(rows_);
  }

 private:
  bool may_own(const TaskRow& row) const {
    return std::any_of(row.potential_owners.begin(), row.potential_owners.end(), [&](const std::string& owner) {
      return std::find(filter_.potential_owners.begin(), filter_.potential_owners.end(), owner) !=
             filter_.potential_owners.end();
    });
  }

  void condition(std::string_view column, std::string_view value) {
    if (value.empty()) return;
    sql_ += fmt::format("{}{} = :v{}", types_.empty() ? " WHERE " : " AND ", column, types_.size());
    types_ += 't';
    texts_.emplace_back(value);
  }

  void read_range(const std::string& potential_owner, const std::string& state) {
    const bool by_owner = !potential_owner.empty();
    const std::string order = by_owner ? "o.priority, o.created_at, o.task" : "t.priority, t.created_at, t.id";
    sql_ = fmt::format("SELECT {} FROM {}", ECHOFLOW_TASK_COLUMNS,
                       by_owner ? "cx_task_owners o JOIN cx_tasks t ON t.id = o.task" : "cx_tasks t");
    types_.clear();
    texts_.clear();
    condition("o.potential_owner", potential_owner);
    condition(by_owner ? "o.state" : "t.state", state);
    condition("t.owner <> '' AND t.owner", filter_.owner);
    condition("t.customer <> '' AND t.customer", filter_.customer);
    condition("t.queue", filter_.queue);
    if (filter_.instance != 0) {
      sql_ += fmt::format("{}t.instance <> 0 AND t.instance = :i", types_.empty() ? " WHERE " : " AND ");
      types_ += 'i';
    }
    if (filter_.after) {
      sql_ += fmt::format("{}({}) > (:p, :c, :j)", types_.empty() ? " WHERE " : " AND ", order);
      types_ += "iii";
    }
    Query& query = connection_.query(fmt::format("{} ORDER BY {} LIMIT :n", sql_, order), types_ + 'i', task_types);
    for (const std::string& text : texts_) query.text(text);
    if (filter_.instance != 0) query.integer(filter_.instance);
    if (filter_.after)
      query.integer(filter_.after->priority).time(filter_.after->created_at).integer(filter_.after->id);
    query.integer(limit_).select([&](Columns& columns) {
      TaskRow row = read_task(columns);
      if (seen_.insert(row.id).second) rows_.push_back(std::move(row));
    });
  }

  void keep_page() {
    std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
    if (rows_.size() > filter_.limit) rows_.resize(filter_.limit);
  }

  Connection& connection_;
  const TaskFilter& filter_;
  std::string sql_, types_;
  std::vector<std::string> texts_;
  std::uint32_t limit_ = 0;
  std::set<std::int64_t> seen_;
  std::vector<TaskRow> rows_;
};

constexpr const char* select_tasks = "SELECT " ECHOFLOW_TASK_COLUMNS " FROM cx_tasks t WHERE ";

}  // namespace

Result<std::optional<TaskRow>, StoreError> SociStore::task(std::int64_t id) {
  using Found = std::optional<TaskRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query(std::string(select_tasks) + "t.id = :i", "i", task_types).integer(id).select([&](Columns& row) {
      found = read_task(row);
    });
  });
}

Result<std::optional<TaskRow>, StoreError> SociStore::task_of(InstanceId instance, ActivityId activity) {
  using Found = std::optional<TaskRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection
        .query(std::string(select_tasks) +
                   "t.instance <> 0 AND t.instance = :i AND t.activity = :a ORDER BY t.id DESC LIMIT 1",
               "ii", task_types)
        .integer(instance)
        .integer(activity)
        .select([&](Columns& row) { found = read_task(row); });
  });
}

Result<std::vector<TaskRow>, StoreError> SociStore::tasks(const TaskFilter& filter) {
  using Rows = std::vector<TaskRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) { rows = TaskPager(connection, filter).run(); });
}

Result<std::vector<TaskRow>, StoreError> SociStore::due_tasks(TimePoint until, std::uint32_t limit) {
  using Rows = std::vector<TaskRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query(std::string(select_tasks) +
                   "t.next_deadline IS NOT NULL AND t.next_deadline <= :u ORDER BY t.next_deadline, t.id LIMIT :n",
               "ii", task_types)
        .time(until)
        .integer(limit)
        .select([&](Columns& row) { rows.push_back(read_task(row)); });
  });
}

Result<std::optional<TimePoint>, StoreError> SociStore::next_task_deadline() {
  using Found = std::optional<TimePoint>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection
        .query("SELECT next_deadline FROM cx_tasks WHERE next_deadline IS NOT NULL ORDER BY next_deadline LIMIT 1", "",
               "i")
        .select([&](Columns& row) { found = row.time(); });
  });
}

Result<std::vector<TaskCount>, StoreError> SociStore::task_counts() {
  using Rows = std::vector<TaskCount>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query("SELECT queue, state, count(*) FROM cx_tasks GROUP BY queue, state ORDER BY queue, state", "", "tti")
        .select([&](Columns& row) {
          TaskCount& count = rows.emplace_back();
          count.queue = row.text();
          count.state = row.text();
          count.count = row.integer();
        });
  });
}

}  // namespace echoflow::store
