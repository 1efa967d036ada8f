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
  <import namespace="urn:echoflow:cx:1.0" location="echoflow-cx.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
)" + body;
  return all;
}

constexpr std::int64_t second = 1'000'000;

}  // namespace

std::map<std::string, std::string> complaints_files() {
  return files("Complaints", R"(
  <partnerLinks><partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/></partnerLinks>
  <variables><variable name="feedback" messageType="cx:feedbackMessage"/></variables>
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
    <empty name="done"/>
  </sequence></process>)");
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

cx::KpiDefinition complaints_per_hour() {
  cx::KpiDefinition definition;
  definition.name = "complaints";
  definition.measure = cx::KpiMeasure::count;
  definition.to.activity = "complain";
  definition.window.kind = cx::KpiWindowKind::sliding;
  definition.window.span.micros = 3'600 * second;
  definition.warning = 3;
  return definition;
}

cx::KpiDefinition time_to_end() {
  cx::KpiDefinition definition;
  definition.name = "time to end";
  definition.kind = cx::KpiKind::alarm;
  definition.measure = cx::KpiMeasure::duration;
  definition.from.activity = "complain";
  definition.to.activity = "done";
  definition.warning = 60;
  return definition;
}

KpiWorld::KpiWorld(Kind kind, bool standard) : standard_(standard), backend_(store::test::make_backend(kind)) {
  open();
}

KpiWorld::~KpiWorld() {
  close();
}

void KpiWorld::close() {
  kpis.reset();
  if (ingest) ingest->stop();
  ingest.reset();
  runtime.reset();
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
  runtime = std::make_unique<runtime::Runtime>(*store, compiler_, partners_, runtime::Options{}, clock);
  publisher = std::make_unique<intake::RuntimePublisher>(*runtime);
  ingest = std::make_unique<intake::Ingest>(*store, *publisher, nullptr, clock, intake::IngestOptions{});
  ServiceOptions options;
  options.standard = standard_;
  options.poll = std::chrono::milliseconds(5);
  options.declared_by = [](const program::Program& program) {
    if (program.name.local != "Complaints") return std::vector<cx::KpiDefinition>{};
    return std::vector{complaints_per_hour(), time_to_end()};
  };
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
