#include "tests/adapters/cx/kpis/kpi_world.hpp"

namespace echoflow::cx_kpis::test {

namespace {

/// The built-in description comes with the other tests' process.
std::map<std::string, std::string> files(const std::string& name, const std::string& body) {
  auto all = intake::test::listener_files();
  all.erase("Listener.bpel");
  all[name + ".bpel"] = R"(<?xml version="1.0"?>
<process name=")" + name +
                        R"(" targetNamespace="urn:test" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"
    xmlns:cx="urn:echoflow:cx:1.0" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <extensions><extension namespace="urn:echoflow:cx:1.0" mustUnderstand="yes"/></extensions>
  <import namespace="urn:echoflow:cx:1.0" location="echoflow-cx.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
)" + body;
  return all;
}

}  // namespace

std::map<std::string, std::string> complaints_files() {
  return files("Complaints", R"bpel(
  <cx:kpi name="complaints" measure="count" of="complain" window="PT1H" warning="3"/>
  <cx:kpi name="timeToEnd" kind="alarm" measure="duration" from="complain" fromMoment="end" to="done" warning="PT1M"/>
  <cx:kpi name="lastWord" measure="value" groupBy="group" aggregate="max"/>
  <partnerLinks><partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/></partnerLinks>
  <variables>
    <variable name="feedback" messageType="cx:feedbackMessage"/>
    <variable name="texts" type="xsd:string"/>
  </variables>
  <correlationSets><correlationSet name="talk" properties="cx:conversationId"/></correlationSets>
  <sequence>
    <receive name="complain" partnerLink="voice" operation="onFeedback" variable="feedback" createInstance="yes">
      <correlations><correlation set="talk" initiate="yes"/></correlations>
    </receive>
    <while><condition>$feedback.feedback/cx:text != 'end'</condition>
      <receive name="more" partnerLink="voice" operation="onFeedback" variable="feedback">
        <correlations><correlation set="talk"/></correlations>
      </receive>
    </while>
    <extensionActivity>
      <cx:measure kpi="lastWord" value="string-length($feedback.feedback/cx:text)" group="'words'"/>
    </extensionActivity>
    <assign><copy>
      <from>concat(cx:level('complaints'), ' ', cx:kpi('complaints'))</from><to variable="texts"/>
    </copy></assign>
    <empty name="done"/>
  </sequence></process>)bpel");
}

std::map<std::string, std::string> improve_files() {
  return files("Improve", R"(
  <partnerLinks><partnerLink name="alarm" partnerLinkType="cx:thresholds" myRole="listener"/></partnerLinks>
  <variables><variable name="threshold" messageType="cx:thresholdMessage"/></variables>
  <correlationSets><correlationSet name="which" properties="cx:kpi cx:group"/></correlationSets>
  <sequence>
    <receive partnerLink="alarm" operation="onThreshold" variable="threshold" createInstance="yes">
      <correlations><correlation set="which" initiate="yes"/></correlations>
    </receive>
    <while><condition>$threshold.threshold/cx:level != 'normal'</condition>
      <receive partnerLink="alarm" operation="onThreshold" variable="threshold">
        <correlations><correlation set="which"/></correlations>
      </receive>
    </while>
  </sequence></process>)");
}

KpiWorld::KpiWorld(Kind kind, bool standard) : standard_(standard), backend_(store::test::make_backend(kind)) {
  open();
}

KpiWorld::~KpiWorld() {
  close();
}

void KpiWorld::close() {
  if (kpis) kpis->stop();
  if (ingest) ingest->stop();
  ingest.reset();
  runtime.reset();
  kpis.reset();
  publisher.reset();
  store.reset();
}

void KpiWorld::restart() {
  close();
  open();
}

void KpiWorld::open() {
  store = backend_->open();
  ASSERT_TRUE(store);
  runtime::Options seeing;
  seeing.kpi = [this](const std::string& process, const std::string& kpi, const std::string& group) {
    return kpis->reading(process, kpi, group);
  };
  runtime = std::make_unique<runtime::Runtime>(*store, compiler_, partners_, seeing, clock);
  publisher = std::make_unique<intake::RuntimePublisher>(*runtime);
  ingest = std::make_unique<intake::Ingest>(*store, *publisher, nullptr, clock, intake::IngestOptions{});
  ServiceOptions options;
  options.standard = standard_;
  options.poll = std::chrono::milliseconds(5);
  options.on_stage = [this](Stage stage) { return !on_stage || on_stage(stage); };
  kpis = std::make_unique<KpiService>(*runtime, *store, options, clock);
  ASSERT_TRUE(runtime->start().ok());
  ASSERT_TRUE(ingest->start().ok());
  ASSERT_TRUE(kpis->start().ok());
}

void KpiWorld::deploy(const std::map<std::string, std::string>& files) {
  auto deployed = runtime->deploy("test", files);
  ASSERT_TRUE(deployed.ok()) << (deployed.error().findings.empty() ? deployed.error().failure->message
                                                                   : to_string(deployed.error().findings.front()));
}

void KpiWorld::say(const std::string& id, const std::string& text, const std::string& conversation) {
  const auto taken = ingest->take({post(id, text, conversation, conversation)});
  ASSERT_TRUE(taken.ok()) << taken.error().message;
}

bool KpiWorld::at_rest() {
  return eventually([&] {
    if (!ingest->at_rest() || !runtime->at_rest()) return false;
    const auto before = store->chain_head()->position;
    const auto status = kpis->status();
    if (!status.idle || status.position < before || status.untold > 0) return false;
    // Another look: what it wrote itself must have been read, too.
    bool due = false;
    kpis->look([&](const kpis::Kpis& all) { due = all.next_change() && *all.next_change() <= clock.now(); });
    return !due && store->chain_head()->position == before && runtime->at_rest();
  });
}

std::optional<double> KpiWorld::value(const std::string& process, const std::string& kpi, const std::string& group) {
  const auto reading = kpis->reading(process, kpi, group);
  return reading ? std::optional(reading->value) : std::nullopt;
}

std::vector<engine::InstanceRow> KpiWorld::instances(const std::string& process) {
  engine::InstanceFilter filter;
  filter.process_key = process;
  filter.limit = 1'000;
  return *runtime->instances(filter);
}

}  // namespace echoflow::cx_kpis::test
