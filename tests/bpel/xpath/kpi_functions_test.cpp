#include "models/cx/namespaces.hpp"
#include "tests/bpel/xpath/fixture.hpp"

namespace echoflow::xpath::test {
namespace {

class Desk : public program::EvaluationContext {
 public:
  xml::DocumentPtr variable_part(program::VariableId, std::uint32_t) const override { return nullptr; }
  bool link_status(program::LinkId) const override { return false; }
  TimePoint now() const override { return {}; }
  std::int64_t instance_id() const override { return 1; }
  std::optional<cx::KpiReading> kpi(std::string_view name, std::string_view group) const override {
    if (name != "csat") return std::nullopt;
    return group.empty() ? cx::KpiReading{4.25, "normal"} : cx::KpiReading{2.5, "critical"};
  }
  std::optional<std::string> task_fact(std::string_view name) const override {
    if (!in_task) return std::nullopt;
    return name == "getTaskPriority" ? "3" : std::string(name);
  }
  bool in_task = true;
};

std::string value(const std::string& text, const Desk& desk = {}, std::string_view language = ns::xpath1_sublang) {
  StaticContext context;
  context.language = language;
  context.document = parse_document("<p xmlns:cx='urn:echoflow:cx:1.0' xmlns:htd='" + std::string(ns::htd) + "'/>");
  context.element = context.document->document_element();
  auto compiled = compile(text, context);
  if (!compiled) return "does not compile: " + compiled.error().message;
  auto result = (*compiled)->evaluate_string(desk);
  return result ? *result : "fault " + result.error().name.local;
}

TEST(KpiFunctions, ReadTheFigureOfAGroup) {
  EXPECT_EQ(value("cx:kpi('csat')"), "4.25");
  EXPECT_EQ(value("cx:kpi('csat', 'email') < 3 and cx:level('csat', 'email') = 'critical'"), "true");
  EXPECT_EQ(value("cx:level('csat')"), "normal");
  EXPECT_EQ(value("cx:kpi('csat') * 2", {}, ns::xpath2_sublang), "8.5");
}

TEST(KpiFunctions, AFigureThatThereIsNotComparesWithNothing) {
  EXPECT_EQ(value("cx:kpi('nps')"), "NaN");
  EXPECT_EQ(value("cx:kpi('nps') > 0 or cx:kpi('nps') <= 0"), "false");
  EXPECT_EQ(value("cx:level('nps')"), "normal");
}

TEST(KpiFunctions, AreCheckedWhenCompiled) {
  EXPECT_NE(value("cx:kpi()").find("does not compile"), std::string::npos);
  EXPECT_NE(value("cx:kpy('csat')").find("does not compile"), std::string::npos);
}

TEST(TaskFunctions, TellOfTheTaskAtHand) {
  EXPECT_EQ(value("htd:getTaskPriority() < 4"), "true");
  EXPECT_EQ(value("htd:getTaskPriority() + 1", {}, ns::xpath2_sublang), "4");
  EXPECT_EQ(value("concat(htd:getActualOwner(), htd:getState())"), "getActualOwnergetState");
  Desk elsewhere;
  elsewhere.in_task = false;
  EXPECT_EQ(value("htd:getState()", elsewhere), "fault subLanguageExecutionFault");
}

}  // namespace
}  // namespace echoflow::xpath::test
