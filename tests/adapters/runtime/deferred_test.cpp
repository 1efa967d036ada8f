#include <thread>

#include "adapters/runtime/builtin_partners.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "engine/ports/cx_store.hpp"
#include "tests/adapters/runtime/support.hpp"

/// Partners that answer later.
namespace echoflow::runtime::test {
namespace {

class DeferredCalls : public ::testing::Test {
 protected:
  std::unique_ptr<engine::Store> store = store::make_memory_store();
  Server server{*store};

  /// An instance whose call is taken and not answered yet; returns what its client will get.
  std::future<Answer> open() {
    server.deploy(caller);
    server.partner.set([](const PartnerCall&, std::size_t) { return PartnerAnswer{Deferred{}}; });
    auto answer = server.send_later(delivery(caller, "open", "1", "x"));
    EXPECT_TRUE(eventually([&] {
      const auto rows = store->due_outbox({INT64_MAX}, 1);
      return rows->size() == 1 && rows->front().next_attempt.micros == INT64_MAX;
    }));
    return answer;
  }
  engine::OutboxRow row() { return store->due_outbox({INT64_MAX}, 1)->at(0); }
};

TEST_F(DeferredCalls, AnswersLater) {
  auto answer = open();
  const auto call = row();
  EXPECT_EQ(server.partner.calls().size(), 1u);
  ASSERT_TRUE(server->complete_call(call.instance, call.activity, note("1", "at last")).ok());
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  EXPECT_EQ(text_of(std::get<Reply>(answer.get()).message), "at last");
  EXPECT_TRUE(store->due_outbox({INT64_MAX}, 1)->empty());
}

TEST_F(DeferredCalls, AnswersWithAFault) {
  auto answer = open();
  const auto call = row();
  Fault fault{{"urn:echoflow:faults:1.0", "partnerTimeout"}, {}, {}, "too late"};
  ASSERT_TRUE(server->complete_call(call.instance, call.activity, fault).ok());
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
  EXPECT_EQ(text_of(std::get<Reply>(answer.get()).message), "partnerTimeout");
}

TEST_F(DeferredCalls, IsNotCalledAgainAfterARestart) {
  auto answer = open();
  const auto call = row();
  server.restart();
  server.manual.advance(std::chrono::hours(24'000));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(server.partner.calls().size(), 1u);
  ASSERT_TRUE(server->complete_call(call.instance, call.activity, note("1", "at last")).ok());
  EXPECT_TRUE(eventually([&] { return server->instance(call.instance)->status == engine::InstanceStatus::completed; }));
}

TEST_F(DeferredCalls, TakesOneAnswerOnly) {
  auto answer = open();
  const auto call = row();
  ASSERT_TRUE(server->complete_call(call.instance, call.activity, note("1", "first")).ok());
  const auto second = server->complete_call(call.instance, call.activity, note("1", "second"));
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().kind, FailureKind::unavailable) << second.error().message;
  EXPECT_NE(second.error().code, "suspended");
  EXPECT_EQ(text_of(std::get<Reply>(answer.get()).message), "first");
}

TEST_F(DeferredCalls, WaitsForASuspendedInstance) {
  auto answer = open();
  const auto call = row();
  ASSERT_TRUE(server->suspend(call.instance, {"op", ""}).ok());
  const auto refused = server->complete_call(call.instance, call.activity, note("1", "early"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "suspended");
  EXPECT_FALSE(store->due_outbox({INT64_MAX}, 1)->empty());
  ASSERT_TRUE(server->resume(call.instance, {"op", ""}).ok());
  ASSERT_TRUE(server->complete_call(call.instance, call.activity, note("1", "late")).ok());
  EXPECT_EQ(text_of(std::get<Reply>(answer.get()).message), "late");
}

TEST_F(DeferredCalls, TellsThePartnerThatNobodyWaits) {
  auto answer = open();
  const auto call = row();
  ASSERT_TRUE(server->terminate(call.instance, {"op", ""}).ok());
  EXPECT_TRUE(eventually([&] { return server.partner.abandoned_calls() == 1; }));
  EXPECT_FALSE(store->cx().outbox(call.instance, call.activity)->has_value());
  EXPECT_FALSE(server->complete_call(call.instance, call.activity, note("1", "too late")).ok());
}

class Recorder final : public BuiltinService {
 public:
  PartnerAnswer call(const PartnerCall& call) override {
    address = call.address;
    return Deferred{};
  }
  void abandoned(InstanceId, ActivityId) override { ++abandonments; }
  std::string address;
  int abandonments = 0;
};

TEST(BuiltinPartners, ChoosesByTheAddress) {
  ScriptedPartner soap;
  Recorder tasks;
  BuiltinPartners partners(soap);
  partners.add("urn:echoflow:cx:1.0#Tasks", tasks);
  partners.add("urn:echoflow:cx:1.0#Notifications", tasks);
  program::Program program;
  program::PartnerLinkDecl link;
  program::WireOperation operation;
  const Message message = note("1", "x");
  PartnerCall call{program, link, operation, "urn:echoflow:cx:1.0#Tasks", message};
  EXPECT_TRUE(std::holds_alternative<Deferred>(partners.call(call)));
  EXPECT_EQ(tasks.address, call.address);
  call.address = "http://elsewhere/";
  EXPECT_TRUE(std::holds_alternative<Message>(partners.call(call)));
  call.address = "urn:echoflow:cx:1.0#Nothing";
  const auto unknown = partners.call(call);
  ASSERT_TRUE(std::holds_alternative<TransportFailure>(unknown));
  EXPECT_FALSE(std::get<TransportFailure>(unknown).retry);
  partners.abandoned(1, 2);
  EXPECT_EQ(tasks.abandonments, 1);
  EXPECT_EQ(soap.abandoned_calls(), 1u);
}

}  // namespace
}  // namespace echoflow::runtime::test
