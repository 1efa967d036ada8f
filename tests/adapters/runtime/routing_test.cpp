#include <algorithm>
#include <thread>

#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/runtime/support.hpp"

/// Messages find the instances that they are meant for.
namespace echoflow::runtime::test {
namespace {

class Routing : public ::testing::Test {
 protected:
  std::unique_ptr<engine::Store> store = store::make_memory_store();
  Server server{*store};

  std::vector<engine::InstanceRow> rows() { return *server->instances({}); }
};

TEST_F(Routing, StartsAnInstanceAndReplies) {
  server.deploy(echo);
  auto answer = server.send(echo, "open", "1", "hello");
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message), "hello");
  auto row = server->instance(std::get<Reply>(answer).instance);
  ASSERT_TRUE(row.ok());
  EXPECT_EQ(row->status, engine::InstanceStatus::completed);
  EXPECT_TRUE(server->check_chain(0)->broken_at == std::nullopt);
}

TEST_F(Routing, RefusesWhatItDoesNotKnow) {
  server.deploy(echo);
  auto no_process = server.send("Nothing", "open", "1");
  ASSERT_TRUE(holds<Failure>(no_process));
  EXPECT_EQ(std::get<Failure>(no_process).code, "unknown-process");
  auto no_operation = server.send(echo, "ask", "1");
  ASSERT_TRUE(holds<Failure>(no_operation));
  EXPECT_EQ(std::get<Failure>(no_operation).code, "unknown-operation");
  EXPECT_EQ(server->instance(4711).error().kind, FailureKind::not_found);
  EXPECT_EQ(server->suspend(4711, {"me", ""}).error().kind, FailureKind::not_found);
}

TEST_F(Routing, RefusesADeploymentWithoutAProcess) {
  auto deployed = server->deploy("nothing", {{"readme.txt", "hello"}});
  ASSERT_FALSE(deployed.ok());
  EXPECT_TRUE(has_errors(deployed.error().findings));
  EXPECT_TRUE(server->directory()->deployments.empty());
}

TEST_F(Routing, CorrelatesByProperty) {
  server.deploy(conversation);
  auto first = server.send(conversation, "open", "a");
  auto second = server.send(conversation, "open", "b");
  ASSERT_TRUE(holds<Reply>(first));
  ASSERT_TRUE(holds<Reply>(second));
  auto added = server.send(conversation, "add", "b", "for b");
  ASSERT_TRUE(holds<Accepted>(added));
  EXPECT_EQ(std::get<Accepted>(added).instance, std::get<Reply>(second).instance);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "a", "for a")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "a")).message), "for a");
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "b")).message), "for b");
}

TEST_F(Routing, HoldsAOneWayMessageUntilSomebodyWaits) {
  server.deploy(conversation);
  auto early = server.send(conversation, "add", "x", "early");
  ASSERT_TRUE(holds<Accepted>(early));
  EXPECT_EQ(std::get<Accepted>(early).instance, 0);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "x")));
  auto answer = server.send(conversation, "ask", "x");
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message), "early");
  EXPECT_TRUE(store->held_counts()->empty());
}

TEST_F(Routing, HoldsARequestWhileItsCallerWaits) {
  server.deploy(conversation);
  auto early = server.send_later(delivery(conversation, "ask", "x"));
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "x")));
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "x", "now")));
  ASSERT_EQ(early.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = early.get();
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message), "now");
}

TEST_F(Routing, WithdrawsARequestThatNobodyTakes) {
  server.deploy(conversation);
  auto early = server.send_later(delivery(conversation, "ask", "x"));
  server.manual.advance(std::chrono::seconds(31));
  ASSERT_EQ(early.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = early.get();
  ASSERT_TRUE(holds<Failure>(answer));
  EXPECT_EQ(std::get<Failure>(answer).kind, FailureKind::timeout);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "x")));
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "x", "later")));
  auto asked = server.send(conversation, "ask", "x");
  ASSERT_TRUE(holds<Reply>(asked));
}

TEST_F(Routing, LetsAnInstanceGoOnWhenItsCallerHasWaitedLongEnough) {
  server.deploy(caller);
  std::promise<void> release;
  auto gate = release.get_future().share();
  server.partner.set([gate](const PartnerCall& call, std::size_t) {
    gate.wait();
    return PartnerAnswer{call.message};
  });
  auto request = delivery(caller, "open", "1", "slow");
  request.timeout = std::chrono::seconds(2);
  auto waiting = server.send_later(std::move(request));
  ASSERT_TRUE(eventually([&] { return !server.partner.calls().empty(); }));
  server.manual.advance(std::chrono::seconds(3));
  ASSERT_EQ(waiting.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = waiting.get();
  release.set_value();
  ASSERT_TRUE(holds<Accepted>(answer));
  EXPECT_TRUE(std::get<Accepted>(answer).waiting);
  const auto id = std::get<Accepted>(answer).instance;
  EXPECT_TRUE(eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; }));
}

