#include "models/notations/epc/voice.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "models/graph/canonical.hpp"
#include "models/notations/import.hpp"

/// docs/cx-in-epc.md, and <cx:raci> of docs/cx-in-bpmn.md.
namespace echoflow::epc {
namespace {

std::string file(const std::string& path) {
  std::ifstream in(std::string(ECHOFLOW_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

graph::Imported imported(const std::string& path) {
  auto out = notations::import_model(file(path), path);
  for (const auto& finding : out.findings)
    if (finding.severity == Severity::error) ADD_FAILURE() << to_string(finding);
  return out;
}

std::string extension(const std::vector<graph::Attribute>& attributes, const std::string& local) {
  for (const auto& attribute : attributes)
    if (attribute.name == "{urn:echoflow:cx:1.0}" + local) return attribute.value;
  return "";
}

graph::Imported chain(const std::string& event, const std::string& function) {
  return notations::import_model(
      "<epml><epc epcId=\"1\" name=\"A case\"><event id=\"e\"><name>Begin</name>" + event +
          "</event><function id=\"f\"><name>Work</name>" + function +
          "</function><event id=\"g\"><name>End</name></event><arc id=\"1\"><flow source=\"e\" target=\"f\"/></arc>"
          "<arc id=\"2\"><flow source=\"f\" target=\"g\"/></arc></epc></epml>",
      "case.epml");
}
std::string says(const std::string& word, const std::string& value) {
  return "<attribute typeRef=\"cx." + word + "\" value=\"" + value + "\"/>";
}
bool refused(const graph::Imported& imported, const std::string& part) {
  for (const auto& finding : imported.findings)
    if (finding.rule == "EPC019" && finding.message.find(part) != std::string::npos) return true;
  return false;
}

TEST(Voice, WordsStandInAnyText) {
  const auto words = voice_words({{"AT_REM", "For people. cx.hears: feedback cx.when: $feedback/cx:id = 'cx.1'", "de"},
                                  {"AT_REM", "cx.hears: alerts", "en"},
                                  {"cx.keep", "a = cx:id", ""},
                                  {"AT_DESC", "nothing.cx.hears: here, cx. neither", ""}});
  ASSERT_EQ(words.size(), 3u);
  EXPECT_EQ(words[0].word, "hears");
  EXPECT_EQ(words[0].value, "feedback");
  EXPECT_EQ(words[1].value, "$feedback/cx:id = 'cx.1'");
  EXPECT_EQ(words[2].word, "keep");
}

TEST(Voice, AnEventHears) {
  const auto out = chain(
      says("hears", "thresholds") + says("when", "$threshold/cx:value &lt; 1") + says("keep", "a = cx:value"), "");
  const auto& node = out.graph.node(out.graph.find("e"));
  EXPECT_EQ(extension(node.attributes, "hears").find("<cx:hears"), 0u);
  EXPECT_NE(extension(node.attributes, "hears").find("when=\"$threshold/cx:value &lt; 1\""), std::string::npos);
  EXPECT_NE(extension(node.attributes, "hears").find("<cx:keep variable=\"a\" value=\"cx:value\"/>"),
            std::string::npos);
  ASSERT_EQ(node.as<graph::Event>()->definitions.size(), 1u);
  EXPECT_EQ(node.as<graph::Event>()->definitions[0].type, graph::EventType::conditional);
  EXPECT_EQ(out.graph.containers[0].id, "A_case");
}

TEST(Voice, AFunctionHasDeadlinesAndAnswers) {
  const auto task =
      chain("", says("deadline",
                     "start PT2H -&gt; reassign Leads &amp; co, priority 0; finish P1D calendar standard -&gt; event"));
  const auto xml = extension(task.graph.node(task.graph.find("f")).attributes, "task");
  EXPECT_NE(xml.find("<htd:from>'group:Leads &amp; co'</htd:from>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<cx:raisePriority to=\"0\"/>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("cx:calendar=\"standard\"><htd:for>'P1D'</htd:for>"), std::string::npos) << xml;
  const auto answer = chain("", says("says", "text") + says("feedback", "id"));
  EXPECT_EQ(answer.graph.node(answer.graph.find("f")).as<graph::Activity>()->kind, graph::ActivityKind::send_task);
}

TEST(Voice, WhatIsNotUnderstoodIsRefused) {
  EXPECT_TRUE(refused(chain(says("hears", "voices"), ""), "needs 'cx.hears'"));
  EXPECT_TRUE(refused(chain(says("priority", "1"), ""), "'cx.priority' is no word of an event"));
  EXPECT_TRUE(refused(chain("", says("deadline", "soon -&gt; priority 0")), "The deadline 'soon"));
  EXPECT_TRUE(refused(chain("", says("deadline", "start PT1H -&gt; shout")), "The deadline"));
  EXPECT_TRUE(refused(chain("", says("says", "text")), "needs 'cx.feedback"));
  EXPECT_TRUE(refused(chain("", says("measure", "figure")), "KPI = expression"));
  EXPECT_FALSE(refused(chain(says("hears", "feedback"), says("priority", "1")), ""));
}

TEST(Voice, AKpiIsMeasuredWhereItIsDrawn) {
  DrawnKpi kpi{graph::Names("Time to check"), {"PT4H", "too long"}, {"f1"}, [](const std::string& name) {
                 return name == "Begin" ? std::string("e1") : std::string();
               }};
  const auto xml = kpi_voice({{"measure", "duration"}, {"warning", "PT8H"}}, kpi).attributes.at(0).value;
  for (const auto part : {"name=\"Time_to_check\"", "from=\"f1\"", "to=\"f1\"", "target=\"PT4H\"", "warning=\"PT8H\""})
    EXPECT_NE(xml.find(part), std::string::npos) << part << " in " << xml;
  EXPECT_EQ(xml.find("critical"), std::string::npos) << xml;
  EXPECT_EQ(kpi_voice({{"measure", "duration"}, {"from", "Nowhere"}}, kpi).refused.size(), 1u);
  EXPECT_NE(kpi_voice({{"measure", "duration"}, {"from", "Begin"}}, kpi).attributes.at(0).value.find("from=\"e1\""),
            std::string::npos);
  kpi.measured.push_back("f2");
  EXPECT_EQ(kpi_voice({{"measure", "count"}}, kpi).refused.size(), 1u);
  EXPECT_TRUE(kpi_voice({}, kpi).attributes.empty());
}

TEST(Voice, NamesForKeys) {
  EXPECT_EQ(key_name("Beschwerden prüfen (neu)"), "Beschwerden_prüfen_neu");
  EXPECT_EQ(key_name("2. Stufe"), "_2_Stufe");
  EXPECT_EQ(key_name("жалоба"), "");
}

/// ARIS AML and EPML of one chain say the same, KPIs and risks apart, which EPML does not have.
TEST(Voice, TheTwinsSayTheSame) {
  const auto aml = imported("examples/complaint-epc/complaint.xml");
  const auto epml = imported("tests/models/notations/twin/voice.epml");
  for (const auto id : {"e1", "f1", "f2", "f4"}) {
    const auto& one = aml.graph.node(aml.graph.find(id));
    const auto& other = epml.graph.node(epml.graph.find(id));
    for (const auto local : {"hears", "task", "says"})
      EXPECT_EQ(extension(one.attributes, local), extension(other.attributes, local)) << id;
  }
  EXPECT_EQ(aml.graph.containers[0].id, "Beschwerdemanagement");
  EXPECT_EQ(epml.graph.containers[0].id, "Beschwerdemanagement");
  EXPECT_NE(extension(aml.graph.containers[0].attributes, "kpi").find("name=\"antwortzeit\""), std::string::npos);
}

TEST(Voice, RolesOfActivitiesInBpmn) {
  const auto bpmn = imported("examples/complaint-bpmn/complaint.bpmn");
  std::string letters;
  const auto check = bpmn.graph.find("Pruefen"), settle = bpmn.graph.find("Ausgleichen");
  for (const auto& relation : bpmn.graph.relations) {
    if (relation.to != check && relation.to != settle) continue;
    if (relation.type != "cx:raci") continue;
    const auto& role = bpmn.graph.node(relation.from);
    letters += std::string(relation.to == check ? "check " : "settle ") + std::string(role.name.in("de")) +
               (role.as<graph::Role>()->kind == graph::RoleKind::lane ? " (lane)" : "") +
               (relation.kind == graph::RelationKind::decides ? "=A; " : "; ");
  }
  EXPECT_EQ(letters,
            "check Teamleitung=A; check Fachabteilung; settle Teamleitung=A; settle Kundenservice (lane); "
            "settle Qualitätsmanagement; ");
}

}  // namespace
}  // namespace echoflow::epc
