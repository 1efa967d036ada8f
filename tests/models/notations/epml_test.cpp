#include "models/notations/epml/import.hpp"

#include <gtest/gtest.h>

#include "models/notations/loss_report.hpp"

namespace echoflow::epml {
namespace {

using graph::NodeIndex;

std::string in_epml(const std::string& content, const std::string& head = {}) {
  return "<?xml version=\"1.0\"?>\n<epml:epml xmlns:epml=\"http://www.epml.de\">" + head + "\n" + content +
         "\n</epml:epml>";
}
std::string in_epc(const std::string& content) {
  return in_epml("<directory name=\"Desk\"><epc epcId=\"1\" name=\"Case\">\n" + content + "\n</epc></directory>");
}
std::string flow(int id, const std::string& from, const std::string& to) {
  return "<arc id=\"a" + std::to_string(id) + "\"><flow source=\"" + from + "\" target=\"" + to + "\"/></arc>";
}
std::string rules(const graph::Imported& imported) {
  std::string text;
  for (const auto& finding : imported.findings) text += finding.rule + ":" + std::to_string(finding.where.line) + " ";
  return text;
}
const graph::Node& node(const graph::Imported& imported, const std::string& id) {
  const auto n = imported.graph.find(id);
  if (n == graph::none) throw std::runtime_error("no node " + id);
  return imported.graph.node(n);
}

const std::string simple =
    "<event id=\"1\"><name>Begun</name></event>\n<function id=\"2\"><name>Work</name></function>\n"
    "<event id=\"3\"><name>Done</name></event>\n" +
    flow(1, "1", "2") + flow(2, "2", "3");

TEST(Epml, EventsAreStartStateAndEnd) {
  const auto imported =
      import(in_epc(simple + "<function id=\"4\"><name>More</name></function>" +
                    "<event id=\"5\"><name>End</name></event>" + flow(3, "3", "4") + flow(4, "4", "5")),
             "case.epml");
  EXPECT_EQ(rules(imported), "");
  EXPECT_EQ(node(imported, "1").as<graph::Event>()->position, graph::EventPosition::start);
  EXPECT_EQ(node(imported, "3").as<graph::Event>()->position, graph::EventPosition::intermediate_throw);
  EXPECT_TRUE(node(imported, "3").as<graph::Event>()->definitions.empty());
  EXPECT_EQ(node(imported, "5").as<graph::Event>()->position, graph::EventPosition::end);
  EXPECT_EQ(imported.graph.containers.front().id, "Case");
  EXPECT_EQ(imported.graph.containers.front().name.in("en"), "Case");
  EXPECT_EQ(imported.graph.target_namespace, "urn:epc:case");
  EXPECT_EQ(node(imported, "2").where.line, 5u);
}

TEST(Epml, EventsBehindADecisionNameItsWays) {
  const auto imported =
      import(in_epc(simple +
                    "<xor id=\"x\"/><event id=\"4\"><name>Yes</name><attribute typeRef=\"condition\" value=\"$a = 1\"/>"
                    "</event><event id=\"5\"><name>No</name></event>" +
                    flow(3, "2", "x") + flow(4, "x", "4") + flow(5, "x", "5")),
             "case.epml");
  const auto split = imported.graph.find("x");
  ASSERT_EQ(imported.graph.outgoing(split).size(), 2u);
  const auto& yes = imported.graph.flow(imported.graph.outgoing(split)[0]);
  EXPECT_EQ(yes.name.in("en"), "Yes");
  ASSERT_TRUE(yes.condition);
  EXPECT_EQ(yes.condition->text, "$a = 1");
  EXPECT_EQ(imported.graph.flow(imported.graph.outgoing(split)[1]).name.in("en"), "No");
  EXPECT_EQ(node(imported, "x").as<graph::Gateway>()->direction, graph::GatewayDirection::diverging);
}

TEST(Epml, AFunctionThatDecidesIsWorkForPeople) {
  const auto decision = [](const std::string& more) {
    return import(in_epc(simple +
                         "<xor id=\"x\"/><event id=\"4\"><name>Yes</name></event><event id=\"5\"><name>No"
                         "</name></event>" +
                         more + flow(3, "2", "x") + flow(4, "x", "4") + flow(5, "x", "5")),
                  "case.epml");
  };
  const auto alone = decision("");
  EXPECT_EQ(node(alone, "2").as<graph::Activity>()->kind, graph::ActivityKind::user_task);
  EXPECT_EQ(notations::summarise(alone.report).by_element.at("function").changed, 1u);
  const auto by_system =
      decision("<application id=\"s\"><name>CRM</name></application><relation from=\"s\" to=\"2\"/>");
  EXPECT_EQ(node(by_system, "2").as<graph::Activity>()->kind, graph::ActivityKind::task);
}

TEST(Epml, WhoExecutesAFunctionMakesItWorkForPeople) {
  const auto imported = import(
      in_epc(simple + "<role id=\"r\"><name>Clerk</name></role><role id=\"b\"><name>Boss</name></role>"
                      "<object id=\"o\"><name>Form</name></object><application id=\"s\"><name>CRM</name></application>"
                      "<arc id=\"r1\"><relation source=\"2\" target=\"r\" type=\"role\"/></arc>"
                      "<arc id=\"r2\"><relation source=\"b\" target=\"2\" type=\"accountable\"/></arc>"
                      "<arc id=\"r3\"><relation source=\"o\" target=\"2\" type=\"input\"/></arc>"
                      "<arc id=\"r4\"><relation source=\"2\" target=\"o\" type=\"output\"/></arc>"
                      "<relation id=\"r5\" from=\"s\" to=\"2\"/>"),
      "case.epml");
  EXPECT_EQ(rules(imported), "");
  EXPECT_EQ(node(imported, "2").as<graph::Activity>()->kind, graph::ActivityKind::user_task);
  ASSERT_EQ(imported.graph.relations.size(), 5u);
  using Kind = graph::RelationKind;
  const Kind kinds[] = {Kind::executes, Kind::decides, Kind::reads, Kind::writes, Kind::supports};
  const auto function = imported.graph.find("2");
  for (std::size_t i = 0; i < 5; ++i) {
    const auto& relation = imported.graph.relations[i];
    EXPECT_EQ(relation.kind, kinds[i]) << relation.id;
    const bool data = relation.kind == Kind::reads || relation.kind == Kind::writes;
    EXPECT_EQ(data ? relation.from : relation.to, function) << relation.id;
  }
}

TEST(Epml, SeveralChainsCallOneAnother) {
  const auto imported = import(
      in_epml("<directory name=\"A\"><directory name=\"B\"><epc epcId=\"1\"><event id=\"1\"><name>a</name></event>"
              "<function id=\"2\"><name>Sub</name><toProcess linkToEpcId=\"2\"/></function>"
              "<event id=\"3\"><name>b</name></event>"
              "<processInterface id=\"4\"><name>Next</name><toProcess linkToEpcId=\"9\"/></processInterface>" +
              flow(1, "1", "2") + flow(2, "2", "3") + flow(3, "3", "4") + "</epc></directory><epc epcId=\"2\">" +
              simple + "</epc></directory>"),
      "two.epml");
  ASSERT_EQ(imported.graph.containers.size(), 2u);
  EXPECT_EQ(imported.graph.containers[0].attributes.front().value, "A/B");
  const auto& call = *node(imported, "2").as<graph::Activity>();
  EXPECT_EQ(call.kind, graph::ActivityKind::call_activity);
  EXPECT_EQ(call.called, "2");
  EXPECT_EQ(node(imported, "4").as<graph::Activity>()->kind, graph::ActivityKind::process_interface);
  EXPECT_EQ(rules(imported), "EPC014:3 ");
  // The second chain's ids are taken: they are told apart by the chain's.
  EXPECT_EQ(node(imported, "2.2").container, 1u);
  EXPECT_EQ(notations::summarise(imported.report).by_element.at("function").changed, 1u);
}

TEST(Epml, NothingIsLostInSilence) {
  const auto imported = import(
      in_epml(
          "<attributeTypes><attributeType typeId=\"t\"/></attributeTypes><directory><epc epcId=\"1\">" + simple +
              "<function id=\"7\"><name>Odd\n one</name><graphics><position x=\"1\" y=\"2\" width=\"3\" height=\"4\"/>"
              "<fill color=\"red\"/></graphics><configurableFunction/><magic/></function></epc></directory>",
          "<coordinates xOrigin=\"leftToRight\" yOrigin=\"bottomToTop\"/>"),
      "case.epml");
  const auto& counts = notations::summarise(imported.report).by_element;
  EXPECT_EQ(counts.at("coordinates").changed, 1u);
  EXPECT_EQ(counts.at("attributeTypes").left_out, 1u);
  EXPECT_EQ(counts.at("fill").left_out, 1u);
  EXPECT_EQ(counts.at("configurableFunction").changed, 1u);
  EXPECT_EQ(counts.at("magic").left_out, 1u);
  EXPECT_EQ(counts.at("name").changed, 1u);
  EXPECT_EQ(node(imported, "7").name.in("en"), "Odd one");
  EXPECT_EQ(node(imported, "7").bounds->y, -6);
}

struct RuleCase {
  const char* name;
  std::string content;
  const char* rule;
  Severity severity;
};
class EpcRules : public testing::TestWithParam<RuleCase> {};

TEST_P(EpcRules, AreChecked) {
  const auto imported = import(in_epc(GetParam().content), "case.epml");
  const auto found = std::find_if(imported.findings.begin(), imported.findings.end(),
                                  [](const auto& finding) { return finding.rule == GetParam().rule; });
  ASSERT_NE(found, imported.findings.end()) << rules(imported);
  EXPECT_EQ(found->severity, GetParam().severity);
  EXPECT_GT(found->where.line, 0u);
}

const std::string event_x = "<event id=\"x\"><name>X</name></event>";
const std::string function_x = "<function id=\"x\"><name>X</name></function>";
INSTANTIATE_TEST_SUITE_P(
    Epml, EpcRules,
    testing::Values(
        RuleCase{"event_after_event", simple + event_x + flow(9, "3", "x"), "EPC001", Severity::warning},
        RuleCase{"function_after_function",
                 simple + function_x + "<and id=\"c\"/>" + flow(8, "2", "c") + flow(9, "c", "x"), "EPC002",
                 Severity::warning},
        RuleCase{"event_decides",
                 simple + "<xor id=\"c\"/>" + function_x + "<function id=\"y\"><name>Y</name></function>" +
                     flow(7, "3", "c") + flow(8, "c", "x") + flow(9, "c", "y"),
                 "EPC003", Severity::warning},
        RuleCase{"join_and_split",
                 simple + "<and id=\"c\"/>" + event_x + function_x.substr(0, 0) + flow(6, "1", "c") +
                     flow(7, "2", "c") + flow(8, "c", "x") + flow(9, "c", "3"),
                 "EPC004", Severity::warning},
        RuleCase{"needless", simple + "<or id=\"c\"/>" + event_x + flow(8, "2", "c") + flow(9, "c", "x"), "EPC005",
                 Severity::warning},
        RuleCase{"no_start",
                 "<event id=\"1\"><name>A</name></event><function id=\"2\"><name>B</name></function>" +
                     flow(1, "1", "2") + flow(2, "2", "1"),
                 "EPC006", Severity::error},
        RuleCase{"starts_with_function", function_x + event_x.substr(0, 0) + simple + flow(9, "x", "1"), "EPC007",
                 Severity::warning},
        RuleCase{"ends_with_function", simple + function_x + flow(9, "3", "x"), "EPC008", Severity::warning},
        RuleCase{"branches_alone", simple + event_x + flow(9, "2", "x"), "EPC009", Severity::warning},
        RuleCase{"alone", simple + event_x, "EPC010", Severity::warning},
        RuleCase{"empty", "", "EPC012", Severity::error},
        RuleCase{"interface_inside",
                 "<event id=\"1\"><name>A</name></event><processInterface id=\"2\"><name>B</name></processInterface>"
                 "<event id=\"3\"><name>C</name></event>" +
                     flow(1, "1", "2") + flow(2, "2", "3"),
                 "EPC013", Severity::warning},
        RuleCase{"to_itself", simple + flow(9, "2", "2"), "EPC015", Severity::warning},
        RuleCase{"twice", simple + flow(9, "1", "2"), "EPC016", Severity::warning},
        RuleCase{"unnamed", simple + "<event id=\"x\"/>", "EPC017", Severity::warning},
        RuleCase{"connector_first", simple + "<and id=\"c\"/>" + flow(9, "c", "2"), "EPC018", Severity::error}),
    [](const auto& info) { return info.param.name; });

TEST(Epml, AnArrowToNowhereStandsInTheWayOfRunning) {
  const auto imported = import(in_epc(simple + flow(9, "2", "nowhere")), "case.epml");
  EXPECT_TRUE(has_errors(imported.findings));
  EXPECT_EQ(imported.report.back().kind, graph::LossKind::left_out);
}

TEST(Epml, ACommentMayStandBeforeTheDeclaration) {
  const auto imported = import("<!-- made by a tool -->\n" + in_epc(simple), "case.epml");
  EXPECT_EQ(rules(imported), "");
  EXPECT_EQ(node(imported, "2").where.line, 6u);
}

TEST(Epml, WhatIsNoEpmlIsRefused) {
  for (const std::string bytes : {"", "<a/>", "not XML", "<epml", "<!DOCTYPE epml []><epml/>"}) {
    const auto imported = import(bytes, "case.epml");
    EXPECT_TRUE(has_errors(imported.findings)) << bytes;
    EXPECT_EQ(imported.graph.node_count(), 0u);
  }
}

}  // namespace
}  // namespace echoflow::epml