TEST_F(Routing, AnswersAtOnceWhenAnInstanceEndsWithoutAReply) {
  server.deploy(silent);
  auto answer = server.send(silent, "open", "1");
  ASSERT_TRUE(holds<FaultReply>(answer));
  EXPECT_EQ(std::get<FaultReply>(answer).fault.name.local, "missingReply");
}

TEST_F(Routing, AcceptsARequestWhoseReplyIsNotWanted) {
  server.deploy(echo);
  auto request = delivery(echo, "open", "1");
  request.want_reply = false;
  request.business_key = "order-1";
  auto answer = server->deliver_and_wait(std::move(request));
  ASSERT_TRUE(holds<Accepted>(answer));
  EXPECT_EQ(server->instance(std::get<Accepted>(answer).instance)->business_key, "order-1");
}

TEST_F(Routing, JoinsTwoStartersInOneInstance) {
  server.deploy(meeting);
  auto first = server.send_later(delivery(meeting, "ask", "m", "ask"));
  auto second = server.send(meeting, "open", "m", "open");
  ASSERT_TRUE(holds<Reply>(second));
  auto other = first.get();
  ASSERT_TRUE(holds<Reply>(other));
  EXPECT_EQ(std::get<Reply>(other).instance, std::get<Reply>(second).instance);
  EXPECT_EQ(text_of(std::get<Reply>(other).message), "open+ask");
}

TEST_F(Routing, JoinsAlsoWhenBothComeAtTheSameTime) {
  server.deploy(meeting);
  constexpr int pairs = 200;
  std::vector<std::future<Answer>> opens(pairs), asks(pairs);
  auto send_all = [&](std::vector<std::future<Answer>>& answers, const std::string& operation) {
    for (int i = 0; i < pairs; ++i)
      answers[i] = server.send_later(delivery(meeting, operation, std::to_string(i), operation));
  };
  std::thread one([&] { send_all(opens, "open"); });
  std::thread two([&] { send_all(asks, "ask"); });
  one.join();
  two.join();
  for (int i = 0; i < pairs; ++i) {
    ASSERT_EQ(opens[i].wait_for(std::chrono::seconds(10)), std::future_status::ready) << i;
    ASSERT_EQ(asks[i].wait_for(std::chrono::seconds(10)), std::future_status::ready) << i;
    auto open = opens[i].get();
    auto ask = asks[i].get();
    ASSERT_TRUE(holds<Reply>(open));
    ASSERT_TRUE(holds<Reply>(ask));
    EXPECT_EQ(std::get<Reply>(open).instance, std::get<Reply>(ask).instance);
  }
  EXPECT_EQ(server->metrics().instances_started.load(), static_cast<std::uint64_t>(pairs));
}

