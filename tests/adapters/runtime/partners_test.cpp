#include <thread>

#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/runtime/support.hpp"

/// Timers and partner calls.
namespace echoflow::runtime::test {
namespace {

const std::string impatient =
    R"({"partners": {"partner": {"retry": {"times": 3, "delaySeconds": 5}, "timeoutSeconds": 1, "onFailure": "fault"}}})";
const std::string with_incident = R"({"partners": {"partner": {"onFailure": "incident"}}})";

class Partners : public ::testing::Test {
 protected:
  std::unique_ptr<engine::Store> store = store::make_memory_store();
  Server server{*store};

  bool ended(InstanceId id) {
    return eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; });
  }
  static PartnerAnswer refuse(const PartnerCall&, std::size_t) {
    return TransportFailure{TransportFailure::Kind::unreachable, "connection refused", true};
  }
};

TEST_F(Partners, FiresATimerWhenItsTimeHasCome) {
  server.deploy(sleeper);
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1", "late")).instance;
  server.manual.advance(std::chrono::seconds(9));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(server->instance(id)->status, engine::InstanceStatus::running);
  server.manual.advance(std::chrono::seconds(2));
  EXPECT_TRUE(ended(id));
  ASSERT_TRUE(eventually([&] { return server.partner.calls().size() == 1; }));
  EXPECT_EQ(server.partner.calls()[0].text, "late");
  EXPECT_FALSE(store->next_timer()->has_value());
}

TEST_F(Partners, FiresATimerAfterARestart) {
  server.deploy(sleeper);
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1")).instance;
  server.restart();
  server.manual.advance(std::chrono::seconds(11));
  EXPECT_TRUE(ended(id));
}

TEST_F(Partners, KeepsATimerForASuspendedInstance) {
  server.deploy(sleeper);
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1")).instance;
  ASSERT_TRUE(server->suspend(id, {"op", ""}).ok());
  server.manual.advance(std::chrono::seconds(11));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(server->instance(id)->status, engine::InstanceStatus::suspended);
  ASSERT_TRUE(server->resume(id, {"op", ""}).ok());
  EXPECT_TRUE(ended(id));
}

TEST_F(Partners, FiresThousandsOfTimers) {
  server.deploy(sleeper, R"({"inMemory": false})");
  constexpr int count = 3'000;
  for (int i = 0; i < count; ++i) ASSERT_TRUE(holds<Reply>(server.send(sleeper, "open", std::to_string(i))));
  server.manual.advance(std::chrono::seconds(11));
  EXPECT_TRUE(eventually([&] { return server->metrics().instances_completed.load() == count; }));
  EXPECT_TRUE(eventually([&] { return server.partner.calls().size() == count; }));
}

TEST_F(Partners, CallsThePartnerAndReplies) {
  server.deploy(caller);
  server.partner.set(
      [](const PartnerCall& call, std::size_t) { return PartnerAnswer{note("1", call.idempotency_key)}; });
  auto answer = server.send(caller, "open", "1", "x");
  ASSERT_TRUE(holds<Reply>(answer));
  EXPECT_EQ(text_of(std::get<Reply>(answer).message).find(std::to_string(std::get<Reply>(answer).instance) + "-"), 0u);
  EXPECT_TRUE(store->due_outbox({INT64_MAX}, 10)->empty());
}

