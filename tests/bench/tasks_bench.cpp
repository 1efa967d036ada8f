// Claiming and listing among many open tasks.
//   tasks_bench [--tasks 100000] [--agents 1000] [--dir DIR] [--postgres CONNINFO] [--threads 4]
#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "adapters/cx/tasks/service.hpp"
#include "adapters/store_soci/open_store.hpp"

namespace {

using namespace echoflow;
using Clock = std::chrono::steady_clock;

struct Settings {
  std::int64_t tasks = 100'000;
  int agents = 1'000, threads = 4;
  std::string dir = (std::filesystem::temp_directory_path() / "echoflow-tasks-bench").string();
  std::string postgres;
};

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}
template <class R>
R&& must(R&& result) {
  if (!result) give_up(result.error().message);
  return std::forward<R>(result);
}

/// Nothing is done in the world here.
class QuietWorld final : public tasks::World {
 public:
  tasks::Outcome answer(std::int64_t, std::uint32_t, std::variant<Message, Fault>) override { return {}; }
  bool is_awaited(std::int64_t, std::uint32_t) override { return true; }
  tasks::Outcome tell_processes(const tasks::Task&, const std::string&, TimePoint, const std::string&) override {
    return {};
  }
  Result<bool> condition(const tasks::Task&, std::uint32_t, std::uint32_t) override { return true; }
  tasks::Outcome notify(const tasks::Notice&) override { return {}; }
};

constexpr int teams = 20;

tasks::Creation creation_of(std::int64_t number) {
  tasks::Creation creation;
  creation.name = "answer";
  creation.priority = static_cast<std::int32_t>(number % 7);
  creation.queue = "team" + std::to_string(number % teams);
  creation.customer = "customer" + std::to_string(number % 30'000);
  creation.people = {{tasks::HumanRole::potential_owners, {"group:" + creation.queue}}};
  creation.presentation.subjects = {{"en", {"Where is my parcel? It should have come on Monday."}}};
  creation.skills = {{"parcels", 2, true}};
  return creation;
}

void fill(engine::Store& store, std::int64_t count) {
  const auto first = must(store.reserve_ids(count)).value();
  calendar::Calendars calendars;
  std::vector<engine::Turn> turns;
  for (std::int64_t i = 0; i < count; ++i) {
    const TimePoint now{1'700'000'000'000'000 + i};
    auto events = tasks::create(first + i, creation_of(i), {now, calendars, {}});
    tasks::Task task;
    tasks::apply(task, *events, now);
    auto encoded = tasks::encode_events(*events);
    auto& turn = turns.emplace_back();
    turn.stream = true;
    turn.instance.id = task.id;
    turn.journal = {0, task.id, 1, now, std::move(encoded.events), std::move(encoded.payload)};
    turn.records.push_back(tasks::row_of(task));
    if (turns.size() < 1'000 && i + 1 < count) continue;
    must(store.commit(turns));
    turns.clear();
  }
}

struct Times {
  std::vector<double> millis;
  void print(const char* what) {
    std::sort(millis.begin(), millis.end());
    auto at = [&](double share) { return millis[static_cast<std::size_t>(share * (millis.size() - 1))]; };
    fmt::print("{:<28} {:>7} times  p50 {:7.2f} ms  p95 {:7.2f} ms  p99 {:7.2f} ms\n", what, millis.size(), at(.5),
               at(.95), at(.99));
  }
};

template <class Act>
double timed(Act&& act) {
  const auto begin = Clock::now();
  act();
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

engine::TaskFilter offered(int team) {
  engine::TaskFilter filter;
  filter.potential_owners = {"group:team" + std::to_string(team)};
  filter.states = {"ready"};
  filter.limit = 50;
  return filter;
}

tasks::Command command(tasks::Operation operation, int agent) {
  tasks::Command command;
  command.operation = operation;
  command.actor.user = "agent" + std::to_string(agent);
  command.actor.groups = {"team" + std::to_string(agent % teams)};
  return command;
}

void run(tasks::TaskService& service, const Settings& settings) {
  Times list, deep, claim;
  for (int i = 0; i < 300; ++i) list.millis.push_back(timed([&] { must(service.list(offered(i % teams))); }));
  list.print("first page of a queue");
  auto filter = offered(3);
  for (int i = 0; i < 60; ++i) {
    tasks::TaskPage page;
    deep.millis.push_back(timed([&] { page = must(service.list(filter)).value(); }));
    if (!page.next) break;
    filter.after = page.next;
  }
  deep.print("page after page");
  std::atomic<int> lost{0};
  std::vector<Times> times(static_cast<std::size_t>(settings.threads));
  std::vector<std::thread> threads;
  for (int t = 0; t < settings.threads; ++t)
    threads.emplace_back([&, t] {
      const int share = settings.agents / settings.threads;  // of the same teams as the others: they compete
      for (int agent = t * share; agent < (t + 1) * share; ++agent) {
        auto page = must(service.list(offered(agent % teams)));
        for (const auto& task : page->tasks) {
          bool won = false;
          const double took = timed([&] { won = service.act(task.id, command(tasks::Operation::claim, agent)).ok(); });
          if (won) {
            times[static_cast<std::size_t>(t)].millis.push_back(took);
            break;
          }
          ++lost;
        }
      }
    });
  for (auto& thread : threads) thread.join();
  for (auto& each : times) claim.millis.insert(claim.millis.end(), each.millis.begin(), each.millis.end());
  claim.print(fmt::format("claim, {} at once", settings.threads).c_str());
  fmt::print("claims that came too late: {}\n", lost.load());
}

/// The choice among all agents, as often as it must be made for one task.
void choose(const Settings& settings) {
  assignment::Desk desk;
  for (int i = 0; i < settings.agents; ++i) {
    assignment::Agent agent;
    agent.user = "agent" + std::to_string(i);
    agent.groups = {"team" + std::to_string(i % teams)};
    agent.skills = {{"parcels", static_cast<std::uint32_t>(1 + i % 5)}};
    agent.languages = {"de"};
    agent.presence = assignment::Presence::online;
    agent.automatic = true;
    desk.put(std::move(agent));
  }
  Times times;
  assignment::Wish wish;
  wish.owners = {"group:team3"};
  wish.skills = {{"parcels", 2, true}};
  for (int i = 0; i < 200; ++i)
    times.millis.push_back(timed([&] {
      if (assignment::choose(wish, desk, {}, {}).explanation.chosen.empty()) give_up("nobody was chosen");
    }));
  times.print(fmt::format("choice among {} agents", settings.agents).c_str());
}

}  // namespace

int main(int count, char** words) {
  Settings settings;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = words[i], value = words[i + 1];
    if (name == "--tasks")
      settings.tasks = std::stoll(value);
    else if (name == "--agents")
      settings.agents = std::stoi(value);
    else if (name == "--threads")
      settings.threads = std::stoi(value);
    else if (name == "--dir")
      settings.dir = value;
    else if (name == "--postgres")
      settings.postgres = value;
    else
      give_up("unknown: " + name);
  }
  std::filesystem::remove_all(settings.dir);
  std::filesystem::create_directories(settings.dir);
  auto store = must(store::open_store(settings.postgres.empty() ? settings.dir + "/tasks.db" : settings.postgres));
  const double filled = timed([&] { fill(**store, settings.tasks); });
  fmt::print("{} open tasks written in {:.1f} s\n", settings.tasks, filled / 1000);
  QuietWorld world;
  tasks::TaskService service(**store, world, runtime::system_clock());
  run(service, settings);
  choose(settings);
  std::filesystem::remove_all(settings.dir);
}
