#include <gtest/gtest.h>

#include "bpel/compile/deployment.hpp"

namespace echoflow::compile {
namespace {

/// A file with something wrong in each of many elements.
std::string hostile(std::size_t elements) {
  std::string text =
      R"(<process name="P" targetNamespace="urn:p" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"><sequence>)";
  for (std::size_t i = 0; i < elements; ++i) text += "<unknown what='?'/>\n";
  return text + "<empty/></sequence></process>";
}

TEST(ManyFindings, AreCut) {
  const Deployment deployment = compile_deployment(source::SourceSet{{{"p.bpel", hostile(50'000)}}});
  EXPECT_TRUE(deployment.processes.empty());
  ASSERT_EQ(deployment.findings.size(), most_findings + 1);
  EXPECT_EQ(deployment.findings.front().where.line, 1u);
  EXPECT_NE(deployment.findings.back().message.find("more than 1000 findings"), std::string::npos);
  EXPECT_EQ(deployment.findings.back().severity, Severity::error);
}

TEST(ManyFindings, OfManyFilesAreCutToo) {
  source::SourceSet sources;
  for (int i = 0; i < 40; ++i) sources.files["p" + std::to_string(i) + ".bpel"] = hostile(100);
  EXPECT_EQ(compile_deployment(sources).findings.size(), most_findings + 1);
}

}  // namespace
}  // namespace echoflow::compile
