#include <gtest/gtest.h>

#include <cctype>
#include <tuple>

#include "bpel/rules/check_rules.hpp"
#include "tests/bpel/rules/case_file.hpp"

namespace echoflow::rules {
namespace {

const std::vector<Case>& all_cases() {
  static const auto cases = read_all_cases(std::string(ECHOFLOW_SOURCE_DIR) + "/tests/bpel/rules/cases");
  return cases;
}

std::string case_name(const testing::TestParamInfo<std::size_t>& info) {
  const auto& one = all_cases()[info.param];
  std::string out = one.rule + "_";
  for (const char c : one.title) out += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return out;
}

class RuleCase : public testing::TestWithParam<std::size_t> {};

TEST_P(RuleCase, FindsWhatItsMarksSay) {
  const auto& one = all_cases()[GetParam()];
  const source::SourceSet sources{one.files};
  Diagnostics below;
  const auto loaded = parse::load_process("case.bpel", sources, below);
  std::set<std::pair<std::string, std::string>> found;
  std::string messages;
  for (const auto& finding : check_rules(loaded)) {
    found.emplace(finding.where.file + ":" + std::to_string(finding.where.line), finding.rule);
    messages += to_string(finding) + "\n";
    EXPECT_GT(finding.where.column, 0u);
    EXPECT_EQ(finding.message.back(), '.') << finding.message;
  }
  EXPECT_EQ(found, one.expected) << messages;
  if (!one.expected.empty()) return;
  for (const auto& finding : below) EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
}

INSTANTIATE_TEST_SUITE_P(Cases, RuleCase, testing::Range(std::size_t{0}, all_cases().size()), case_name);

TEST(RuleCases, EveryRuleHasAViolationAndAValidProcess) {
  std::set<std::string> violated, obeyed;
  for (const auto& one : all_cases()) {
    if (one.expected.empty()) obeyed.insert(one.rule);
    for (const auto& [place, rule] : one.expected)
      if (rule == one.rule) violated.insert(rule);
  }
#define ECHOFLOW_RULE(number)                              \
  EXPECT_TRUE(violated.contains("SA" #number)) << #number; \
  EXPECT_TRUE(obeyed.contains("SA" #number)) << #number;
#include "bpel/rules/rules.def"
#define ECHOFLOW_CX_RULE(number)                           \
  EXPECT_TRUE(violated.contains("CX" #number)) << #number; \
  EXPECT_TRUE(obeyed.contains("CX" #number)) << #number;
#include "bpel/rules/cx_rules.def"
}

TEST(Findings, ComeInTheOrderOfTheirPlaces) {
  const auto cases = read_cases(std::string(ECHOFLOW_SOURCE_DIR) + "/tests/bpel/rules/cases/order_of_findings.txt", "");
  ASSERT_EQ(cases.size(), 1u);
  const source::SourceSet sources{cases[0].files};
  Diagnostics below;
  const auto findings = check_rules(parse::load_process("case.bpel", sources, below));
  ASSERT_GE(findings.size(), 3u);
  for (std::size_t i = 1; i < findings.size(); ++i) {
    const auto& a = findings[i - 1].where;
    const auto& b = findings[i].where;
    EXPECT_LE(std::tie(a.file, a.line, a.column), std::tie(b.file, b.line, b.column));
  }
}

}  // namespace
}  // namespace echoflow::rules
