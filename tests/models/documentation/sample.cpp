#include "tests/models/documentation/sample.hpp"

#include <gtest/gtest.h>

#include "models/documentation/text.hpp"

namespace echoflow::documentation::sample {

using namespace graph;

namespace {

Names both(const char* german, const char* english) {
  Names names;
  names.set("de", german);
  names.set("en", english);
  return names;
}

NodeIndex add(ProcessGraph& graph, std::string id, Names name, Detail detail, std::string lane = "") {
  Node node;
  node.id = std::move(id);
  node.name = std::move(name);
  node.detail = std::move(detail);
  if (!lane.empty()) node.lanes.push_back(std::move(lane));
  return graph.add_node(std::move(node));
}

FlowIndex flow(ProcessGraph& graph, NodeIndex from, NodeIndex to, Names name = {}) {
  Flow edge;
  edge.id = "flow_" + std::to_string(graph.flow_count());
  edge.name = std::move(name);
  return graph.add_flow(from, to, std::move(edge));
}

void relate(ProcessGraph& graph, RelationKind kind, NodeIndex from, NodeIndex to) {
  Relation relation;
  relation.kind = kind;
  relation.id = "relation_" + std::to_string(graph.relations.size());
  relation.from = from;
  relation.to = to;
  graph.relations.push_back(std::move(relation));
}

Activity activity(ActivityKind kind) {
  Activity result;
  result.kind = kind;
  return result;
}

Event event(EventPosition position, std::optional<EventType> type = {}, const char* expression = nullptr) {
  Event result;
  result.position = position;
  if (!type) return result;
  EventDefinition definition;
  definition.type = *type;
  if (*type == EventType::timer) definition.timer = TimerKind::duration;
  if (expression) definition.expression = graph::Expression{expression, "", {}};
  result.definitions.push_back(definition);
  return result;
}

struct Base {
  ProcessGraph graph;
  NodeIndex agent, lead, start, record, check, gateway, refund, reject, answer, end, late, escalate;
};

Base base(const char* deadline) {
  Base b;
  auto& g = b.graph;
  g.id = "complaints";
  g.name = both("Beschwerden bearbeiten", "Handle complaints");
  g.exporter = "by hand";
  Container process;
  process.id = "complaints";
  process.name = g.name;
  g.containers.push_back(process);
  b.agent = add(g, "lane_agent", both("Kundenbetreuung", "Customer care"), Role{RoleKind::lane});
  b.lead = add(g, "lane_lead", both("Teamleitung", "Team lead"), Role{RoleKind::lane});
  b.start = add(g, "start", both("Beschwerde eingegangen", "Complaint received"),
                event(EventPosition::start, EventType::message));
  g.node(b.start).attributes.push_back({"{urn:echoflow:cx:1.0}channels", "facebook email", ""});
  b.record = add(g, "record", both("Beschwerde aufnehmen", "Record the complaint"), activity(ActivityKind::user_task),
                 "lane_agent");
  g.node(b.record).documentation = both("Kanal, Anlass und gewünschte Lösung festhalten.",
                                        "Write down channel, reason and the solution that is wished for.");
  b.check =
      add(g, "check", both("Anspruch prüfen", "Check the claim"), activity(ActivityKind::user_task), "lane_agent");
  b.gateway = add(g, "justified", both("Berechtigt?", "Justified?"), Gateway{GatewayKind::exclusive});
  b.refund = add(g, "refund", both("Betrag erstatten", "Refund the amount"), activity(ActivityKind::service_task));
  b.reject = add(g, "reject", both("Ablehnung begründen", "Give reasons for the refusal"),
                 activity(ActivityKind::user_task), "lane_agent");
  b.answer = add(g, "answer", both("Kunden antworten", "Answer the customer"), activity(ActivityKind::send_task),
                 "lane_agent");
  b.end = add(g, "end", both("Beschwerde abgeschlossen", "Complaint closed"), event(EventPosition::end));
  b.late = add(g, "late", both("Keine Bearbeitung", "Not handled"),
               event(EventPosition::boundary, EventType::timer, deadline));
  g.node(b.late).as<Event>()->attached_to = b.check;
  b.escalate = add(g, "escalate", both("An Teamleitung eskalieren", "Escalate to the team lead"),
                   activity(ActivityKind::user_task), "lane_lead");
  flow(g, b.start, b.record);
  flow(g, b.record, b.check);
  flow(g, b.check, b.gateway);
  flow(g, b.gateway, b.refund, both("ja", "yes"));
  flow(g, b.gateway, b.reject, both("nein", "no"));
  flow(g, b.refund, b.answer);
  flow(g, b.reject, b.answer);
  flow(g, b.answer, b.end);
  flow(g, b.late, b.escalate);
  flow(g, b.escalate, b.answer);
  return b;
}

void add_surroundings(Base& b) {
  auto& g = b.graph;
  Participant customer;
  customer.id = "customer";
  customer.name = both("Kunde", "Customer");
  g.participants.push_back(customer);
  MessageFlow in, out;
  in.id = "m1", in.name = both("Beschwerde", "Complaint"), in.from = "customer", in.to = "start";
  out.id = "m2", out.name = both("Antwort", "Answer"), out.from = "answer", out.to = "customer";
  g.message_flows = {in, out};
  Data document;
  document.kind = DataKind::document;
  const auto file = add(g, "file", both("Beschwerdeakte", "Complaint file"), document);
  relate(g, RelationKind::writes, b.record, file);
  relate(g, RelationKind::reads, b.check, file);
  const auto crm = add(g, "crm", both("CRM", "CRM"), System{});
  relate(g, RelationKind::supports, crm, b.record);
  relate(g, RelationKind::decides, b.lead, b.refund);
  relate(g, RelationKind::informed, b.lead, b.reject);
  const auto kpi = add(g, "first_response", both("Erste Antwort", "First response"), Kpi{"4 h", "24 h"});
  relate(g, RelationKind::measured_by, b.answer, kpi);
  const auto risk = add(g, "risk", both("Erstattung an Unberechtigte", "Refund to the wrong person"), Risk{});
  g.node(risk).documentation = both("Vier-Augen-Prinzip ab 500 €.", "Four eyes above € 500.");
  relate(g, RelationKind::occurs_at, risk, b.refund);
}

}  // namespace

ProcessGraph complaint_process() {
  auto b = base("PT2H");
  add_surroundings(b);
  return b.graph;
}

ProcessGraph changed_process() {
  auto b = base("PT1H");
  add_surroundings(b);
  b.graph.node(b.reject).lanes = {"lane_lead"};
  const auto survey = add(b.graph, "survey", both("Zufriedenheit erfragen", "Ask for satisfaction"),
                          activity(ActivityKind::send_task), "lane_agent");
  flow(b.graph, b.answer, survey);
  return b.graph;
}

ProcessGraph long_process(std::size_t steps) {
  ProcessGraph g;
  g.id = "long";
  g.name = both("Ein langer Ablauf", "A long procedure");
  Container process;
  process.id = "long";
  process.name = g.name;
  g.containers.push_back(process);
  NodeIndex last = add(g, "start", both("Anfang", "Beginning"), event(EventPosition::start));
  for (std::size_t i = 1; i <= steps; ++i) {
    const std::string german = "Arbeitsgang " + std::to_string(i) + " mit einer Bezeichnung, die über Zeilen geht";
    const std::string english = "Operation " + std::to_string(i) + " with a name that runs over lines";
    const auto step =
        add(g, "step" + std::to_string(i), both(german.c_str(), english.c_str()), activity(ActivityKind::user_task));
    flow(g, last, step);
    last = step;
  }
  flow(g, last, add(g, "end", both("Schluss", "Finish"), event(EventPosition::end)));
  return g;
}

Control released() {
  Control c;
  c.number = "VA-0007";
  c.version = "3";
  c.status = Status::released;
  c.organisation = "Muster GmbH";
  c.owner = "Dr. Ute Öztürk";
  c.author = {"Jan Weiß", "", "2026-03-02", ""};
  c.reviewer = {"Ann Brown", "", "2026-03-05", ""};
  c.approver = {"Ute Öztürk", "", "2026-03-09T10:15:00Z", "1f00…"};
  c.effective_from = "2026-04-01";
  c.next_review = "2027-04-01";
  c.revisions = {{"2", "2025-04-01", "Jan Weiß", "Frist verkürzt"}, {"3", "2026-03-02", "Jan Weiß", "Umfrage ergänzt"}};
  c.retentions = {{"Beschwerdeakte", "CRM", "Kundenbetreuung", "P10Y"},
                  {"Complaint file", "CRM", "Customer care", "P10Y"}};
  return c;
}

Evidence evidence() {
  Evidence e;
  const TimePoint day{1'772'000'000'000'000};
  e.made_at = {day.micros + 86'400'000'000};
  e.from = day;
  e.to = e.made_at;
  VersionRuns version;
  version.version = "3";
  version.source_sha256 = std::string(64, 'a');
  version.deployed_at = version.first_start = day;
  version.last_end = e.made_at;
  version.started = 1000, version.completed = 990, version.faulted = 4, version.terminated = 1, version.running = 5;
  version.duration = {990, 5400, 4500, 12000, 90000};
  version.documented = true;
  e.versions = {version};
  e.elements = {{"check", "", 1000, 998, 2, 0, 0, {998, 300, 240, 900, 4000}}, {"late", "", 37, 37, 0, 0, 0, {}}};
  e.roles = {{"Kundenbetreuung", "check", 998}};
  e.conformance.checked = 995;
  e.conformance.conforming = 990;
  e.conformance.deviations = {{DeviationKind::late, "check", "PT2H", 5}};
  KpiActual kpi;
  kpi.name = "first_response";
  kpi.unit = "s";
  kpi.value = 4980;
  kpi.target = 14400;
  kpi.warning = 43200;
  kpi.critical = 86400;
  kpi.level = "normal";
  kpi.samples = 990;
  e.kpis = {kpi};
  e.complaints.received = 1000, e.complaints.resolved = 990, e.complaints.open = 10;
  e.complaints.by_channel = {{"email", 400}, {"facebook", 600}};
  e.escalations = {{"check", "Keine Bearbeitung", "reassign", 37, e.made_at}};
  e.corrections = {{day, "retry", "refund", "Partner offline", "Betrieb", "erledigt"}};
  SampleCase one;
  one.pseudonym = "K-4711";
  one.version = "3";
  one.started = day;
  one.ended = e.made_at;
  one.state = "completed";
  one.steps = {{"record", "", day, "Kundenbetreuung", "completed"}, {"check", "", day, "Kundenbetreuung", "completed"}};
  e.sample = {one};
  e.sampled_from = 1000;
  e.chain = {12345, 12345, std::string(64, 'b'), "Ed25519", "0a1b", "c2lnbmVk", e.made_at};
  Attachment file;
  file.name = "evidence.jsonl";
  file.mime = "application/x-ndjson";
  file.relationship = "Data";
  file.description = "Nachweise";
  file.read = [](const Attachment::Sink& sink) -> Result<void> {
    for (int i = 0; i < 1000; ++i)
      if (auto done = sink("{\"row\":" + std::to_string(i) + "}\n"); !done.ok()) return done;
    return {};
  };
  e.files.push_back(file);
  return e;
}

DocumentOptions options(const std::string& language) {
  DocumentOptions o;
  o.language = language;
  o.source_name = "complaints.bpmn";
  o.source = "<definitions/>";
  o.made_at = {1'772'100'000'000'000};
  o.checked = true;
  return o;
}

std::string rendered(Format format, const Document& document) {
  std::string out;
  auto done = write(format, document, [&](std::string_view bytes) -> Result<void> {
    out += bytes;
    return {};
  });
  EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().message);
  return out;
}

const Section* find(const std::vector<Section>& sections, std::string_view anchor) {
  for (const auto& section : sections) {
    if (section.anchor == anchor) return &section;
    if (const auto* below = find(section.children, anchor)) return below;
  }
  return nullptr;
}

namespace {

void add(std::string& to, const Table& table) {
  to += table.caption + "\n";
  for (const auto& row : table.rows) {
    for (const auto& each : row) to += flat(each) + " | ";
    to += "\n";
  }
}

}  // namespace

std::string text_of(const Section& section) {
  std::string out = section.number + " " + section.title + "\n";
  for (const auto& block : section.blocks) {
    if (const auto* each = std::get_if<Paragraph>(&block)) out += flat(each->text) + "\n";
    if (const auto* each = std::get_if<Table>(&block)) add(out, *each);
    if (const auto* each = std::get_if<Figure>(&block)) out += each->caption + "\n" + each->description + "\n";
    if (const auto* each = std::get_if<Listing>(&block))
      for (const auto& item : each->items) out += flat(item) + "\n";
    if (const auto* each = std::get_if<KeyValues>(&block))
      for (const auto& [name, value] : each->rows) out += name + ": " + flat(value) + "\n";
  }
  for (const auto& child : section.children) out += text_of(child);
  return out;
}

std::string all_text(const Document& document) {
  std::string out = document.kind + "\n" + document.title + "\n" + document.status_text + "\n";
  add(out, document.front);
  out += text_of(document.revisions);
  for (const auto* part : {&document.sections, &document.annexes})
    for (const auto& section : *part) out += text_of(section);
  return out;
}

}  // namespace echoflow::documentation::sample
