#include "tests/adapters/cx/feedback/world.hpp"

#include <fstream>
#include <sstream>
#include <thread>

#include "adapters/store_soci/open_store.hpp"
#include "bpel/compile/deployment.hpp"

namespace echoflow::intake::test {

namespace {

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(ECHOFLOW_SOURCE_DIR) + "/models/cx/schema/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string head = R"(<?xml version="1.0"?>
<process name="NAME" targetNamespace="urn:test" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"
    xmlns:cx="urn:echoflow:cx:1.0" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <import namespace="urn:echoflow:cx:1.0" location="echoflow-cx.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
)";

const std::string listener = R"(
  <partnerLinks><partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/></partnerLinks>
  <variables>
    <variable name="feedback" messageType="cx:feedbackMessage"/>
    <variable name="texts" type="xsd:string"/>
  </variables>
  <correlationSets><correlationSet name="talk" properties="cx:conversationId"/></correlationSets>
  <sequence>
    <receive partnerLink="voice" operation="onFeedback" variable="feedback" createInstance="yes">
      <correlations><correlation set="talk" initiate="yes"/></correlations>
    </receive>
    <assign><copy><from>string($feedback.feedback/cx:text)</from><to variable="texts"/></copy></assign>
    <while><condition>$feedback.feedback/cx:text != 'end'</condition>
      <sequence>
        <receive partnerLink="voice" operation="onFeedback" variable="feedback">
          <correlations><correlation set="talk"/></correlations>
        </receive>
        <assign><copy><from>concat($texts, ' ', $feedback.feedback/cx:text)</from><to variable="texts"/></copy></assign>
      </sequence>
    </while>
  </sequence></process>)";

const std::string crisis = R"(
  <partnerLinks><partnerLink name="alarm" partnerLinkType="cx:alerts" myRole="listener"/></partnerLinks>
  <variables><variable name="alert" messageType="cx:alertMessage"/></variables>
  <correlationSets><correlationSet name="episode" properties="cx:episode"/></correlationSets>
  <sequence>
    <receive partnerLink="alarm" operation="onAlert" variable="alert" createInstance="yes">
      <correlations><correlation set="episode" initiate="yes"/></correlations>
    </receive>
    <while><condition>$alert.alert/cx:state != 'cleared'</condition>
      <receive partnerLink="alarm" operation="onAlert" variable="alert">
        <correlations><correlation set="episode"/></correlations>
      </receive>
    </while>
  </sequence></process>)";

const std::string answering = R"(
  <partnerLinks>
    <partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/>
    <partnerLink name="mouth" partnerLinkType="cx:channels" partnerRole="speaker" initializePartnerRole="yes"/>
  </partnerLinks>
  <variables>
    <variable name="feedback" messageType="cx:feedbackMessage"/>
    <variable name="answer" messageType="cx:replyMessage"/>
    <variable name="receipt" messageType="cx:receiptMessage"/>
    <variable name="said" type="xsd:string"/>
  </variables>
  <correlationSets><correlationSet name="talk" properties="cx:conversationId"/></correlationSets>
  <faultHandlers>
    <catch faultName="cx:policyRefused" faultVariable="why" faultMessageType="cx:refusalMessage">
      <assign><copy><from>concat('policy ', $why.refusal/cx:rule)</from><to variable="said"/></copy></assign></catch>
    <catch faultName="cx:channelRefused" faultVariable="why" faultMessageType="cx:refusalMessage">
      <assign><copy><from>concat('channel ', $why.refusal/cx:rule)</from><to variable="said"/></copy></assign></catch>
  </faultHandlers>
  <sequence>
    <receive partnerLink="voice" operation="onFeedback" variable="feedback" createInstance="yes">
      <correlations><correlation set="talk" initiate="yes"/></correlations>
    </receive>
    <assign>
      <copy><from><literal><cx:reply><cx:feedbackId/><cx:visibility>public</cx:visibility><cx:text/></cx:reply></literal></from>
        <to variable="answer" part="reply"/></copy>
      <copy><from>$feedback.feedback/cx:id</from><to>$answer.reply/cx:feedbackId</to></copy>
      <copy><from>concat('We are sorry: ', $feedback.feedback/cx:text)</from><to>$answer.reply/cx:text</to></copy>
    </assign>
    <invoke partnerLink="mouth" operation="reply" inputVariable="answer" outputVariable="receipt"/>
    <assign><copy><from>string($receipt.receipt/cx:externalId)</from><to variable="said"/></copy></assign>
  </sequence></process>)";

