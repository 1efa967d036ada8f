#include <fmt/core.h>

#include <algorithm>

#include "adapters/store_soci/plain_text.hpp"
#include "adapters/store_soci/rows.hpp"
#include "adapters/store_soci/soci_store.hpp"

/// Pages of instances by filter. Each page is read from the index that fits, from the cursor on, so that a late page
/// costs what the first does.
namespace echoflow::store {

using namespace engine;

namespace {

constexpr std::int64_t rows_at_once = 2'000;

class Pager {
 public:
  Pager(Connection& connection, const InstanceFilter& filter)
      : connection_(connection),
        filter_(filter),
        business_key_(connection.dialect() == Dialect::postgres ? to_plain_text(filter.business_key)
                                                                : filter.business_key) {}

  std::vector<InstanceRow> run() {
    if (!filter_.process_key.empty()) {
      read_versions();
      if (processes_.empty()) return {};
    } else if (filter_.process != 0) {
      processes_ = {filter_.process};
    }
    if (has_window() && !find_window()) return {};
    if (!filter_.business_key.empty()) {
      read_by_business_key();
    } else {
      read_ranges();
    }
    keep_page();
    return std::move(rows_);
  }

 private:
  bool has_window() const { return filter_.started_after || filter_.started_before; }
  std::int64_t after() const { return filter_.started_after ? filter_.started_after->micros : INT64_MIN; }
  std::int64_t before() const { return filter_.started_before ? filter_.started_before->micros : INT64_MAX; }

  void read_versions() {
    connection_.query("SELECT id FROM processes WHERE key = :k ORDER BY id", "t", "i")
        .text(filter_.process_key)
        .select([&](Columns& row) {
          const std::int64_t id = row.integer();
          if (filter_.process == 0 || filter_.process == id) processes_.push_back(id);
        });
  }

  /// The newest first: theirs are mostly the newest instances, so that the others have few to give.
  void read_all_processes() {
    connection_.query("SELECT id FROM processes ORDER BY id DESC", "", "i").select([&](Columns& row) {
      processes_.push_back(row.integer());
    });
  }

  /// Narrows the ids to the blocks in which instances of the time window can be; false when there are none.
  bool find_window() {
    bool found = false;
    connection_
        .query("SELECT min(block), max(block) FROM instance_spans WHERE latest > :a AND earliest < :b", "ii", "ii")
        .integer(after())
        .integer(before())
        .select([&](Columns& row) {
          const auto first = row.optional_integer(), last = row.optional_integer();
          if (!first || !last) return;
          found = true;
          floor_ = *first * ids_in_a_block - 1;
          cursor_ = std::min(cursor_, (*last + 1) * ids_in_a_block);
        });
    return found;
  }

  /// One range of an index for each process and status that is asked for; each gives at most a page.
  void read_ranges() {
    static const std::vector<InstanceStatus> all = {InstanceStatus::running, InstanceStatus::suspended,
                                                    InstanceStatus::completed, InstanceStatus::faulted,
                                                    InstanceStatus::terminated};
    if (processes_.empty() && filter_.status.empty()) return read_range(std::nullopt, std::nullopt);
    const auto& statuses = filter_.status.empty() ? all : filter_.status;
    if (processes_.empty()) read_all_processes();
    for (const std::int64_t process : processes_)
      for (const InstanceStatus status : statuses) read_range(process, status);
  }

  void read_range(std::optional<std::int64_t> process, std::optional<InstanceStatus> status) {
    std::string sql = "SELECT " ECHOFLOW_INSTANCE_COLUMNS " FROM instances WHERE id < :c AND id > :f";
    std::string types = "ii";
    if (process) sql += " AND process = :p", types += 'i';
    if (status) sql += " AND status = :s", types += 'i';
    if (has_window()) sql += " AND started_at > :a AND started_at < :b", types += "ii";
    sql += " ORDER BY id DESC LIMIT :n";
    Query& query = connection_.query(sql, types + 'i', instance_types);
    query.integer(cursor_).integer(floor_);
    if (process) query.integer(*process);
    if (status) query.integer(static_cast<int>(*status));
    if (has_window()) query.integer(after()).integer(before());
    query.integer(filter_.limit).select([&](Columns& row) { rows_.push_back(read_instance(row)); });
    keep_page();
  }

  /// The newest rows up to a page; once it is full, older ones need not be read any more.
  void keep_page() {
    std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
    if (rows_.size() < filter_.limit) return;
    rows_.resize(filter_.limit);
    if (!rows_.empty()) floor_ = rows_.back().id;
  }

  /// Few rows, of which those that do not fit are left out here.
  void read_by_business_key() {
    std::int64_t read = rows_at_once;
    while (rows_.size() < filter_.limit && read == rows_at_once) {
      read = 0;
      connection_
          .query("SELECT " ECHOFLOW_INSTANCE_COLUMNS
                 " FROM instances WHERE business_key = :b AND business_key <> '' AND id < :c AND id > :f "
                 "ORDER BY id DESC LIMIT :n",
                 "tiii", instance_types)
          .text(filter_.business_key)
          .integer(cursor_)
          .integer(floor_)
          .integer(rows_at_once)
          .select([&](Columns& columns) {
            InstanceRow row = read_instance(columns);
            ++read;
            cursor_ = row.id;
            if (matches(row)) rows_.push_back(std::move(row));
          });
    }
  }

  bool matches(const InstanceRow& row) const {
    const auto among = [](const auto& list, const auto& value) {
      return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    return among(filter_.status, row.status) && among(processes_, row.process) &&
           (business_key_.empty() || business_key_ == row.business_key) && row.started_at.micros > after() &&
           row.started_at.micros < before();
  }

  Connection& connection_;
  const InstanceFilter& filter_;
  std::string business_key_;             ///< as the database keeps it
  std::vector<std::int64_t> processes_;  ///< empty: any
  std::int64_t cursor_ = filter_.before > 0 ? filter_.before : INT64_MAX;  ///< only instances before this one …
  std::int64_t floor_ = INT64_MIN;                                         ///< … and after this one
  std::vector<InstanceRow> rows_;
};

}  // namespace

Result<std::vector<InstanceRow>, StoreError> SociStore::instances(const InstanceFilter& filter) {
  using Rows = std::vector<InstanceRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) { rows = Pager(connection, filter).run(); });
}

}  // namespace echoflow::store