TEST_F(Routing, ServesSixtyFourThreads) {
  server.deploy(counter);
  constexpr int threads = 64, adds = 10;
  std::vector<std::thread> clients;
  std::atomic<int> good{0};
  for (int t = 0; t < threads; ++t) {
    clients.emplace_back([&, t] {
      const auto id = std::to_string(t);
      if (!holds<Reply>(server.send(counter, "open", id))) return;
      for (int i = 0; i < adds; ++i)
        if (!holds<Accepted>(server.send(counter, "add", id))) return;
      auto answer = server.send(counter, "ask", id);
      if (holds<Reply>(answer) && text_of(std::get<Reply>(answer).message) == std::to_string(adds)) ++good;
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(good.load(), threads);
  EXPECT_FALSE(server->check_chain(0)->broken_at);
}

TEST_F(Routing, TakesManyMessagesForOneInstanceInTurn) {
  server.deploy(counter);
  ASSERT_TRUE(holds<Reply>(server.send(counter, "open", "one")));
  constexpr int threads = 16, adds = 20;
  std::vector<std::thread> clients;
  std::atomic<int> accepted{0};
  for (int t = 0; t < threads; ++t)
    clients.emplace_back([&] {
      for (int i = 0; i < adds; ++i)
        if (holds<Accepted>(server.send(counter, "add", "one"))) ++accepted;
    });
  for (auto& client : clients) client.join();
  EXPECT_EQ(accepted.load(), threads * adds);
  auto answer = server.send(counter, "ask", "one");
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message), std::to_string(threads * adds));
}

TEST_F(Routing, NeverMissesAMessageThatRacesWithItsReceiver) {
  server.deploy(conversation);
  constexpr int rounds = 200;
  std::vector<std::future<Answer>> opens(rounds), adds(rounds);
  std::thread one([&] {
    for (int i = 0; i < rounds; ++i) opens[i] = server.send_later(delivery(conversation, "open", std::to_string(i)));
  });
  std::thread two([&] {
    for (int i = 0; i < rounds; ++i)
      adds[i] = server.send_later(delivery(conversation, "add", std::to_string(i), "add"));
  });
  one.join();
  two.join();
  for (int i = 0; i < rounds; ++i) {
    ASSERT_TRUE(holds<Reply>(opens[i].get())) << i;
    ASSERT_TRUE(holds<Accepted>(adds[i].get())) << i;
    auto asked = server.send_later(delivery(conversation, "ask", std::to_string(i)));
    ASSERT_EQ(asked.wait_for(std::chrono::seconds(5)), std::future_status::ready) << i;
    EXPECT_TRUE(holds<Reply>(asked.get()));
  }
}

TEST_F(Routing, AnswersTheSameRequestOnce) {
  server.deploy(echo);
  auto request = delivery(echo, "open", "1", "first");
  request.request_key = "k1";
  auto first = server->deliver_and_wait(request);
  request.message = note("1", "second");
  auto second = server->deliver_and_wait(request);
  ASSERT_TRUE(holds<Reply>(first));
  ASSERT_TRUE(holds<Reply>(second));
  EXPECT_EQ(std::get<Reply>(first).instance, std::get<Reply>(second).instance);
  EXPECT_EQ(text_of(std::get<Reply>(second).message), "first");
  EXPECT_EQ(rows().size(), 1u);
}

TEST_F(Routing, AnswersTheSameRequestOnceAlsoAtTheSameTime) {
  server.deploy(caller);
  std::promise<void> release;
  auto gate = release.get_future().share();
  server.partner.set([gate](const PartnerCall& call, std::size_t) {
    gate.wait();
    return PartnerAnswer{call.message};
  });
  auto request = delivery(caller, "open", "1", "x");
  request.request_key = "k1";
  std::vector<std::future<Answer>> answers;
  for (int i = 0; i < 10; ++i) answers.push_back(server.send_later(request));
  release.set_value();
  for (auto& answer : answers) EXPECT_TRUE(holds<Reply>(answer.get()));
  EXPECT_EQ(rows().size(), 1u);
}

TEST_F(Routing, HoldsTheSameMessageOnce) {
  server.deploy(conversation);
  auto message = delivery(conversation, "add", "x", "once");
  message.request_key = "k";
  ASSERT_TRUE(holds<Accepted>(server->deliver_and_wait(message)));
  ASSERT_TRUE(holds<Accepted>(server->deliver_and_wait(message)));
  EXPECT_EQ(store->held_counts()->front().count, 1);
}

TEST_F(Routing, StartsOnTheNewestVersionAndFinishesOnTheOld) {
  server.deploy(conversation);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "old")));
  server.deploy(conversation);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "new")));
  auto listed = rows();
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_NE(listed[0].process, listed[1].process);
  EXPECT_EQ(server->directory()->newest(key(conversation))->version, 2);
  for (const auto* id : {"old", "new"}) {
    ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", id, id)));
    EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", id)).message), id);
  }
}

TEST_F(Routing, UndeploysOnlyWithoutInstancesOrWithCascade) {
  server.deploy(conversation);
  const auto id = server->directory()->deployments.begin()->first;
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "a")));
  auto refused = server->undeploy(id, false);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, FailureKind::conflict);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "a", "still here")));
  auto waiting = server.send_later(delivery(conversation, "ask", "other"));
  ASSERT_TRUE(server->undeploy(id, true).ok());
  EXPECT_TRUE(rows().empty());
  EXPECT_TRUE(holds<Failure>(server.send(conversation, "open", "a")));
  EXPECT_EQ(server->undeploy(id, true).error().kind, FailureKind::not_found);
}

TEST_F(Routing, StartsNoInstanceOfARetiredProcess) {
  const std::string descriptor = R"({"processes": {"Conversation": {"retired": true}}})";
  server.deploy(conversation, descriptor);
  auto refused = server.send(conversation, "open", "new");
  ASSERT_TRUE(holds<Failure>(refused));
  EXPECT_EQ(std::get<Failure>(refused).code, "retired-process");
  EXPECT_EQ(std::get<Failure>(refused).kind, FailureKind::conflict);
  server.deploy(conversation);
  server.deploy(conversation, descriptor);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "new")));
  EXPECT_EQ(rows().front().process, server->directory()->versions.at(key(conversation))[1]->id);
}

