#include <fstream>
#include <future>
#include <sstream>

#include "adapters/cx/feedback/publisher.hpp"
#include "adapters/cx/tasks/process_side.hpp"
#include "adapters/cx/tasks/runtime_world.hpp"
#include "adapters/store_memory/memory_store.hpp"
#include "models/cx/task_request.hpp"
#include "models/xml/reader.hpp"
#include "tests/adapters/cx/feedback/world.hpp"

/// Tasks and processes together: from the people activity to its answer.
namespace echoflow::tasks {
namespace {

using intake::test::eventually;

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(ECHOFLOW_SOURCE_DIR) + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* head = R"(<?xml version="1.0"?>
<process name="NAME" targetNamespace="urn:test" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"
    xmlns:p="urn:echoflow:test:probe" xmlns:cx="urn:echoflow:cx:1.0" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:b4p="http://docs.oasis-open.org/ns/bpel4people/bpel4people/200803"
    xmlns:htd="http://docs.oasis-open.org/ns/bpel4people/ws-humantask/200803"
    xmlns:htt="http://docs.oasis-open.org/ns/bpel4people/ws-humantask/types/200803">
  <extensions><extension namespace="urn:echoflow:cx:1.0" mustUnderstand="yes"/>
    <extension namespace="http://docs.oasis-open.org/ns/bpel4people/bpel4people/200803" mustUnderstand="yes"/></extensions>
  <import namespace="urn:echoflow:test:probe" location="probe.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
  <import namespace="urn:echoflow:cx:1.0" location="echoflow-cx.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
)";

constexpr const char* asking = R"(
  <partnerLinks><partnerLink name="client" partnerLinkType="p:ProbeLink" myRole="probe"/></partnerLinks>
  <variables><variable name="in" messageType="p:requestMessage"/><variable name="out" messageType="p:responseMessage"/></variables>
  <sequence>
    <receive partnerLink="client" operation="ask" variable="in" createInstance="yes"/>
    <scope><faultHandlers><catch faultName="cx:cannot"><assign><copy><from>'sorry'</from><to variable="out" part="body"/></copy></assign></catch></faultHandlers>
    <extensionActivity><b4p:peopleActivity name="answer" inputVariable="in" outputVariable="out">
      <htd:task name="Answer"><htd:priority>4</htd:priority>
        <htd:peopleAssignments><htd:potentialOwners><htd:from><htd:literal><htt:organizationalEntity><htt:group>service</htt:group></htt:organizationalEntity></htd:literal></htd:from></htd:potentialOwners></htd:peopleAssignments>
        <htd:presentationElements><htd:presentationParameters><htd:presentationParameter name="text">$in.body</htd:presentationParameter></htd:presentationParameters>
          <htd:subject xml:lang="en">Answer: {$text}</htd:subject><htd:subject xml:lang="de">Antworte: {$text}</htd:subject></htd:presentationElements>
        <htd:deadlines><htd:startDeadline name="begin" cx:calendar="standard"><htd:for>'PT1H'</htd:for>
          <htd:escalation name="angry"><htd:condition>$in.body = 'angry' and htd:getState() = 'ready'</htd:condition><cx:taskEvent/></htd:escalation>
          <htd:escalation name="calm"><htd:condition>$in.body = 'calm'</htd:condition><cx:taskEvent/></htd:escalation>
        </htd:startDeadline></htd:deadlines>
      </htd:task></b4p:peopleActivity></extensionActivity></scope>
    <reply partnerLink="client" operation="ask" variable="out"/>
  </sequence></process>)";

constexpr const char* watching = R"(
  <partnerLinks><partnerLink name="watch" partnerLinkType="cx:taskEvents" myRole="listener"/></partnerLinks>
  <variables><variable name="event" messageType="cx:taskEventMessage"/></variables>
  <receive partnerLink="watch" operation="onTaskEvent" variable="event" createInstance="yes"/></process>)";

std::map<std::string, std::string> files(const std::string& name, const char* body) {
  std::string text = head;
  text.replace(text.find("NAME"), 4, name);
  return {{name + ".bpel", text + body},
          {"probe.wsdl", file_text("tests/conformance/shared/probe.wsdl")},
          {"echoflow-cx.wsdl", file_text("models/cx/schema/echoflow-cx.wsdl")},
          {"echoflow-cx.xsd", file_text("models/cx/schema/echoflow-cx.xsd")}};
}

