#include <filesystem>
#include <thread>

#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/runtime/faulty_store.hpp"
#include "tests/adapters/runtime/support.hpp"

/// Nothing that was acknowledged is lost, and nothing leaves before its commit.
namespace echoflow::runtime::test {
namespace {

class Recovery : public ::testing::Test {
 protected:
  std::unique_ptr<engine::Store> inner = store::make_memory_store();
  FaultyStore store{*inner};
};

TEST_F(Recovery, GoesOnAfterARestart) {
  Server server(store);
  server.deploy(conversation);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "r")));
  server.restart();
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "r", "after")));
  server.restart();
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "r")).message), "after");
  EXPECT_FALSE(store.check_chain(0)->broken_at);
}

TEST_F(Recovery, BringsHeldMessagesToTheirReceiversAfterARestart) {
  Server server(store);
  server.deploy(conversation);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "h", "held")));
  server.restart();
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "h")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "h")).message), "held");
}

TEST_F(Recovery, PutsInstancesOutAndLoadsThemAgain) {
  Options options;
  options.warm_instances = 16;
  options.snapshot_every = 3;
  Server server(store, options);
  server.deploy(counter);
  constexpr int count = 100;
  for (int i = 0; i < count; ++i) ASSERT_TRUE(holds<Reply>(server.send(counter, "open", std::to_string(i))));
  for (int round = 0; round < 5; ++round)
    for (int i = 0; i < count; ++i) ASSERT_TRUE(holds<Accepted>(server.send(counter, "add", std::to_string(i))));
  EXPECT_LE(server->health().warm_instances, 48u);
  EXPECT_GT(server->metrics().instance_evictions.load(), 100u);
  EXPECT_GT(server->metrics().instance_loads.load(), 100u);
  for (int i = 0; i < count; ++i) {
    auto answer = server.send(counter, "ask", std::to_string(i));
    ASSERT_TRUE(holds<Reply>(answer));
    EXPECT_EQ(text_of(std::get<Reply>(answer).message), "5");
  }
}

TEST_F(Recovery, PutsSleepingInstancesOut) {
  Server server(store);
  server.deploy(counter);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(holds<Reply>(server.send(counter, "open", std::to_string(i))));
  EXPECT_EQ(server->health().warm_instances, 20u);
  server.manual.advance(std::chrono::seconds(60));
  EXPECT_TRUE(eventually([&] { return server->health().warm_instances == 0; }));
  ASSERT_TRUE(holds<Accepted>(server.send(counter, "add", "7")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(counter, "ask", "7")).message), "1");
}

TEST_F(Recovery, RepliesOnlyAfterTheCommit) {
  std::promise<void> release;
  auto gate = release.get_future().share();
  Server server(store);
  server.deploy(echo);
  store.before_commit = [gate] { gate.wait(); };
  auto answer = server.send_later(delivery(echo, "open", "1", "x"));
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  release.set_value();
  EXPECT_TRUE(holds<Reply>(answer.get()));
}

TEST_F(Recovery, SendsOnlyAfterTheCommit) {
  std::promise<void> release;
  auto gate = release.get_future().share();
  Server server(store);
  server.deploy(caller);
  store.before_commit = [gate] { gate.wait(); };
  auto answer = server.send_later(delivery(caller, "open", "1", "x"));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(server.partner.calls().empty());
  release.set_value();
  EXPECT_TRUE(holds<Reply>(answer.get()));
  EXPECT_EQ(server.partner.calls().size(), 1u);
}

TEST_F(Recovery, SaysThatItIsUnavailableAndRecovers) {
  Options options;
  options.retry_ping = std::chrono::milliseconds(5);
  Server server(store, options);
  server.deploy(conversation);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "a")));
  for (auto kind : {engine::StoreErrorKind::full, engine::StoreErrorKind::read_only, engine::StoreErrorKind::busy,
                    engine::StoreErrorKind::unavailable}) {
    store.break_with(kind);
    auto answer = server.send(conversation, "open", "b");
    ASSERT_TRUE(holds<Failure>(answer));
    EXPECT_EQ(std::get<Failure>(answer).kind, FailureKind::unavailable);
    EXPECT_TRUE(eventually([&] { return !server->health().ready; }));
    EXPECT_NE(server->health().reason.find("free some space"), std::string::npos);
    EXPECT_TRUE(holds<Failure>(server.send(conversation, "add", "a")));
    EXPECT_EQ(server->suspend(server->instances({})->front().id, {"op", ""}).error().kind, FailureKind::unavailable);
    store.break_with(std::nullopt);
    EXPECT_TRUE(eventually([&] { return server->health().ready; }));
  }
  EXPECT_EQ(server->instances({})->size(), 1u);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "a", "once")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "a")).message), "once");
}

