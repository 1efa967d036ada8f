#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <thread>

#include "adapters/cx/tasks/service.hpp"

namespace echoflow::tasks {

/// Time that stands still until the test moves it.
class HandClock final : public runtime::Clock {
 public:
  TimePoint now() const override { return {micros_.load()}; }
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) override {
    if (now() >= due) return;
    wake.wait_for(lock, std::chrono::milliseconds(2));
  }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'795'188'600'000'000};  // Friday 2026-11-20 16:30 in Berlin
};

/// Remembers what it was asked to do; troubles are the test's.
class ListeningWorld final : public World {
 public:
  Outcome answer(std::int64_t instance, std::uint32_t activity, std::variant<Message, Fault> answer) override {
    std::lock_guard lock(mutex);
    ++calls;
    const std::string what = std::holds_alternative<Fault>(answer) ? std::get<Fault>(answer).name.local : "reply";
    if (trouble > 0) return --trouble, Outcome{Settled::later, "trouble"};
    answers.push_back(std::to_string(instance) + "-" + std::to_string(activity) + " " + what);
    return {};
  }
  bool is_awaited(std::int64_t instance, std::uint32_t) override { return gone != instance; }
  Outcome tell_processes(const Task& task, const std::string& escalation, TimePoint, const std::string& key) override {
    std::lock_guard lock(mutex);
    told.push_back(task.creation.name + " " + escalation + " " + key);
    return {};
  }
  Result<bool> condition(const Task&, std::uint32_t, std::uint32_t) override { return condition_holds; }
  Outcome notify(const Notice& notice) override {
    std::lock_guard lock(mutex);
    ++calls;
    if (trouble > 0) return --trouble, Outcome{Settled::later, "trouble"};
    notices.push_back(notice);
    return {};
  }

  std::mutex mutex;
  int calls = 0, trouble = 0;
  std::int64_t gone = -1;
  bool condition_holds = true;
  std::vector<std::string> answers, told;
  std::vector<Notice> notices;
};

inline bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 2500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return condition();
}

/// A task service on a store, which may be stopped and started again.
struct Office {
  explicit Office(engine::Store& store, Options options = {}) : store(store), options(std::move(options)) {
    this->options.calendars.put(calendar::Calendar::standard());
    restart();
  }
  void restart() {
    service = std::make_unique<TaskService>(store, world, clock, options);
    auto started = service->start();
    EXPECT_TRUE(started);
  }
  /// Everything that is due is done.
  bool rest() {
    return eventually([&] { return service->at_rest(); });
  }
  static Creation creation(std::int64_t instance = 0, const char* group = "service") {
    Creation creation;
    creation.name = "answer";
    creation.instance = instance;
    creation.activity = instance ? 3 : 0;
    creation.priority = 5;
    creation.queue = group;
    creation.people = {{HumanRole::potential_owners, {std::string("group:") + group}},
                       {HumanRole::business_administrators, {"bea"}}};
    return creation;
  }
  Command command(Operation operation, const std::string& user) {
    Command command;
    command.operation = operation;
    command.actor = service->actor(user, {"service"});
    return command;
  }
  std::string act(std::int64_t id, Operation operation, const std::string& user) {
    auto done = service->act(id, command(operation, user));
    return done ? "" : done.error().code;
  }
  void agent(const std::string& user, std::vector<assignment::Skill> skills = {}, bool online = true) {
    assignment::Agent agent;
    agent.user = user;
    agent.groups = {"service"};
    agent.skills = std::move(skills);
    agent.automatic = true;
    agent.presence = online ? assignment::Presence::online : assignment::Presence::offline;
    agent.present_since = clock.now();
    EXPECT_TRUE(service->put_agent(std::move(agent)));
  }

  engine::Store& store;
  Options options;
  ListeningWorld world;
  HandClock clock;
  std::unique_ptr<TaskService> service;
};

}  // namespace echoflow::tasks
