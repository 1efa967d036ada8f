#include "bpel/descriptor/descriptor.hpp"

#include <gtest/gtest.h>

namespace echoflow::descriptor {
namespace {

std::string messages(const Diagnostics& findings) {
  std::string out;
  for (const auto& finding : findings) out += to_string(finding) + "\n";
  return out;
}

const QName order{"urn:shop", "Order"};

TEST(EchoflowJson, PartnersAndProcesses) {
  Diagnostics findings;
  const auto descriptor = read_descriptors({{{"echoflow.json", R"({
    "inMemory": true,
    "partners": {
      "Bank": {"address": "https://bank.example/pay", "timeoutSeconds": 2.5, "retry": {"times": 3, "delaySeconds": 5}},
      "{urn:shop}Bank": {"timeoutSeconds": 30, "onFailure": "incident"}
    },
    "properties": {"{urn:p}colour": "red"},
    "processes": {"Order": {"inMemory": false}, "{urn:shop}Other": {"retired": true}}
  })"}}},
                                           findings);
  EXPECT_EQ(messages(findings), "");
  const auto settings = descriptor.settings_for("order.bpel", order);
  EXPECT_EQ(settings.in_memory, false);
  EXPECT_EQ(settings.properties.at({"urn:p", "colour"}), "red");
  const auto partner = settings.partner("Bank", {"urn:shop", "Bank"});
  EXPECT_EQ(partner.address, "https://bank.example/pay");
  EXPECT_EQ(partner.timeout_seconds, 2.5);
  EXPECT_EQ(partner.retry->times, 3u);
  EXPECT_EQ(partner.retry->delay_seconds, 5);
  EXPECT_EQ(partner.on_failure, OnFailure::incident);
  EXPECT_EQ(descriptor.settings_for("x.bpel", {"urn:shop", "Other"}).retired, true);
  EXPECT_EQ(descriptor.settings_for("x.bpel", {"urn:shop", "Third"}).in_memory, true);
  EXPECT_TRUE(descriptor.deploys("order.bpel", order));
}

struct Mistake {
  const char* text;
  const char* finding;
};

TEST(EchoflowJson, MistakesAreNamedByTheirPath) {
  const Mistake mistakes[] = {
      {R"({"inMemry": true})",
       "1:16: DEPLOY inMemry is not a setting of echoflow.json; remove it or correct its name."},
      {R"({"inMemory": "yes"})", "DEPLOY inMemory must be true or false, not a string."},
      {R"({"partners": {"B": {"retry": {"tries": 3}}}})", "DEPLOY partners.B.retry.tries is not a setting"},
      {R"({"partners": {"B": {"retry": {"times": 1.5}}}})", "DEPLOY partners.B.retry.times must be a whole number."},
      {R"({"partners": {"B": {"timeoutSeconds": 0}}})",
       "DEPLOY partners.B.timeoutSeconds must be at least 0.001 and at most 86400."},
      {R"({"partners": {"B": {"onFailure": "panic"}}})",
       "DEPLOY partners.B.onFailure must be \"fault\" or \"incident\"."},
      {R"({"partners": {"B": {"address": "file:///etc"}}})",
       "DEPLOY partners.B.address must be a URL that begins with http:// or https://."},
      {R"({"processes": {"P": {"processes": {}}}})", "DEPLOY processes.P.processes is not a setting"},
      {R"({"inMemory": true, "inMemory": true})",
       "DEPLOY The member \"inMemory\" stands twice in its object; remove one."},
      {R"([])", "DEPLOY The descriptor must be an object, not an array."},
      {"{\n\"a\": }", "2:6: DEPLOY This is no JSON: "},
      {"", "1:1: DEPLOY This is no JSON: "},
  };
  for (const auto& mistake : mistakes) {
    Diagnostics findings;
    read_echoflow_json({{{"echoflow.json", mistake.text}}}, "echoflow.json", findings);
    ASSERT_EQ(findings.size(), 1u) << mistake.text << "\n" << messages(findings);
    EXPECT_NE(messages(findings).find(mistake.finding), std::string::npos) << messages(findings);
  }
}

TEST(EchoflowJson, LimitsAreNamed) {
  Diagnostics findings;
  read_echoflow_json({{{"e", std::string(100'000, '[')}}}, "e", findings);
  read_echoflow_json({{{"e", std::string(2u << 20, ' ')}}}, "e", findings);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_NE(findings[0].message.find("json-depth (32)"), std::string::npos);
  EXPECT_NE(findings[1].message.find("json-bytes (1048576)"), std::string::npos);
}

const char* const bank_wsdl = R"(<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:bank"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:b="urn:bank">
  <binding name="B" type="b:Bank"/>
  <service name="Service"><port name="One" binding="b:B"><soap:address location="http://one"/></port>
  <port name="Two" binding="b:B"><soap:address location="http://two"/></port></service></definitions>)";

std::string deploy(const std::string& content) {
  return R"(<deploy xmlns="http://www.apache.org/ode/schemas/dd/2007/03" xmlns:s="urn:shop" xmlns:b="urn:bank">)" +
         content + "</deploy>";
}

TEST(DeployXml, ReadsWhatOdeReads) {
  Diagnostics findings;
  const auto descriptor = read_descriptors({{{"bank.wsdl", bank_wsdl}, {"deploy.xml", deploy(R"(
    <process name="s:Order">
      <active>true</active><retired>false</retired><in-memory>true</in-memory><version>4</version>
      <property name="s:colour">red</property>
      <provide partnerLink="Customer"><service name="s:Shop" port="ShopPort"/></provide>
      <invoke partnerLink="Bank"><service name="b:Service" port="Two"/></invoke>
      <invoke partnerLink="Any"><service name="b:Service"/></invoke>
    </process>)")}}},
                                           findings);
  EXPECT_EQ(messages(findings), "");
  const auto settings = descriptor.settings_for("order.bpel", order);
  EXPECT_EQ(settings.active, true);
  EXPECT_EQ(settings.retired, false);
  EXPECT_EQ(settings.in_memory, true);
  EXPECT_EQ(settings.version, 4u);
  EXPECT_EQ(settings.properties.at({"urn:shop", "colour"}), "red");
  EXPECT_EQ(settings.provides.at("Customer").service.clark(), "{urn:shop}Shop");
  EXPECT_EQ(settings.provides.at("Customer").port, "ShopPort");
  EXPECT_EQ(settings.invokes.at("Bank").port, "Two");
  EXPECT_EQ(settings.partner("Bank", {}).address, "http://two");
  EXPECT_EQ(settings.partner("Any", {}).address, "http://one");
  EXPECT_TRUE(descriptor.deploys("order.bpel", order));
  EXPECT_FALSE(descriptor.deploys("other.bpel", {"urn:shop", "Other"}));
}

TEST(DeployXml, WhatHasNoEffectIsAWarning) {
  Diagnostics findings;
  read_deploy_xml({{{"deploy.xml", deploy(R"(<process name="s:Order"><process-events generate="all"/>
    <cleanup on="always"/><mex-interceptors/><type-map/><sparkle/></process>)")}}},
                  "deploy.xml", findings);
  EXPECT_EQ(findings.size(), 5u) << messages(findings);
  EXPECT_FALSE(has_errors(findings));
  EXPECT_NE(messages(findings).find("<sparkle> is not known in a deploy.xml"), std::string::npos);
}

TEST(DeployXml, MistakesAreFindings) {
  Diagnostics findings;
  read_deploy_xml({{{"deploy.xml", deploy(R"(<process name="q:Order"/><process name="s:Order"><active>maybe</active>
    <invoke><service name="b:S"/></invoke><invoke partnerLink="P"/>
    <invoke partnerLink="Q"><service name="b:Gone" port="x"/></invoke><version>new</version></process>)")}}},
                  "deploy.xml", findings);
  const char* expected[] = {"The attribute name of <process> must be a qualified name whose prefix is declared",
                            "<active> is \"maybe\"; it must be true or false.",
                            "<invoke> lacks the attribute partnerLink; add it.",
                            "<invoke> names no service; add a <service> with name and port.",
                            "warning: DEPLOY No WSDL of the deployment gives the port x of the service {urn:bank}Gone",
                            "<version> is \"new\"; it must be a whole number."};
  for (const auto* text : expected) EXPECT_NE(messages(findings).find(text), std::string::npos) << text;
  EXPECT_EQ(findings.size(), std::size(expected)) << messages(findings);
}

TEST(DeployXml, AnotherDocumentIsRefused) {
  Diagnostics findings;
  read_deploy_xml({{{"deploy.xml", "<deploy/>"}}}, "deploy.xml", findings);
  EXPECT_TRUE(has_errors(findings));
}

TEST(Descriptors, ProcessesThatAreNotThereAreReported) {
  Diagnostics findings;
  const auto descriptor =
      read_descriptors({{{"a/deploy.xml", deploy("<process name='s:Order'/>\n<process name='s:Odrer'/>")},
                         {"echoflow.json", R"({"processes": {"Order": {}, "{urn:other}Order": {}}})"}}},
                       findings);
  report_unknown_processes(descriptor, {order}, findings);
  EXPECT_EQ(messages(findings),
            "echoflow.json:1:49: DEPLOY The process {urn:other}Order is not in the deployment; add it or correct its "
            "name.\n"
            "a/deploy.xml:2:1: DEPLOY The process {urn:shop}Odrer is not in the deployment; add it or correct its "
            "name.\n");
}

TEST(Descriptors, TheNearerFolderAndEchoflowJsonAreStronger) {
  Diagnostics findings;
  const auto descriptor = read_descriptors(
      {{{"echoflow.json",
         R"({"inMemory": true, "partners": {"A": {"timeoutSeconds": 1}, "B": {"timeoutSeconds": 1}}})"},
        {"a/echoflow.json", R"({"partners": {"A": {"address": "http://a"}}})"},
        {"a/deploy.xml",
         deploy(R"(<process name="s:Order"><in-memory>false</in-memory><retired>true</retired></process>)")},
        {"b/echoflow.json", R"({"inMemory": false})"}}},
      findings);
  EXPECT_EQ(messages(findings), "");
  const auto settings = descriptor.settings_for("a/order.bpel", order);
  EXPECT_EQ(settings.in_memory, false);
  EXPECT_EQ(settings.retired, true);
  EXPECT_EQ(settings.partner("A", {}).address, "http://a");
  EXPECT_EQ(settings.partner("A", {}).timeout_seconds, 1);
  EXPECT_EQ(descriptor.settings_for("order.bpel", order).in_memory, true);
  EXPECT_EQ(descriptor.settings_for("b/order.bpel", order).in_memory, false);
  EXPECT_EQ(descriptor.settings_for("ab/order.bpel", order).in_memory, true);
  EXPECT_TRUE(descriptor.deploys("b/other.bpel", {"urn:shop", "Other"}));
}

}  // namespace
}  // namespace echoflow::descriptor
