// One small model for every rule of the catalogue: it must be reported at that line, with that weight. A model without
// mistakes must pass all of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "models/notations/bpmn/check.hpp"
#include "models/notations/bpmn/rules/catalogue.hpp"
#include "models/xml/reader.hpp"
#include "tests/models/notations/bpmn/rule_models.hpp"

namespace echoflow::bpmn {
namespace {

Diagnostics findings_of(const std::string& model) {
  xml::ReadOptions options;
  options.keep_positions = true;
  const auto document = xml::read(model, options);
  EXPECT_TRUE(document.ok()) << model;
  return document.ok() ? check(*document, "model.bpmn") : Diagnostics{};
}

std::string text(const Diagnostics& findings) {
  std::string all;
  for (const auto& finding : findings) all += to_string(finding) + "\n";
  return all;
}

const Diagnostic* find(const Diagnostics& findings, std::string_view rule, std::uint32_t line) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const Diagnostic& d) { return d.rule == rule && d.where.line == line; });
  return found == findings.end() ? nullptr : &*found;
}

TEST(BpmnRules, EachRuleReportsItsModel) {
  for (const auto& broken : broken_models()) {
    const auto findings = findings_of(broken.model);
    const auto* finding = find(findings, broken.rule, broken.line);
    ASSERT_NE(finding, nullptr) << broken.rule << " in line " << broken.line << " of\n"
                                << broken.model << text(findings);
    const bool error = rule(broken.rule).weight != Weight::advice;
    EXPECT_EQ(finding->severity == Severity::error, error) << broken.rule;
    EXPECT_EQ(finding->where.file, "model.bpmn");
    EXPECT_TRUE(finding->message.ends_with(".")) << finding->message;
  }
}

TEST(BpmnRules, EveryRuleHasAModel) {
  std::set<std::string_view> shown;
  const auto models = broken_models();
  for (const auto& broken : models) shown.insert(broken.rule);
  for (const auto& rule : catalogue()) EXPECT_TRUE(shown.contains(rule.id)) << rule.id;
}

TEST(BpmnRules, EveryRuleIsDocumented) {
  std::ifstream file(std::string(ECHOFLOW_SOURCE_DIR) + "/docs/bpmn-rules.md");
  const std::string docs((std::istreambuf_iterator<char>(file)), {});
  for (const auto& rule : catalogue()) {
    const auto at = docs.find("| " + std::string(rule.id) + " |");
    ASSERT_NE(at, std::string::npos) << rule.id;
    EXPECT_NE(docs.substr(at, docs.find('\n', at) - at).find(rule.says), std::string::npos) << rule.id;
  }
}

TEST(BpmnRules, TheCatalogueIsInOrder) {
  const auto rules = catalogue();
  EXPECT_TRUE(std::is_sorted(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; }));
}

TEST(BpmnRules, ModelsWithoutMistakesPass) {
  for (const auto& model : sound_models()) EXPECT_EQ(text(findings_of(model)), "") << model;
}

TEST(BpmnRules, WhatIsOnlyDrawnIsWarnedOf) {
  for (const auto& broken : broken_models()) {
    if (rule(broken.rule).weight != Weight::execution) continue;
    const auto executable = std::string(" isExecutable=\"true\"");
    std::string drawn = broken.model;
    for (auto at = drawn.find(executable); at != std::string::npos; at = drawn.find(executable))
      drawn.replace(at, executable.size(), " isExecutable=\"false\"");
    if (drawn == broken.model) continue;
    const auto findings = findings_of(drawn);
    // Some rules ask nothing of what is not executable.
    if (const auto* finding = find(findings, broken.rule, broken.line)) {
      EXPECT_EQ(finding->severity, Severity::warning) << broken.rule;
    }
  }
}

TEST(BpmnRules, WhatDoesNotSayThatItIsExecutableIsWarnedOf) {
  const std::string model = definitions("<process id=\"p\"><startEvent id=\"s\"/>\n<task id=\"t\"/></process>");
  EXPECT_EQ(find(findings_of(model), "BPMN0909", 2)->severity, Severity::warning);
}

TEST(BpmnRules, ToolsWithoutOperationsNameTheMessageAlone) {
  const std::string process =
      "<message id=\"m\" name=\"m\"/><process id=\"p\" isExecutable=\"true\"><startEvent id=\"s\">"
      "<messageEventDefinition messageRef=\"m\"/></startEvent><endEvent id=\"e\"/>"
      "<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"e\"/></process>";
  EXPECT_NE(find(findings_of(definitions(process)), "BPMN0807", 1), nullptr);
  std::string of_tool = definitions(process);
  of_tool.replace(of_tool.find("<definitions"), 12, "<definitions exporter=\"Camunda Modeler\"");
  EXPECT_EQ(find(findings_of(of_tool), "BPMN0807", 1), nullptr) << text(findings_of(of_tool));
  of_tool = definitions(process);
  of_tool.replace(of_tool.find("<definitions"), 12, "<definitions xmlns:f=\"http://flowable.org/bpmn\"");
  EXPECT_EQ(find(findings_of(of_tool), "BPMN0807", 1), nullptr) << text(findings_of(of_tool));
}

TEST(BpmnRules, WhatIsNoBpmnHasNoFindings) {
  EXPECT_TRUE(findings_of("<process/>").empty());
}

}  // namespace
}  // namespace echoflow::bpmn