class NoNotices final : public Notifier {
 public:
  Outcome notify(const Notice&) override { return {}; }
};

/// A server without sockets: runtime and tasks on one store.
class Server {
 public:
  Server() { open(); }
  ~Server() { close(); }
  void restart() {
    close();
    open();
  }
  void deploy(const std::string& name, const char* body) {
    auto deployed = runtime->deploy(name, files(name, body));
    ASSERT_TRUE(deployed) << (deployed.error().findings.empty() ? "" : deployed.error().findings[0].message);
  }
  std::future<runtime::Answer> ask(const std::string& text) {
    runtime::Delivery delivery;
    delivery.process_key = "{urn:test}Asking";
    delivery.partner_link = "client";
    delivery.operation = "ask";
    delivery.message = {{"urn:echoflow:test:probe", "requestMessage"}, {element("request", text)}, {}, {}, {}};
    auto promise = std::make_shared<std::promise<runtime::Answer>>();
    auto answer = promise->get_future();
    runtime->deliver(std::move(delivery), [promise](runtime::Answer a) { promise->set_value(std::move(a)); });
    return answer;
  }
  static xml::DocumentPtr element(const std::string& name, const std::string& text) {
    return std::make_shared<const xml::Document>(
        xml::read("<p:" + name + " xmlns:p='urn:echoflow:test:probe'>" + text + "</p:" + name + ">").value());
  }
  /// The only task, once it is there.
  Task task() {
    EXPECT_TRUE(eventually([&] { return tasks->list({})->tasks.size() == 1; }));
    auto page = tasks->list({});
    return page->tasks.empty() ? Task{} : page->tasks[0];
  }
  std::string act(Operation operation, std::optional<Parts> parts = {}, const std::string& fault = "") {
    Command command;
    command.operation = operation;
    command.actor = tasks->actor("anna", {"service"});
    command.parts = std::move(parts);
    command.name = fault;
    auto done = tasks->act(task().id, command);
    return done ? "" : done.error().code + ": " + done.error().message;
  }
  std::size_t instances(const std::string& process) {
    engine::InstanceFilter filter;
    filter.process_key = "{urn:test}" + process;
    return runtime->instances(filter)->size();
  }

  intake::test::Wristwatch clock;
  std::unique_ptr<engine::Store> store = store::make_memory_store();
  std::unique_ptr<runtime::Runtime> runtime;
  std::unique_ptr<TaskService> tasks;

 private:
  void open() {
    options.calendars.put(calendar::Calendar::standard());
    builtin = std::make_unique<runtime::BuiltinPartners>(nobody);
    world = std::make_unique<RuntimeWorld>(
        *store,
        [this](std::string_view type, std::string_view operation, Message message, const std::string& key) {
          std::promise<intake::Told> told;
          publisher->publish({type, operation, std::move(message), key, ""},
                             [&](intake::Told t) { told.set_value(std::move(t)); });
          const auto answer = told.get_future().get();
          return Outcome{answer.try_again ? Settled::later : Settled::done, answer.reason};
        },
        notices);
    tasks = std::make_unique<TaskService>(*store, *world, clock, options);
    partner = std::make_unique<TaskPartner>(*tasks, *store);
    builtin->add(cx::address_of_tasks, *partner);
    runtime = std::make_unique<runtime::Runtime>(*store, compiler, *builtin, runtime::Options{}, clock);
    publisher = std::make_unique<intake::RuntimePublisher>(*runtime);
    EXPECT_TRUE(runtime->start());
    world->set_runtime(*runtime);
    EXPECT_TRUE(tasks->start());
  }
  void close() {
    tasks->stop();
    runtime->stop();
    publisher.reset();
    runtime.reset();
    tasks.reset();
  }

  Options options;
  intake::test::BpelCompiler compiler;
  intake::test::NoPartners nobody;
  NoNotices notices;
  std::unique_ptr<runtime::BuiltinPartners> builtin;
  std::unique_ptr<RuntimeWorld> world;
  std::unique_ptr<TaskPartner> partner;
  std::unique_ptr<intake::RuntimePublisher> publisher;
};