std::map<std::string, std::string> files(const std::string& name, const std::string& body) {
  std::string text = head;
  text.replace(text.find("NAME"), 4, name);
  return {{name + ".bpel", text + body},
          {"echoflow-cx.wsdl", file_text("echoflow-cx.wsdl")},
          {"echoflow-cx.xsd", file_text("echoflow-cx.xsd")}};
}

class Around final : public Publisher {
 public:
  Around(World& world, runtime::Runtime& runtime) : world_(world), next_(runtime) {}
  void publish(Publication publication, std::function<void(Told)> done) override {
    if (world_.around) return world_.around(std::move(publication), std::move(done), next_);
    next_.publish(std::move(publication), std::move(done));
  }

 private:
  World& world_;
  RuntimePublisher next_;
};

}  // namespace

engine::CompiledDeployment BpelCompiler::compile(const std::map<std::string, std::string>& files) const {
  auto compiled = compile::compile_deployment(source::SourceSet{files}, false);
  engine::CompiledDeployment deployment;
  for (auto& p : compiled.processes)
    deployment.processes.push_back({std::move(p.program), std::move(p.file), p.retired});
  deployment.findings = std::move(compiled.findings);
  return deployment;
}

void Wristwatch::wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) {
  if (now() < due) wake.wait_for(lock, std::chrono::milliseconds(2));
}

std::map<std::string, std::string> listener_files() {
  return files("Listener", listener);
}
std::map<std::string, std::string> crisis_files() {
  return files("Crisis", crisis);
}
std::map<std::string, std::string> answering_files() {
  return files("Answering", answering);
}

cx::Feedback post(const std::string& id, const std::string& text, const std::string& conversation,
                  const std::string& author) {
  cx::Feedback said;
  said.external_id = id;
  said.channel = "page";
  said.network = "facebook";
  said.kind = cx::FeedbackKind::comment;
  said.conversation = conversation;
  said.author.id = author;
  said.text = text;
  said.raw = "{\"id\":\"" + id + "\"}";
  return said;
}

bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 5'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return condition();
}

World::World(IngestOptions options) : options_(std::move(options)) {
  open();
}

World::~World() {
  close();
}

void World::close() {
  ingest.reset();
  if (deliveries) deliveries->stop();
  runtime.reset();
  deliveries.reset();
  publisher.reset();
  store.reset();
}

void World::restart() {
  close();
  open();
}

void World::open() {
  auto opened = store::open_store(folder_.path() + "/store.db");
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  store = std::move(*opened);
  builtin_ = std::make_unique<runtime::BuiltinPartners>(partners_);
  runtime = std::make_unique<runtime::Runtime>(*store, compiler_, *builtin_, runtime::Options{}, clock);
  if (outlets) {
    auto answer = [this](InstanceId id, ActivityId activity, std::variant<Message, Fault> words) {
      return runtime->complete_call(id, activity, std::move(words));
    };
    deliveries = std::make_unique<deliveries::Service>(*store, *outlets, answer, clock, delivery_options);
    builtin_->add("urn:echoflow:cx:1.0#Channels", *deliveries);
  }
  publisher = std::make_unique<Around>(*this, *runtime);
  ingest = std::make_unique<Ingest>(*store, *publisher, nullptr, clock, options_);
  ASSERT_TRUE(runtime->start().ok());
  ASSERT_TRUE(ingest->start().ok());
  if (deliveries) deliveries->start();
}

void World::deploy(const std::map<std::string, std::string>& files) {
  auto deployed = runtime->deploy("test", files);
  ASSERT_TRUE(deployed.ok()) << (deployed.error().findings.empty() ? deployed.error().failure->message
                                                                   : to_string(deployed.error().findings.front()));
}

std::string World::variable(InstanceId id, const std::string& name) {
  const auto history = runtime->history(id);
  if (!history.ok()) return history.error().message;
  for (const auto& variable : (*history)->variables()) {
    if (variable.name == name && !variable.parts.empty() && variable.parts[0])
      return variable.parts[0]->string_value(xml::root_node);
  }
  return "(none)";
}

std::size_t World::instances() {
  engine::InstanceFilter filter;
  filter.limit = 1'000;
  return runtime->instances(filter)->size();
}

}  // namespace echoflow::intake::test