TEST_F(Recovery, FiresATimerWhoseInstanceCouldNotBeRead) {
  Server server(store);
  server.deploy(sleeper);
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1")).instance;
  server.restart();
  store.fail_next_load();
  server.manual.advance(std::chrono::seconds(11));
  ASSERT_TRUE(eventually([&] { return !store.fails_next_load(); }));
  server.manual.advance(std::chrono::seconds(2));
  EXPECT_TRUE(eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; }));
}

TEST_F(Recovery, FiresATimerThatCameDuringARefusedUndeployment) {
  Server server(store);
  server.deploy(sleeper);
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1")).instance;
  const auto deployment = server->directory()->deployments.begin()->first;
  store.before_running_instances = [&] {
    server.manual.advance(std::chrono::seconds(11));
    EXPECT_TRUE(
        eventually([&] { return server->metrics().timers_fired == 1 && server->metrics().instances_busy == 0; }));
  };
  EXPECT_FALSE(server->undeploy(deployment, false).ok());
  store.before_running_instances = nullptr;
  EXPECT_EQ(server->instance(id)->status, engine::InstanceStatus::running);
  server.manual.advance(std::chrono::seconds(2));
  EXPECT_TRUE(eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; }));
}

TEST_F(Recovery, DoesNotSufferFromACommitWhoseAnswerWasLost) {
  Options options;
  options.retry_ping = std::chrono::milliseconds(5);
  Server server(store, options);
  server.deploy(conversation);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "l")));
  store.lose_next_answer();
  EXPECT_TRUE(holds<Failure>(server.send(conversation, "add", "l", "was committed")));
  store.break_with(std::nullopt);
  ASSERT_TRUE(eventually([&] { return server->health().ready; }));
  auto answer = server.send(conversation, "ask", "l");
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message), "was committed");
  EXPECT_FALSE(store.check_chain(0)->broken_at);
}

TEST_F(Recovery, HoldsAMessageOnceAlsoWhenTheStoresAnswerWasLost) {
  Options options;
  options.retry_ping = std::chrono::milliseconds(5);
  for (const bool outage : {false, true}) {
    Server server(store, options);
    server.deploy(counter);
    const std::string id = outage ? "outage" : "moment";
    store.around_write = [&](FaultyStore::Write write, bool done) {
      if (write != FaultyStore::Write::hold_message || !done) return true;
      if (outage) store.break_with(engine::StoreErrorKind::unavailable);
      return false;
    };
    auto request = delivery(counter, "add", id);
    request.request_key = id;
    EXPECT_TRUE(holds<Failure>(server->deliver_and_wait(request)));
    store.around_write = nullptr;
    store.break_with(std::nullopt);
    ASSERT_TRUE(eventually([&] { return server->health().ready; }));
    EXPECT_TRUE(holds<Accepted>(server->deliver_and_wait(request)));
    ASSERT_TRUE(holds<Reply>(server.send(counter, "open", id)));
    EXPECT_TRUE(eventually([&] { return store.held_counts()->empty(); }));
    EXPECT_EQ(text_of(std::get<Reply>(server.send(counter, "ask", id)).message), "1");
  }
}

/// The receiver came while the message was written, and did not see it.
TEST_F(Recovery, BringsAMessageWhoseHoldingWasNotAnswered) {
  Options options;
  options.retry_ping = std::chrono::milliseconds(5);
  for (const bool outage : {false, true}) {
    Server server(store, options);
    server.deploy(conversation);
    const std::string id = outage ? "outage" : "moment";
    int holdings = 0;
    store.around_write = [&](FaultyStore::Write write, bool done) {
      if (write != FaultyStore::Write::hold_message) return true;
      if (!done) return ++holdings > 1 || holds<Reply>(server.send(conversation, "open", id));
      if (holdings > 1) return true;
      if (outage) store.break_with(engine::StoreErrorKind::unavailable);
      return false;
    };
    EXPECT_TRUE(holds<Failure>(server.send(conversation, "add", id, "late")));
    store.break_with(std::nullopt);
    ASSERT_TRUE(eventually([&] { return server->health().ready; }));
    server.manual.advance(std::chrono::seconds(2));
    EXPECT_TRUE(eventually([&] { return store.held_counts()->empty(); }));
    EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", id)).message), "late");
    store.around_write = nullptr;
  }
}

