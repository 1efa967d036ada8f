#include "models/cx/description.hpp"

#include <gtest/gtest.h>

#include "bpel/compile/deployment.hpp"

/// The description of the built-in services comes with the server.
namespace echoflow::compile {
namespace {

std::string process(const std::string& import) {
  return R"(<process name="hear" targetNamespace="urn:echoflow:test" )"
         R"(xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable" xmlns:cx="urn:echoflow:cx:1.0">)"
         "<import namespace=\"urn:echoflow:cx:1.0\" importType=\"http://schemas.xmlsoap.org/wsdl/\"" +
         import +
         R"(/><partnerLinks><partnerLink name="voice" partnerLinkType="cx:feedback" myRole="listener"/>)"
         R"(<partnerLink name="speaker" partnerLinkType="cx:channels" partnerRole="speaker"/></partnerLinks>)"
         R"(<variables><variable name="post" messageType="cx:feedbackMessage"/></variables>)"
         R"(<receive partnerLink="voice" operation="onFeedback" variable="post" createInstance="yes"/></process>)";
}

std::string text_of(const Diagnostics& findings) {
  std::string text;
  for (const auto& finding : findings) text += to_string(finding) + "\n";
  return text;
}

Deployment deploy(const std::string& import, std::map<std::string, std::string> more = {}) {
  more["a/hear.bpel"] = process(import);
  return compile_deployment({std::move(more)});
}

std::string description() {
  std::map<std::string, std::string> files;
  cx::add_description(files);
  return files.at(std::string(cx::description_wsdl));
}

TEST(Description, IsFoundWithoutAFile) {
  for (const char* import : {"", " location=\"echoflow-cx.wsdl\"", " location=\"../wsdl/echoflow-cx.wsdl\"",
                             " location=\"urn:echoflow:cx:1.0\""}) {
    const auto deployment = deploy(import);
    EXPECT_EQ(text_of(deployment.findings), "") << import;
    ASSERT_EQ(deployment.processes.size(), 1u) << import;
    const auto& program = *deployment.processes[0].program;
    EXPECT_EQ(program.partner_links.at(0).my_wsdl_file, cx::description_wsdl);
    EXPECT_EQ(program.partner_links.at(1).partner_address, "urn:echoflow:cx:1.0#Channels");
    EXPECT_NE(program.wire_operation({"urn:echoflow:cx:1.0", "Channels"}, "reply"), nullptr);
  }
}

TEST(Description, MayLieInTheDeploymentAsItIs) {
  const auto deployment =
      deploy(" location=\"echoflow-cx.wsdl\"", {{"a/echoflow-cx.wsdl", description()}, {"b/echoflow-cx.wsdl", "<a/>"}});
  EXPECT_EQ(text_of(deployment.findings), "");
  EXPECT_EQ(deployment.processes.size(), 1u);
}

TEST(Description, OfAnotherTextIsRefused) {
  auto other = description();
  other.replace(other.find("onFeedback"), 10, "onFeedbock");
  const auto deployment = deploy(" location=\"echoflow-cx.wsdl\"", {{"a/echoflow-cx.wsdl", other}});
  ASSERT_EQ(deployment.findings.size(), 1u) << text_of(deployment.findings);
  EXPECT_EQ(deployment.findings[0].severity, Severity::error);
  EXPECT_NE(deployment.findings[0].message.find("leave it out"), std::string::npos);
  EXPECT_EQ(deployment.findings[0].where.file, "a/hear.bpel");
  EXPECT_TRUE(deployment.processes.empty());
}

TEST(Description, OfTheServerCannotBeReplaced) {
  const auto deployment = deploy("", {{std::string(cx::description_wsdl), "<a/>"}});
  EXPECT_EQ(text_of(deployment.findings), "");
  EXPECT_EQ(deployment.processes.size(), 1u);
}

TEST(Description, ItsMessagesHaveTheirSchema) {
  const auto deployment = deploy("");
  ASSERT_EQ(deployment.processes.size(), 1u);
  const auto& schemas = *deployment.processes[0].program->schemas;
  EXPECT_TRUE(schemas.type({"urn:echoflow:cx:1.0", "Feedback"}).has_value());
}

}  // namespace
}  // namespace echoflow::compile