TEST_F(Routing, DropsWhatIsHeldForAnUndeployedProcess) {
  server.deploy(conversation);
  server.deploy(counter);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "x", "early")));
  ASSERT_TRUE(holds<Accepted>(server.send(counter, "add", "x")));
  auto early = server.send_later(delivery(conversation, "ask", "x"));
  const auto id = server->directory()->newest(key(conversation))->deployment;
  ASSERT_TRUE(server->undeploy(id, true).ok());
  ASSERT_EQ(early.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = early.get();
  ASSERT_TRUE(holds<Failure>(answer));
  EXPECT_EQ(std::get<Failure>(answer).code, "undeployed");
  const auto left = *store->held_counts();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].process_key, key(counter));
  server.deploy(conversation);
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "x")));
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "x", "new")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "x")).message), "new");
}

TEST_F(Routing, KeepsHeldMessagesWhileAnotherVersionIsThere) {
  server.deploy(conversation);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "x", "early")));
  server.deploy(conversation);
  const auto first = server->directory()->versions.at(key(conversation)).front()->deployment;
  ASSERT_TRUE(server->undeploy(first, false).ok());
  ASSERT_TRUE(holds<Reply>(server.send(conversation, "open", "x")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "x")).message), "early");
}

TEST_F(Routing, AnswersWhoWaitsForASleepingInstanceThatIsRemoved) {
  server.deploy(meeting);
  auto waiting = server.send_later(delivery(meeting, "open", "m"));
  ASSERT_TRUE(eventually([&] { return rows().size() == 1; }));
  server.manual.advance(std::chrono::seconds(60));
  ASSERT_TRUE(eventually([&] { return server->health().warm_instances == 0; }));
  ASSERT_TRUE(server->undeploy(server->directory()->deployments.begin()->first, true).ok());
  ASSERT_EQ(waiting.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = waiting.get();
  ASSERT_TRUE(holds<Failure>(answer));
  EXPECT_EQ(std::get<Failure>(answer).code, "undeployed");
}

TEST_F(Routing, HoldsForASuspendedInstance) {
  server.deploy(conversation);
  const auto id = std::get<Reply>(server.send(conversation, "open", "s")).instance;
  ASSERT_TRUE(server->suspend(id, {"op", "look"}).ok());
  EXPECT_EQ(server->instance(id)->status, engine::InstanceStatus::suspended);
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "s", "kept")));
  auto asked = server.send_later(delivery(conversation, "ask", "s"));
  EXPECT_EQ(asked.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  ASSERT_TRUE(server->resume(id, {"op", "go"}).ok());
  ASSERT_EQ(asked.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto answer = asked.get();
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message), "kept");
}

TEST_F(Routing, TerminatesAnInstance) {
  server.deploy(conversation);
  const auto id = std::get<Reply>(server.send(conversation, "open", "t")).instance;
  ASSERT_TRUE(server->terminate(id, {"op", "enough"}).ok());
  EXPECT_EQ(server->instance(id)->status, engine::InstanceStatus::terminated);
  EXPECT_FALSE(server->terminate(id, {"op", "again"}).ok());
  EXPECT_EQ(server->metrics().instances_terminated.load(), 1u);
}

TEST_F(Routing, ShowsAndRepairsVariables) {
  server.deploy(conversation);
  const auto id = std::get<Reply>(server.send(conversation, "open", "v", "before")).instance;
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "v", "wrong")));
  ASSERT_TRUE(server->set_variable(id, "added", 0, note("v", "repaired").parts, {"op", "typo"}).ok());
  EXPECT_EQ(server->set_variable(id, "nothing", 0, {}, {"op", ""}).error().kind, FailureKind::not_found);
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "v")).message), "repaired");
  auto history = server->history(id);
  ASSERT_TRUE(history.ok());
  EXPECT_FALSE((*history)->activities().empty());
}

TEST_F(Routing, RunsInMemoryProcessesWithoutTheStore) {
  server.deploy(conversation, R"({"inMemory": true})");
  const auto id = std::get<Reply>(server.send(conversation, "open", "a")).instance;
  ASSERT_TRUE(holds<Accepted>(server.send(conversation, "add", "a", "kept")));
  EXPECT_EQ(text_of(std::get<Reply>(server.send(conversation, "ask", "a")).message), "kept");
  EXPECT_FALSE(store->instance(id)->has_value());
  EXPECT_EQ(server->instance(id)->status, engine::InstanceStatus::completed);
  EXPECT_EQ(rows().size(), 1u);
  EXPECT_TRUE(server->history(id).ok());
  EXPECT_EQ(server->metrics().commits.load(), 0u);
}

}  // namespace
}  // namespace echoflow::runtime::test
