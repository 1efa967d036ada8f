// How fast turns are committed, against the same bytes written by bare prepared statements.
//   store_bench [--seconds 2] [--dir DIR] [--postgres CONNINFO] [--million]
#include <fmt/core.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <random>

#include "adapters/store_memory/memory_store.hpp"
#include "adapters/store_soci/open_store.hpp"

namespace {

using namespace echoflow;
using namespace echoflow::engine;
using Clock = std::chrono::steady_clock;

struct Options {
  double seconds = 2;
  std::string dir = (std::filesystem::temp_directory_path() / "echoflow-store-bench").string();
  std::string postgres;
  bool million = false;
};

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}
template <class R>
R&& must(R&& result) {
  if (!result) give_up(result.error().message);
  return std::forward<R>(result);
}

/// 4 KB that look like a message.
std::string make_payload() {
  std::mt19937 random(7);
  std::string text;
  while (text.size() < 4'096)
    text += fmt::format("<item><sku>{:08x}</sku><qty>{}</qty><price>{}.99</price></item>", random(), random() % 9,
                        random() % 1'000);
  text.resize(4'096);
  return text;
}

Turn make_turn(InstanceId id, const std::string& payload) {
  Turn turn;
  turn.is_new = true;
  turn.instance.id = id;
  turn.instance.process = 1 + id % 3;
  turn.instance.status = InstanceStatus::completed;
  turn.instance.started_at = turn.journal.at = {1'700'000'000'000'000 + id * 50};
  turn.instance.ended_at = turn.instance.started_at;
  turn.instance.last_seq = turn.journal.seq = 1;
  turn.journal.events.assign(400, 'e');
  turn.journal.payload = payload;
  return turn;
}

/// Commits groups of new instances for a while; turns per second.
double run_store(Store& store, std::size_t group, double seconds, InstanceId& next) {
  static const std::string payload = make_payload();
  const auto start = Clock::now();
  std::int64_t done = 0;
  while (since(start) < seconds) {
    std::vector<Turn> turns;
    for (std::size_t i = 0; i < group; ++i) turns.push_back(make_turn(next++, payload));
    must(store.commit(turns));
    done += static_cast<std::int64_t>(group);
  }
  return static_cast<double>(done) / since(start);
}

/// The same bytes in one table by bare SQLite.
class Ceiling {
 public:
  explicit Ceiling(const std::string& path) {
    if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) give_up(path);
    for (const char* sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                            "CREATE TABLE rows (id INTEGER PRIMARY KEY, state BLOB)"}) {
      sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
    }
    begin_ = prepare("BEGIN IMMEDIATE");
    insert_ = prepare("INSERT INTO rows VALUES (?, ?)");
    commit_ = prepare("COMMIT");
  }
  ~Ceiling() {
    for (auto* statement : {begin_, insert_, commit_}) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  double run(std::size_t group, double seconds) {
    const std::string row = make_payload() + std::string(400 + 160, 'e');  // payload, events, digests and columns
    const auto start = Clock::now();
    std::int64_t done = 0;
    while (since(start) < seconds) {
      step(begin_);
      for (std::size_t i = 0; i < group; ++i) {
        sqlite3_bind_int64(insert_, 1, ++id_);
        sqlite3_bind_blob(insert_, 2, row.data(), static_cast<int>(row.size()), SQLITE_STATIC);
        step(insert_);
      }
      step(commit_);
      done += static_cast<std::int64_t>(group);
    }
    return static_cast<double>(done) / since(start);
  }

 private:
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(database_));
    return statement;
  }
  void step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(database_));
    sqlite3_reset(statement);
  }
  sqlite3* database_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *insert_ = nullptr, *commit_ = nullptr;
  std::int64_t id_ = 0;
};