TEST_F(Partners, TriesAgainWithGrowingPausesUnderOneKey) {
  server.deploy(caller, impatient);
  server.partner.set([](const PartnerCall& call, std::size_t attempt) {
    return attempt < 2 ? refuse(call, attempt) : PartnerAnswer{note("1", "third time")};
  });
  auto answer = server.send_later(delivery(caller, "open", "1", "x"));
  ASSERT_TRUE(eventually([&] { return server.partner.calls().size() == 1; }));
  ASSERT_TRUE(eventually([&] { return store->due_outbox({INT64_MAX}, 1)->front().attempts == 1; }));
  server.manual.advance(std::chrono::milliseconds(5'001));
  ASSERT_TRUE(eventually([&] { return server.partner.calls().size() == 2; }));
  ASSERT_TRUE(eventually([&] { return store->due_outbox({INT64_MAX}, 1)->front().attempts == 2; }));
  server.manual.advance(std::chrono::milliseconds(6'000));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(server.partner.calls().size(), 2u);  // the second pause is twice as long
  server.manual.advance(std::chrono::milliseconds(4'001));
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  auto reply = answer.get();
  ASSERT_TRUE(holds<Reply>(reply));
  EXPECT_EQ(text_of(std::get<Reply>(reply).message), "third time");
  const auto calls = server.partner.calls();
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_EQ(calls[0].key, calls[2].key);
}

TEST_F(Partners, GivesAFaultThatTheProcessCatches) {
  server.deploy(caller);
  server.partner.set(refuse);
  EXPECT_EQ(text_of(std::get<Reply>(server.send(caller, "open", "1", "x")).message), "partnerUnreachable");
  server.partner.set([](const PartnerCall&, std::size_t) {
    return PartnerAnswer{TransportFailure{TransportFailure::Kind::timeout, "nothing", true}};
  });
  EXPECT_EQ(text_of(std::get<Reply>(server.send(caller, "open", "2", "x")).message), "partnerTimeout");
}

TEST_F(Partners, RaisesAnIncidentThatAnOperatorResolves) {
  server.deploy(caller, with_incident);
  server.partner.set(refuse);
  auto answer = server.send_later(delivery(caller, "open", "1", "x"));
  ASSERT_TRUE(eventually([&] { return server->incidents(0, 10)->size() == 1; }));
  const auto incident = server->incidents(0, 10)->front();
  EXPECT_EQ(incident.fault, "{urn:echoflow:faults:1.0}partnerUnreachable");
  server.partner.set({});
  ASSERT_TRUE(server->retry(incident.instance, incident.activity, {"op", "partner is back"}).ok());
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  EXPECT_TRUE(holds<Reply>(answer.get()));
  EXPECT_TRUE(server->incidents(0, 10)->empty());
}

TEST_F(Partners, SendsOneWayAlsoWhenTheInstanceHasEndedMeanwhile) {
  server.deploy(teller);
  ASSERT_TRUE(holds<Accepted>(server.send(teller, "add", "1", "told")));
  ASSERT_TRUE(eventually([&] { return server.partner.calls().size() == 1; }));
  EXPECT_EQ(server.partner.calls()[0].text, "told");
  EXPECT_TRUE(eventually([&] { return store->due_outbox({INT64_MAX}, 10)->empty(); }));
}

TEST_F(Partners, TriesAOneWayMessageAgainAlthoughItsInstanceHasEnded) {
  server.deploy(teller);
  server.partner.set([](const PartnerCall& call, std::size_t attempt) {
    return attempt == 0 ? refuse(call, attempt) : PartnerAnswer{Message{}};
  });
  ASSERT_TRUE(holds<Accepted>(server.send(teller, "add", "1", "told")));
  ASSERT_TRUE(eventually([&] {
    auto rows = store->due_outbox({INT64_MAX}, 1);
    return !rows->empty() && rows->front().attempts == 1;
  }));
  EXPECT_EQ(server->instances({})->front().status, engine::InstanceStatus::completed);
  server.restart();
  server.manual.advance(std::chrono::seconds(6));
  EXPECT_TRUE(eventually([&] { return store->due_outbox({INT64_MAX}, 10)->empty(); }));
  ASSERT_EQ(server.partner.calls().size(), 2u);
  EXPECT_EQ(server.partner.calls()[0].key, server.partner.calls()[1].key);
}

TEST_F(Partners, TakesUpOutstandingCallsAfterARestart) {
  server.deploy(caller, impatient);
  server.partner.set(refuse);
  auto lost = server.send_later(delivery(caller, "open", "1", "x"));
  ASSERT_TRUE(eventually([&] {
    auto rows = store->due_outbox({INT64_MAX}, 1);
    return !rows->empty() && rows->front().attempts == 1;
  }));
  const auto key = server.partner.calls().front().key;
  server.restart();
  EXPECT_TRUE(holds<Failure>(lost.get()));
  server.partner.set({});
  server.manual.advance(std::chrono::seconds(6));
  const auto id = server->instances({})->front().id;
  EXPECT_TRUE(ended(id));
  EXPECT_EQ(server.partner.calls().back().key, key);
  EXPECT_TRUE(store->due_outbox({INT64_MAX}, 10)->empty());
}

TEST_F(Partners, KeepsAnAnswerForASuspendedInstance) {
  server.deploy(caller);
  std::promise<void> release;
  auto gate = release.get_future().share();
  server.partner.set([gate](const PartnerCall& call, std::size_t) {
    gate.wait();
    return PartnerAnswer{call.message};
  });
  auto answer = server.send_later(delivery(caller, "open", "1", "x"));
  ASSERT_TRUE(eventually([&] { return server.partner.calls().size() == 1; }));
  const auto id = server->instances({})->front().id;
  ASSERT_TRUE(server->suspend(id, {"op", ""}).ok());
  release.set_value();
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  ASSERT_TRUE(server->resume(id, {"op", ""}).ok());
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  EXPECT_TRUE(holds<Reply>(answer.get()));
  EXPECT_EQ(server.partner.calls().size(), 1u);
}

TEST_F(Partners, RunsTimersAndCallsInMemory) {
  server.deploy(sleeper, R"({"inMemory": true})");
  const auto id = std::get<Reply>(server.send(sleeper, "open", "1", "x")).instance;
  server.manual.advance(std::chrono::seconds(11));
  EXPECT_TRUE(ended(id));
  EXPECT_TRUE(eventually([&] { return server.partner.calls().size() == 1; }));
  EXPECT_EQ(server->metrics().commits.load(), 0u);
}

}  // namespace
}  // namespace echoflow::runtime::test
