#include "models/base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace echoflow {
namespace {

Diagnostic finding(std::uint32_t line, Severity severity = Severity::error) {
  return {"BPEL", severity, "m", {"a.bpel", line, 1}};
}

TEST(Findings, AreOrderedAndNamedOnce) {
  Diagnostics findings;
  for (std::uint32_t line : {3u, 1u, 2u, 1u}) add_finding(findings, finding(line));
  order_findings(findings);
  EXPECT_EQ(findings, (Diagnostics{finding(1), finding(2), finding(3)}));
}

TEST(Findings, AreThereAllUpToALimit) {
  Diagnostics findings;
  for (std::uint32_t line = most_findings; line > 0; --line)
    for (int twice = 0; twice < 2; ++twice) add_finding(findings, finding(line));
  order_findings(findings);
  ASSERT_EQ(findings.size(), most_findings);
  EXPECT_EQ(findings.back(), finding(most_findings));
}

TEST(Findings, BeyondTheLimitAreNamedInALastOne) {
  Diagnostics findings;
  for (std::uint32_t line = 1; line <= most_findings + 1; ++line) add_finding(findings, finding(line));
  order_findings(findings);
  ASSERT_EQ(findings.size(), most_findings + 1);
  EXPECT_EQ(findings[most_findings - 1], finding(most_findings));
  EXPECT_EQ(to_string(findings.back()),
            ".:0:0: DEPLOY There are more than 1000 findings; correct these first, then check again.");
}

TEST(Findings, TakeBoundedMemory) {
  Diagnostics findings, all;
  for (std::uint32_t line = 1; line <= 200'000; ++line) add_finding(findings, finding(line));
  EXPECT_LE(findings.size(), 10 * most_findings + 1);
  add_finding(all, finding(1));
  add_findings(all, findings);
  add_findings(all, findings);
  EXPECT_LE(all.size(), 10 * most_findings + 1);
  order_findings(all);
  EXPECT_EQ(all.size(), most_findings + 1);
}

TEST(Findings, NeverHideThatThereAreErrors) {
  Diagnostics findings;
  for (std::uint32_t line = 1; line <= 20'000; ++line) add_finding(findings, finding(line, Severity::warning));
  EXPECT_FALSE(has_errors(findings));
  add_finding(findings, finding(20'001));
  EXPECT_TRUE(has_errors(findings));
  order_findings(findings);
  EXPECT_TRUE(has_errors(findings));
}

TEST(Findings, ShowErrorsRatherThanWarnings) {
  Diagnostics findings;
  for (std::uint32_t line = 1; line <= 2'000; ++line) add_finding(findings, finding(line, Severity::warning));
  add_finding(findings, finding(2'001));
  order_findings(findings);
  ASSERT_EQ(findings.size(), most_findings + 1);
  EXPECT_EQ(findings[most_findings - 1], finding(2'001));
  EXPECT_EQ(findings.back().severity, Severity::warning);
}

}  // namespace
}  // namespace echoflow