/// The same bytes in one table by bare libpq, one prepared statement with arrays a group.
class PostgresCeiling {
 public:
  explicit PostgresCeiling(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
    execute("DROP TABLE IF EXISTS ceiling_rows");
    execute("CREATE TABLE ceiling_rows (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state bytea)");
    execute("ALTER TABLE ceiling_rows ALTER COLUMN state SET STORAGE EXTERNAL");
    execute("ALTER TABLE ceiling_rows SET (toast_tuple_target = 8160)");
    PQclear(PQprepare(connection_, "insert", "INSERT INTO ceiling_rows (state) SELECT unnest(cast($1 as bytea[]))", 1,
                      nullptr));
  }
  ~PostgresCeiling() { PQfinish(connection_); }
  double run(std::size_t group, double seconds) {
    static constexpr char digits[] = "0123456789abcdef";
    const std::string row = make_payload() + std::string(400 + 160, 'e');
    const auto start = Clock::now();
    std::int64_t done = 0;
    while (since(start) < seconds) {
      std::string rows = "{";
      for (std::size_t i = 0; i < group; ++i) {
        rows += i == 0 ? "\"\\\\x" : ",\"\\\\x";
        for (const char c : row) {
          rows += digits[static_cast<unsigned char>(c) >> 4];
          rows += digits[static_cast<unsigned char>(c) & 15];
        }
        rows += '"';
      }
      rows += "}";
      const char* values[] = {rows.c_str()};
      PGresult* result = PQexecPrepared(connection_, "insert", 1, values, nullptr, nullptr, 0);
      if (PQresultStatus(result) != PGRES_COMMAND_OK) give_up(PQerrorMessage(connection_));
      PQclear(result);
      done += static_cast<std::int64_t>(group);
    }
    return static_cast<double>(done) / since(start);
  }

