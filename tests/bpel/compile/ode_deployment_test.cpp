// What Apache ODE deploys and the standard would refuse: folders with a deploy.xml.
#include <gtest/gtest.h>

#include "bpel/compile/deployment.hpp"

namespace echoflow::compile {
namespace {

constexpr const char* names = R"(xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
  xmlns:s="urn:shop" xmlns:l="urn:links" xmlns:plnk="http://docs.oasis-open.org/wsbpel/2.0/plnktype"
  xmlns:vprop="http://docs.oasis-open.org/wsbpel/2.0/varprop")";

std::string wsdl(const std::string& ns, const std::string& content) {
  return "<definitions targetNamespace=\"" + ns + "\" " + names + ">" + content + "</definitions>";
}

const std::string shop = R"(<types><xsd:schema targetNamespace="urn:shop"><xsd:element name="order" type="xsd:int"/>
  </xsd:schema></types><message name="order"><part name="body" element="s:order"/></message>
  <portType name="Shop"><operation name="order"><input message="s:order"/></operation></portType>)";
const std::string links = R"(<plnk:partnerLinkType name="shop"><plnk:role name="shop" portType="s:Shop"/>
  </plnk:partnerLinkType><vprop:property name="id" type="xsd:int"/>
  <vprop:propertyAlias propertyName="l:id" messageType="s:order" part="body"/>)";

constexpr const char* process_file = R"(<process name="p" targetNamespace="urn:p"
  xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable" xmlns:s="urn:shop" xmlns:l="urn:links">
  <import namespace="urn:links" location="links.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
  <partnerLinks><partnerLink name="shop" partnerLinkType="l:shop" myRole="shop"/></partnerLinks>
  <variables><variable name="order" messageType="s:order"/><variable name="e" element="s:order"/></variables>
  <correlationSets><correlationSet name="c" properties="l:id"/></correlationSets>
  <receive partnerLink="shop" operation="order" variable="order" createInstance="yes">
  <correlations><correlation set="c" initiate="yes"/></correlations></receive></process>)";

constexpr const char* deploy_xml = R"(<deploy xmlns="http://www.apache.org/ode/schemas/dd/2007/03" xmlns:p="urn:p"
  xmlns:s="urn:shop"><process name="p:p"><provide partnerLink="shop"><service name="s:Shop" port="P"/></provide>
  </process></deploy>)";

std::map<std::string, std::string> folder() {
  return {{"p.bpel", process_file},
          {"deploy.xml", deploy_xml},
          {"shop.wsdl", wsdl("urn:shop", shop)},
          {"links.wsdl", wsdl("urn:links", "<import namespace=\"urn:shop\" location=\"shop.wsdl\"/>" + links)}};
}

std::string errors(const std::map<std::string, std::string>& files) {
  const source::SourceSet sources{files};
  std::string out;
  for (const auto& finding : compile_deployment(sources).findings)
    if (finding.severity == Severity::error) out += finding.rule + " ";
  return out;
}

TEST(OdeDeployment, SeesWhatImportedDocumentsImport) {
  EXPECT_EQ(errors(folder()), "");
  auto bare = folder();
  bare.erase("deploy.xml");
  EXPECT_EQ(errors(bare), "SA00010 SA00010 ");
}

TEST(OdeDeployment, TakesTheFirstOfTwoDefinitionsThatSayTheSame) {
  auto files = folder();
  files["again.wsdl"] = wsdl("urn:shop", shop);
  files["links.wsdl"] = wsdl("urn:links",
                             "<import namespace=\"urn:shop\" location=\"shop.wsdl\"/>"
                             "<import namespace=\"urn:shop\" location=\"again.wsdl\"/>" +
                                 links + R"(<vprop:propertyAlias propertyName="l:id" messageType="s:order"
                                 part="body"/>)");
  EXPECT_EQ(errors(files), "");
  files["again.wsdl"] = wsdl("urn:shop", R"(<message name="order"/>)");
  EXPECT_EQ(errors(files), "SA00014 ");
}

TEST(OdeDeployment, LooksOnlyAtPortTypesThatAreUsed) {
  const std::string tell = R"(<operation name="tell"><output message="s:order"/></operation>)";
  auto files = folder();
  files["shop.wsdl"] = wsdl("urn:shop", shop + "<portType name=\"Other\">" + tell + tell + "</portType>");
  EXPECT_EQ(errors(files), "");
  auto with_notification = shop;
  with_notification.insert(with_notification.find("<operation"), tell);
  files["shop.wsdl"] = wsdl("urn:shop", with_notification);
  EXPECT_EQ(errors(files), "SA00001 ");
}

}  // namespace
}  // namespace echoflow::compile