std::string text_of(const runtime::Answer& answer) {
  const auto* reply = std::get_if<runtime::Reply>(&answer);
  if (!reply || reply->message.parts.empty() || !reply->message.parts[0]) return "no reply";
  return reply->message.parts[0]->string_value(xml::root_node);
}

TEST(PeopleActivity, IsAnsweredByATask) {
  Server server;
  server.deploy("Asking", asking);
  auto answer = server.ask("where is it?");
  const auto task = server.task();
  EXPECT_EQ(task.creation.name, "Answer");
  EXPECT_EQ(task.priority, 4);
  EXPECT_EQ(task.state, TaskState::ready);
  EXPECT_EQ(text_in(task.creation.presentation.subjects, "de"), "Antworte: where is it?");
  EXPECT_EQ(text_in(task.creation.presentation.subjects, "en"), "Answer: where is it?");
  ASSERT_EQ(task.creation.input.size(), 1u);
  EXPECT_EQ(task.creation.input[0]->string_value(xml::root_node), "where is it?");
  EXPECT_EQ(server.act(Operation::claim), "");
  EXPECT_EQ(server.act(Operation::start), "");
  EXPECT_EQ(server.act(Operation::complete, Parts{Server::element("response", "on its way")}), "");
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(text_of(answer.get()), "on its way");
}

TEST(PeopleActivity, AFailedTaskIsAFaultThatTheProcessCatches) {
  Server server;
  server.deploy("Asking", asking);
  auto answer = server.ask("hello");
  (void)server.task();
  EXPECT_EQ(server.act(Operation::start), "");
  EXPECT_EQ(server.act(Operation::fail, {}, "{urn:echoflow:cx:1.0}cannot"), "");
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(text_of(answer.get()), "sorry");
}

TEST(PeopleActivity, IsAnsweredAfterARestartOnce) {
  Server server;
  server.deploy("Asking", asking);
  (void)server.ask("hello");
  (void)server.task();
  server.restart();
  EXPECT_EQ(server.task().state, TaskState::ready);
  EXPECT_EQ(server.act(Operation::start), "");
  EXPECT_EQ(server.act(Operation::complete, Parts{Server::element("response", "late")}), "");
  EXPECT_TRUE(eventually([&] {
    auto rows = server.runtime->instances({});
    return rows && rows->size() == 1 && rows->front().status == engine::InstanceStatus::completed;
  }));
  EXPECT_EQ(server.tasks->list({})->tasks.size(), 1u);
  EXPECT_TRUE(eventually([&] { return server.task().effects.empty(); }));
}

TEST(PeopleActivity, AnEndedInstanceEndsItsTask) {
  Server server;
  server.deploy("Asking", asking);
  auto answer = server.ask("hello");
  const auto task = server.task();
  ASSERT_TRUE(server.runtime->terminate(task.creation.instance, {"op", "test"}));
  EXPECT_TRUE(eventually([&] { return server.task().state == TaskState::exited; }));
}

TEST(PeopleActivity, ADeadlineTellsAProcessWhereTheConditionHolds) {
  Server server;
  server.deploy("Asking", asking);
  server.deploy("Watching", watching);
  auto answer = server.ask("angry");
  const auto task = server.task();
  ASSERT_EQ(task.deadlines.size(), 1u);
  server.clock.advance(std::chrono::hours(24 * 7));
  EXPECT_TRUE(eventually([&] { return server.instances("Watching") == 1; }));
  EXPECT_TRUE(eventually([&] { return server.task().effects.empty(); }));
  std::vector<std::string> escalated;
  const auto history = server.tasks->history(task.id);
  ASSERT_TRUE(history);
  for (const auto& entry : *history)
    if (entry.event == "escalate") escalated.push_back(entry.detail);
  EXPECT_EQ(escalated, (std::vector<std::string>{"angry", "calm held back"}));
  EXPECT_EQ(server.instances("Watching"), 1u);
}

}  // namespace
}  // namespace echoflow::tasks
