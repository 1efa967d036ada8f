#include "models/notations/import.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "models/graph/canonical.hpp"
#include "models/notations/loss_report.hpp"

namespace echoflow::notations {
namespace {

std::string twin(const std::string& file) {
  std::ifstream in(std::string(ECHOFLOW_SOURCE_DIR) + "/tests/models/notations/twin/" + file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

graph::Imported imported(const std::string& file) {
  auto out = import_model(twin(file), file);
  for (const auto& finding : out.findings) ADD_FAILURE() << to_string(finding);
  EXPECT_GT(out.graph.node_count(), 10u) << file;
  return out;
}

TEST(Import, FilesAreKnownByTheirContent) {
  EXPECT_EQ(recognise(twin("complaint.bpmn")), graph::Notation::bpmn);
  EXPECT_EQ(recognise(twin("complaint.xml")), graph::Notation::aml);
  EXPECT_EQ(recognise(twin("complaint.epml")), graph::Notation::epml);
  EXPECT_EQ(recognise("<deploy xmlns='http://www.apache.org/ode/schemas/dd/2007/03'/>"), std::nullopt);
  EXPECT_EQ(recognise("<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>"), std::nullopt);
  EXPECT_EQ(recognise("<b:definitions\n xmlns:b = 'http://www.omg.org/spec/BPMN/20100524/MODEL'>"),
            graph::Notation::bpmn);
  EXPECT_EQ(recognise(""), std::nullopt);
  EXPECT_EQ(recognise("\xff\xfe<"), std::nullopt);
}

TEST(Import, WhatIsNoModelIsToldWhatIs) {
  const auto out = import_model("<deploy/>", "deploy.xml");
  ASSERT_EQ(out.findings.size(), 1u);
  EXPECT_EQ(out.findings[0].rule, "MODEL");
  for (const auto word : {"BPMN 2.0", "AML", "EPML", "<deploy>"})
    EXPECT_NE(out.findings[0].message.find(word), std::string::npos) << word;
}

/// The same process, drawn by us in three notations, is the same graph.
TEST(Import, TheGoldenTwinsAreOneGraph) {
  const auto bpmn = graph::canonical(imported("complaint.bpmn").graph, "de");
  const auto aml = graph::canonical(imported("complaint.xml").graph, "de");
  const auto epml = graph::canonical(imported("complaint.epml").graph, "de");
  EXPECT_EQ(aml, epml);
  EXPECT_EQ(bpmn, epml);
  EXPECT_NE(epml.find("work 'Beschwerde prüfen', by 'Kundenservice', reads 'Beschwerdeschreiben'"), std::string::npos)
      << epml;
  EXPECT_NE(epml.find("(Beschwerde unberechtigt)"), std::string::npos) << epml;
}

TEST(Import, TwinsInEnglishToo) {
  EXPECT_EQ(graph::canonical(imported("complaint.xml").graph, "en").find("Beschwerde"), std::string::npos);
}

/// The comparison must be able to fail: each of these changes says something else.
TEST(Import, TheCanonicalFormTellsDifferencesApart) {
  const auto text = twin("complaint.epml");
  const auto good = graph::canonical(import_model(text, "complaint.epml").graph, "de");
  const std::pair<const char*, const char*> changes[] = {
      {"Gutschrift veranlassen", "Scheck senden"},                              // another step
      {"<and id=\"6\"", "<or id=\"6\""},                                        // another gateway
      {"source=\"11\" target=\"14\"", "source=\"11\" target=\"15\""},           // another way
      {"Beschwerde unberechtigt", "Beschwerde zweifelhaft"},                    // another name of a way
      {"<name xml:lang=\"de\">Buchhaltung", "<name xml:lang=\"de\">Vertrieb"},  // another role
      {"type=\"output\"", "type=\"r\""},
  };
  for (const auto& [from, to] : changes) {
    auto changed = text;
    const auto at = changed.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    changed.replace(at, std::string(from).size(), to);
    if (std::string(from) == "<and id=\"6\"") changed.replace(changed.find("</and>", at), 6, "</or>");
    EXPECT_NE(graph::canonical(import_model(changed, "complaint.epml").graph, "de"), good) << from;
  }
}

TEST(Import, TheLossReportCountsAndTells) {
  const auto out =
      import_model("<epml><directory/><epc epcId=\"1\"><event id=\"1\"/><odd id=\"2\"/></epc></epml>", "x.epml");
  const auto summary = summarise(out.report);
  EXPECT_EQ(summary.total.left_out, 1u);
  EXPECT_EQ(summary.by_element.at("event").kept, 1u);
  const auto text = to_text(out.report);
  EXPECT_NE(text.find("x.epml:1: left out '2' (odd): This element is not one that is read here."), std::string::npos)
      << text;
  const auto warnings = as_warnings(out.report);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].rule, "LOSS");
  EXPECT_EQ(warnings[0].severity, Severity::warning);
}

}  // namespace
}  // namespace echoflow::notations
