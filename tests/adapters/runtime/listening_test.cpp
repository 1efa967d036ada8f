#include <algorithm>
#include <thread>

#include "adapters/store_memory/memory_store.hpp"
#include "models/cx/listeners.hpp"
#include "models/xml/reader.hpp"
#include "tests/adapters/runtime/support.hpp"

/// What the built-in services tell goes to the processes that listen, by their filters.
namespace echoflow::runtime::test {
namespace {

/// A complaint starts a case unless one runs for its conversation; whatever follows goes to the running case.
const char* const cases = R"(<?xml version="1.0"?>
<process name="cases" targetNamespace="urn:echoflow:test" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"
    xmlns:cx="urn:echoflow:cx:1.0" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    expressionLanguage="urn:oasis:names:tc:wsbpel:2.0:sublang:xpath2.0">
  <extensions><extension namespace="urn:echoflow:cx:1.0" mustUnderstand="yes"/></extensions>
  <import namespace="urn:echoflow:cx:1.0" location="echoflow-cx.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
  <partnerLinks><partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/></partnerLinks>
  <variables><variable name="post" messageType="cx:feedbackMessage"/><variable name="last" messageType="cx:feedbackMessage"/>
    <variable name="count" type="xsd:int"><from>0</from></variable></variables>
  <correlationSets><correlationSet name="conversation" properties="cx:conversationId"/></correlationSets>
  <eventHandlers>
    <onEvent partnerLink="voice" operation="onFeedback" variable="more" messageType="cx:feedbackMessage"
             cx:channels="page" cx:when="$feedback/cx:text != 'bye'">
      <correlations><correlation set="conversation" initiate="no"/></correlations>
      <scope isolated="yes"><assign><copy><from>$count + 1</from><to variable="count"/></copy></assign></scope>
    </onEvent>
  </eventHandlers>
  <sequence>
    <receive partnerLink="voice" operation="onFeedback" variable="post" createInstance="yes"
             cx:channels="page" cx:when="xsd:int($feedback/cx:rating) lt 3">
      <correlations><correlation set="conversation" initiate="join"/></correlations>
    </receive>
    <receive partnerLink="voice" operation="onFeedback" variable="last" cx:channels="page" cx:when="$feedback/cx:text = 'bye'">
      <correlations><correlation set="conversation" initiate="no"/></correlations>
    </receive>
  </sequence>
</process>)";
const std::string key_of_cases = "{urn:echoflow:test}cases";

Message post(const std::string& channel, const std::string& conversation, const std::string& rating,
             const std::string& text) {
  const std::string xml = R"(<cx:feedback xmlns:cx="urn:echoflow:cx:1.0"><cx:channel>)" + channel +
                          "</cx:channel><cx:conversationId>" + conversation + "</cx:conversationId><cx:text>" + text +
                          "</cx:text><cx:rating>" + rating + "</cx:rating></cx:feedback>";
  return {{"urn:echoflow:cx:1.0", "feedbackMessage"}, {std::make_shared<const xml::Document>(*xml::read(xml))}, {}, {}};
}

class Listening : public ::testing::Test {
 protected:
  void SetUp() override {
    auto deployed = server->deploy("cases", {{"cases.bpel", cases}});
    ASSERT_TRUE(deployed.ok());
    ASSERT_EQ(deployed->deployment.processes.size(), 1u);
  }
  Answer tell(const std::string& conversation, const std::string& rating, const std::string& text,
              const std::string& request_key = "") {
    Delivery delivery;
    delivery.process_key = key_of_cases;
    delivery.partner_link = "voice";
    delivery.operation = "onFeedback";
    delivery.message = post(channel, conversation, rating, text);
    delivery.request_key = request_key;
    delivery.want_reply = false;
    delivery.hold = hold;
    return server->deliver_and_wait(std::move(delivery));
  }
  static std::string code(const Answer& answer) {
    const auto* failure = std::get_if<Failure>(&answer);
    return failure == nullptr ? "" : failure->code;
  }
  static InstanceId instance(const Answer& answer) {
    const auto* accepted = std::get_if<Accepted>(&answer);
    return accepted == nullptr ? 0 : accepted->instance;
  }
  std::string count(InstanceId id) {
    const auto history = server->history(id);
    for (const auto& variable : (*history)->variables())
      if (variable.name == "count") return variable.parts.at(0)->string_value(xml::root_node);
    return "none";
  }