 private:
  void execute(const char* sql) { PQclear(PQexec(connection_, sql)); }
  PGconn* connection_;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void bench_commits(const Options& options) {
  auto sqlite = std::move(must(store::open_store(options.dir + "/store.db"))).value();
  auto memory = store::make_memory_store();
  std::unique_ptr<Store> postgres;
  std::unique_ptr<PostgresCeiling> postgres_ceiling;
  if (!options.postgres.empty()) {
    postgres = std::move(must(store::open_store(options.postgres))).value();
    postgres_ceiling = std::make_unique<PostgresCeiling>(options.postgres);
  }
  Ceiling ceiling(options.dir + "/ceiling.db");
  InstanceId id = must((postgres ? postgres : sqlite)->reserve_ids(1'000'000'000)).value();
  std::map<std::string, std::vector<double>> rates;
  constexpr int rounds = 5;
  for (int round = 0; round < rounds; ++round) {
    const double seconds = options.seconds / rounds;
    for (const std::size_t group : {1, 10, 50}) {
      rates[fmt::format("sqlite, {:2} a transaction", group)].push_back(run_store(*sqlite, group, seconds, id));
      rates[fmt::format("sqlite ceiling (bare sqlite3), {:2} a transaction", group)].push_back(
          ceiling.run(group, seconds));
      if (!postgres) continue;
      rates[fmt::format("postgres, {:2} a transaction", group)].push_back(run_store(*postgres, group, seconds, id));
      rates[fmt::format("postgres ceiling (bare libpq), {:2} a transaction", group)].push_back(
          postgres_ceiling->run(group, seconds));
    }
    rates["memory, 50 a commit"].push_back(run_store(*memory, 50, seconds / 4, id));
  }
  for (const auto& [name, values] : rates)
    fmt::print("{:52} {:8.0f} turns/s (4 KB payload, journal with hash chain)\n", name, median(values));
  const auto ratio = [&](const char* name, const char* bare) {
    for (const int group : {1, 10, 50}) {
      const auto& values = rates[fmt::format("{}, {:2} a transaction", name, group)];
      const auto& ceilings = rates[fmt::format("{} ceiling ({}), {:2} a transaction", name, bare, group)];
      if (!values.empty())
        fmt::print("{} against its ceiling, {:2} a transaction: {:.2f}\n", name, group,
                   median(values) / median(ceilings));
    }
  };
  ratio("sqlite", "bare sqlite3");
  ratio("postgres", "bare libpq");
}

struct Latency {
  double median_us, p99_us;
};
Latency latency(int times, const std::function<void(int)>& work) {
  std::vector<double> values;
  for (int i = 0; i < times; ++i) {
    const auto start = Clock::now();
    work(i);
    values.push_back(since(start) * 1e6);
  }
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values[values.size() * 99 / 100]};
}

/// Instances that sleep: one subscription and one timer each.
void put_to_sleep(Store& store, InstanceId first, int count) {
  for (int done = 0; done < count;) {
    std::vector<Turn> turns;
    for (int i = 0; i < 1'000 && done < count; ++i, ++done) {
      Turn turn = make_turn(first + done, "<order/>");
      turn.instance.status = InstanceStatus::running;
      turn.instance.ended_at.reset();
      turn.subscriptions_opened = {
          {"{urn:bench}order", "customer", "confirm", fmt::format("order={}", first + done), 0, 5, 0}};
      turn.timers_scheduled = {{0, 1, {1'800'000'000'000'000 + done}}};
      turns.push_back(std::move(turn));
    }
    must(store.commit(turns));
  }
}

void measure_sleepers(Store& store, InstanceId first, int count, const char* name) {
  std::mt19937 random(3);
  const auto found = latency(2'000, [&](int) {
    const InstanceId id = first + static_cast<InstanceId>(random() % static_cast<unsigned>(count));
    const auto rows =
        must(store.find_subscriptions("{urn:bench}order", "customer", "confirm", fmt::format("order={}", id)));
    if (rows->size() != 1) give_up("a sleeping instance was not found");
  });
  const auto loaded = latency(
      2'000, [&](int) { must(store.load(first + static_cast<InstanceId>(random() % static_cast<unsigned>(count)))); });
  std::vector<std::uint64_t> seqs(static_cast<std::size_t>(count), 1);
  const auto woken = latency(500, [&](int) {
    const auto at = random() % static_cast<unsigned>(count);
    std::vector<Turn> turns{make_turn(first + at, "<confirm/>")};
    turns[0].is_new = false;
    turns[0].journal.seq = turns[0].instance.last_seq = ++seqs[at];
    turns[0].instance.status = InstanceStatus::running;
    must(store.commit(turns));
  });
  const auto page = latency(200, [&](int) {
    InstanceFilter filter;
    filter.before = first + static_cast<InstanceId>(random() % static_cast<unsigned>(count));
    filter.status = {InstanceStatus::running};
    must(store.instances(filter));
  });
  const auto completed = latency(50, [&](int) {
    InstanceFilter filter;
    filter.status = {InstanceStatus::completed, InstanceStatus::faulted};
    must(store.instances(filter));
  });
  const auto timer = latency(500, [&](int) { must(store.next_timer()); });
  fmt::print(
      "{:9} {:8} asleep: find_subscriptions {:.0f} (p99 {:.0f}), load {:.0f} (p99 {:.0f}), commit one turn {:.0f}, "
      "page of running {:.0f} (p99 {:.0f}), page of ended {:.0f}, next_timer {:.0f} µs\n",
      name, count, found.median_us, found.p99_us, loaded.median_us, loaded.p99_us, woken.median_us, page.median_us,
      page.p99_us, completed.median_us, timer.median_us);
}

void bench_million(const std::string& where, const char* name) {
  auto store = std::move(must(store::open_store(where))).value();
  const InstanceId first = must(store->reserve_ids(1'000'000'000)).value() + 2'000'000'000;
  put_to_sleep(*store, first, 1'000);
  measure_sleepers(*store, first, 1'000, name);
  const auto start = Clock::now();
  put_to_sleep(*store, first + 1'000, 999'000);
  fmt::print("{:9} 999000 put to sleep in {:.1f} s\n", name, since(start));
  measure_sleepers(*store, first, 1'000'000, name);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const bool more = i + 1 < argc;
    if (std::strcmp(argv[i], "--seconds") == 0 && more)
      options.seconds = std::atof(argv[++i]);
    else if (std::strcmp(argv[i], "--dir") == 0 && more)
      options.dir = argv[++i];
    else if (std::strcmp(argv[i], "--postgres") == 0 && more)
      options.postgres = argv[++i];
    else if (std::strcmp(argv[i], "--million") == 0)
      options.million = true;
    else
      give_up("usage: store_bench [--seconds 2] [--dir DIR] [--postgres CONNINFO] [--million]");
  }
  std::filesystem::remove_all(options.dir);
  std::filesystem::create_directories(options.dir);
  bench_commits(options);
  if (options.million) {
    bench_million(options.dir + "/million.db", "sqlite");
    if (!options.postgres.empty()) bench_million(options.postgres, "postgres");
  }
  std::filesystem::remove_all(options.dir);
}