TEST_F(Recovery, FailsUnderLoadAndLosesNothing) {
  Options options;
  options.retry_ping = std::chrono::milliseconds(2);
  Server server(store, options);
  server.deploy(counter);
  constexpr int clients = 8;
  for (int c = 0; c < clients; ++c) ASSERT_TRUE(holds<Reply>(server.send(counter, "open", std::to_string(c))));
  std::atomic<bool> over{false};
  std::thread saboteur([&] {
    while (!over) {
      store.break_with(engine::StoreErrorKind::full);
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
      store.break_with(std::nullopt);
      std::this_thread::sleep_for(std::chrono::milliseconds(7));
    }
  });
  std::vector<int> accepted(clients);
  std::vector<std::thread> threads;
  for (int c = 0; c < clients; ++c)
    threads.emplace_back([&, c] {
      for (int i = 0; i < 200; ++i) {
        if (holds<Accepted>(server.send(counter, "add", std::to_string(c)))) ++accepted[c];
        std::this_thread::sleep_for(std::chrono::microseconds(200));
      }
    });
  for (auto& thread : threads) thread.join();
  over = true;
  saboteur.join();
  store.break_with(std::nullopt);
  ASSERT_TRUE(eventually([&] { return server->health().ready; }));
  for (int c = 0; c < clients; ++c) {
    auto answer = server.send(counter, "ask", std::to_string(c));
    ASSERT_TRUE(holds<Reply>(answer));
    EXPECT_EQ(text_of(std::get<Reply>(answer).message), std::to_string(accepted[c]));
  }
}

/// What a turn that throws costs.
class FailedTurn : public Recovery {
 protected:
  std::atomic<int> failures{0};
  Server server{store, options()};

  Options options() {
    Options options;
    options.before_turn = [this](InstanceId) {
      if (failures > 0 && failures-- > 0) throw std::runtime_error("a defect");
    };
    return options;
  }
  bool ended(InstanceId id) {
    return eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; });
  }
};

TEST_F(FailedTurn, CostsItsCommandOnly) {
  server.deploy(counter);
  for (const auto* id : {"a", "b"}) ASSERT_TRUE(holds<Reply>(server.send(counter, "open", id)));
  ASSERT_TRUE(holds<Accepted>(server.send(counter, "add", "a")));
  failures = 1;
  auto failed = server.send(counter, "add", "a");
  ASSERT_TRUE(holds<Failure>(failed));
  EXPECT_EQ(std::get<Failure>(failed).code, "failed-turn");
  EXPECT_EQ(std::get<Failure>(failed).kind, FailureKind::internal);
  ASSERT_TRUE(holds<Accepted>(server.send(counter, "add", "a")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(counter, "ask", "a")).message), "2");
  EXPECT_EQ(text_of(std::get<Reply>(server.send(counter, "ask", "b")).message), "0");
  EXPECT_EQ(server->metrics().instances_busy.load(), 0);
}

TEST_F(FailedTurn, StartsNothing) {
  server.deploy(counter);
  failures = 1;
  EXPECT_TRUE(holds<Failure>(server.send(counter, "open", "a")));
  EXPECT_TRUE(server->instances({})->empty());
  EXPECT_TRUE(holds<Reply>(server.send(counter, "open", "a")));
  EXPECT_EQ(server->health().warm_instances, 1u);
}

TEST_F(FailedTurn, LosesAnInstanceInMemoryOnly) {
  server.deploy(counter, R"({"inMemory": true})");
  for (const auto* id : {"a", "b"}) ASSERT_TRUE(holds<Reply>(server.send(counter, "open", id)));
  failures = 1;
  EXPECT_TRUE(holds<Failure>(server.send(counter, "add", "a")));
  EXPECT_EQ(server->instances({})->size(), 1u);
  EXPECT_TRUE(holds<Reply>(server.send(counter, "ask", "b")));
}

TEST_F(FailedTurn, LosesNoTimer) {
  server.deploy(sleeper);
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1")).instance;
  failures = 1;
  server.manual.advance(std::chrono::seconds(11));
  ASSERT_TRUE(eventually([&] { return failures == 0; }));
  EXPECT_TRUE(eventually([&] {  // the timer may be put off only after the clock was
    server.manual.advance(std::chrono::seconds(61));
    return server->instance(id)->status == engine::InstanceStatus::completed;
  }));
}