  bool hold = false;
  std::string channel = "page";
  std::unique_ptr<engine::Store> store = store::make_memory_store();
  Server server{*store};
};

TEST_F(Listening, TellsWhichServicesAProcessListensTo) {
  const auto program = server->newest_program(key_of_cases);
  ASSERT_TRUE(program.ok());
  const std::vector<cx::Listener> expected = {
      {"voice", {"urn:echoflow:cx:1.0", "FeedbackListener"}, "onFeedback", true}};
  EXPECT_EQ(cx::listeners(**program), expected);
}

TEST_F(Listening, RefusesAtOnceWhatNobodyTakes) {
  EXPECT_EQ(code(tell("a", "5", "fine")), "not-taken");
  hold = true;  // no filter will ever let it through: holding it would help nobody
  channel = "elsewhere";
  EXPECT_EQ(code(tell("a", "1", "broken")), "not-taken");
  EXPECT_TRUE(store->held_counts()->empty());
  EXPECT_TRUE(server->instances({})->empty());
}

TEST_F(Listening, HoldsOnlyWhereItMay) {
  // Nobody waits for a farewell in this conversation yet.
  EXPECT_EQ(code(tell("a", "5", "bye")), "not-taken");
  EXPECT_TRUE(store->held_counts()->empty());
  hold = true;
  EXPECT_TRUE(holds<Accepted>(tell("a", "5", "bye")));
  EXPECT_EQ(store->held_counts()->size(), 1u);
  // The case takes what was held for it as soon as it waits.
  const auto id = instance(tell("a", "1", "broken"));
  ASSERT_NE(id, 0);
  EXPECT_TRUE(eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; }));
}

TEST_F(Listening, ACustomersNextPostGoesToTheRunningCase) {
  const auto id = instance(tell("a", "1", "broken"));
  ASSERT_NE(id, 0);
  EXPECT_EQ(instance(tell("a", "1", "still broken")), id);
  EXPECT_EQ(instance(tell("a", "5", "thanks")), id);
  EXPECT_NE(instance(tell("b", "1", "mine too")), id);
  EXPECT_EQ(server->instances({})->size(), 2u);
  server.restart();
  EXPECT_EQ(instance(tell("a", "1", "and again")), id);
  EXPECT_TRUE(eventually([&] { return count(id) == "3"; }));
  EXPECT_EQ(instance(tell("a", "5", "bye")), id);
  EXPECT_TRUE(eventually([&] { return server->instance(id)->status == engine::InstanceStatus::completed; }));
}

TEST_F(Listening, PostsAtTheSameMomentStartOneCase) {
  std::vector<std::thread> threads;
  std::vector<InstanceId> takers(16);
  for (std::size_t i = 0; i < takers.size(); ++i)
    threads.emplace_back([&, i] { takers[i] = instance(tell("a", "1", "broken", "feedback-" + std::to_string(i))); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(server->instances({})->size(), 1u);
  EXPECT_TRUE(std::all_of(takers.begin(), takers.end(), [&](InstanceId id) { return id == takers[0] && id != 0; }));
  EXPECT_TRUE(eventually([&] { return count(takers[0]) == "15"; }));
}

TEST_F(Listening, TheSameRequestCountsOnce) {
  const auto id = instance(tell("a", "1", "broken", "feedback-1"));
  ASSERT_NE(id, 0);
  EXPECT_EQ(instance(tell("a", "1", "broken", "feedback-1")), id);
  EXPECT_EQ(count(id), "0");
}

TEST_F(Listening, AFaultingConditionLetsNothingThroughAndIsCounted) {
  EXPECT_EQ(code(tell("a", "great", "fine")), "not-taken");
  EXPECT_GT(server->metrics().filter_faults.load(), 0u);
  EXPECT_NE(server->metrics().prometheus().find("echoflow_filter_faults_total"), std::string::npos);
}

}  // namespace
}  // namespace echoflow::runtime::test