TEST_F(FailedTurn, LosesNoAnswerOfAPartner) {
  server.deploy(caller);
  server.partner.set([this](const PartnerCall& call, std::size_t) {
    failures = 1;
    return PartnerAnswer{call.message};
  });
  auto answer = server.send_later(delivery(caller, "open", "1", "x"));
  ASSERT_TRUE(eventually([&] { return server.partner.calls().size() == 1 && failures == 0; }));
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  server.manual.advance(std::chrono::seconds(61));
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  EXPECT_TRUE(holds<Reply>(answer.get()));
  EXPECT_EQ(server.partner.calls().size(), 1u);
}

TEST_F(Recovery, AnswersCallersWhenItStops) {
  auto server = std::make_unique<Server>(store);
  server->deploy(conversation);
  auto waiting = server->send_later(delivery(conversation, "ask", "x"));
  server.reset();
  ASSERT_EQ(waiting.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = waiting.get();
  ASSERT_TRUE(holds<Failure>(answer));
  EXPECT_EQ(std::get<Failure>(answer).kind, FailureKind::unavailable);
}

TEST_F(Recovery, KeepsAReplyForAClientThatAsksAgainAfterARestart) {
  Server server(store);
  server.deploy(echo);
  auto request = delivery(echo, "open", "1", "x");
  request.request_key = "k";
  auto first = server->deliver_and_wait(request);
  server.restart();
  auto second = server->deliver_and_wait(request);
  ASSERT_TRUE(holds<Reply>(second));
  EXPECT_EQ(std::get<Reply>(first).instance, std::get<Reply>(second).instance);
}

/// A conversation with a crash at the n-th time that a commit begins or has ended; the client asks again under the same
/// keys until it is answered, as a good client does. True when a crash happened.
bool converse_with_crash(CommitStage stage, int at) {
  auto inner = store::make_memory_store();
  FaultyStore store(*inner);
  std::atomic<int> seen{0};
  std::atomic<bool> crashed{false};
  Options options;
  options.on_commit = [&](CommitStage now) {
    if (crashed) return false;
    if (now != stage || ++seen != at) return true;
    crashed = true;
    return false;
  };
  Server server(store, options);
  server.deploy(caller);
  server.deploy(conversation);
  bool any = false;
  auto send = [&](const std::string& process, const std::string& operation, const std::string& text) {
    auto request = delivery(process, operation, "c", text);
    request.request_key = operation;
    for (int attempt = 0; attempt < 3; ++attempt) {
      auto answer = server->deliver_and_wait(request);
      if (!std::holds_alternative<Failure>(answer)) return answer;
      if (!crashed) return answer;
      any = true;
      server.restart();
      crashed = false;
      seen = 1'000'000;
    }
    return Answer{Failure{}};
  };
  EXPECT_TRUE(holds<Reply>(send(conversation, "open", "o")));
  EXPECT_TRUE(holds<Accepted>(send(conversation, "add", "added")));
  auto asked = send(conversation, "ask", "q");
  EXPECT_TRUE(holds<Reply>(asked));
  if (holds<Reply>(asked)) {
    EXPECT_EQ(text_of(std::get<Reply>(asked).message), "added");
  }
  auto called = send(caller, "open", "partner");
  EXPECT_TRUE(holds<Reply>(called));
  if (holds<Reply>(called)) {
    EXPECT_EQ(text_of(std::get<Reply>(called).message), "partner");
  }
  for (const auto& call : server.partner.calls()) EXPECT_EQ(call.key, server.partner.calls().front().key);
  const auto rows = *store.instances({});
  EXPECT_EQ(rows.size(), 2u);
  for (const auto& row : rows) EXPECT_EQ(row.status, engine::InstanceStatus::completed);
  EXPECT_TRUE(store.due_outbox({INT64_MAX}, 10)->empty());
  EXPECT_FALSE(store.check_chain(0)->broken_at);
  return any;
}

TEST(Crash, SurvivesOneBeforeAndAfterEveryCommit) {
  for (auto stage : {CommitStage::before, CommitStage::after}) {
    int at = 1;
    while (converse_with_crash(stage, at)) {
      ASSERT_FALSE(::testing::Test::HasFailure()) << "stage " << static_cast<int>(stage) << " commit " << at;
      ++at;
    }
    EXPECT_GT(at, 4);
  }
}

}  // namespace
}  // namespace echoflow::runtime::test
