// WS-BPEL 2.0 §8.4: bpel:doXslTransform, its faults, and the walls around it.
#include <chrono>
#include <fstream>
#include <thread>

#include "tests/bpel/xpath/fixture.hpp"

namespace echoflow::xpath::test {
namespace {

std::string sheet(const std::string& body) {
  return "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:n='urn:n'>" + body +
         "</xsl:stylesheet>";
}
std::string main_template(const std::string& body) {
  return sheet("<xsl:template match='/'>" + body + "</xsl:template>");
}

class Transform : public testing::Test {
 protected:
  Transform() { world_.element("order", "<n:order xmlns:n='urn:n' id='7'><item>pen</item><item>ink</item></n:order>"); }
  std::string run(const std::string& content, const std::string& arguments = "") {
    world_.files["main.xsl"] = content;
    return value_of(world_, "bpel:doXslTransform('main.xsl', $order" + arguments + ")");
  }
  static bool is_fault(const std::string& value, const std::string& fault) {
    return value.starts_with("!" + fault + " ");
  }
  World world_;
};

TEST_F(Transform, ElementResult) {
  EXPECT_EQ(run(main_template("<out id='{n:order/@id}'><xsl:for-each select='n:order/item'><i><xsl:value-of "
                              "select='.'/></i></xsl:for-each></out>")),
            "<out id=\"7\"><i>pen</i><i>ink</i></out>");
}

TEST_F(Transform, SourceIsTheOnlyChildOfTheRoot) {
  world_.files["main.xsl"] =
      main_template("<out><xsl:value-of select='count(/*)'/><xsl:value-of select='name(/*)'/></out>");
  EXPECT_EQ(value_of(world_, "bpel:doXslTransform('main.xsl', $order/item[2])"), "<out>1item</out>");
  EXPECT_EQ(run(main_template("<xsl:copy-of select='.'/>")),
            "<n:order id=\"7\"><item>pen</item><item>ink</item></n:order>");
}

TEST_F(Transform, TextResult) {
  EXPECT_EQ(run(sheet("<xsl:output method='text'/><xsl:template match='/'>total <xsl:value-of "
                      "select='count(//item)'/></xsl:template>")),
            "'total 2'");
}

TEST_F(Transform, ResultIsAValue) {
  world_.files["main.xsl"] = main_template("<r><v>5</v></r>");
  EXPECT_EQ(value_of(world_, "bpel:doXslTransform('main.xsl', $order)/v + 1"), "6");
}

TEST_F(Transform, Parameters) {
  const auto s = sheet(
      "<xsl:param name='a' select=\"'none'\"/><xsl:template match='/'><o><xsl:copy-of "
      "select='$a'/></o></xsl:template>");
  EXPECT_EQ(run(s), "<o>none</o>");
  EXPECT_EQ(run(s, ", 'a', 'it''s'").substr(0, 1), "?");
  EXPECT_EQ(run(s, ", 'a', \"it's\""), "<o>it's</o>");
  EXPECT_EQ(run(s, ", 'a', concat(\"'\", '\"')"), "<o>'\"</o>");
  EXPECT_EQ(run(s, ", 'a', 1.5 + 1"), "<o>2.5</o>");
  EXPECT_EQ(run(s, ", 'a', true()"), "<o>true</o>");
  EXPECT_EQ(run(s, ", 'a', $order/item"), "<o><item>pen</item><item>ink</item></o>");
  EXPECT_EQ(run(s, ", 'a', string($order/@id)"), "<o>7</o>");
  EXPECT_EQ(run(s, ", 'b', '1'"), "<o>none</o>");
}

TEST_F(Transform, Faults) {
  EXPECT_TRUE(is_fault(value_of(world_, "bpel:doXslTransform('absent.xsl', $order)"), "xsltStylesheetNotFound"));
  EXPECT_TRUE(is_fault(run("<not-well-formed"), "subLanguageExecutionFault"));
  EXPECT_TRUE(is_fault(run(sheet("<xsl:nonsense/><xsl:template match='['/>")), "subLanguageExecutionFault"));
  EXPECT_TRUE(is_fault(run(main_template("<xsl:message terminate='yes'>stop here</xsl:message>")),
                       "subLanguageExecutionFault"));
  EXPECT_NE(run(main_template("<xsl:message terminate='yes'>stop here</xsl:message>")).find("stop here"),
            std::string::npos);
  EXPECT_TRUE(is_fault(run(main_template("<xsl:value-of select='$unknown'/>")), "subLanguageExecutionFault"));
  const auto good = main_template("<o/>");
  world_.files["main.xsl"] = good;
  for (const auto* source : {"'text'", "$order/item", "$order/none", "$order/@id", "1", "true()", "$order/item/text()"})
    EXPECT_TRUE(
        is_fault(value_of(world_, std::string("bpel:doXslTransform('main.xsl', ") + source + ")"), "xsltInvalidSource"))
        << source;
  world_.files["main.xsl"] = "<broken";
  EXPECT_TRUE(is_fault(value_of(world_, "bpel:doXslTransform('main.xsl', 'text')"), "xsltInvalidSource"));
}

TEST_F(Transform, MessagesDoNotStop) {
  EXPECT_EQ(run(main_template("<xsl:message>hello</xsl:message><o/>")), "<o/>");
}

TEST_F(Transform, IncludesInsideTheDeployment) {
  world_.files["lib/part.xsl"] =
      sheet("<xsl:include href='../other.xsl'/><xsl:template match='item'><i/></xsl:template>");
  world_.files["other.xsl"] = sheet("<xsl:template name='t'>t</xsl:template>");
  world_.files["data.xml"] = "<d><v>42</v></d>";
  EXPECT_EQ(run(sheet("<xsl:import href='lib/part.xsl'/><xsl:template match='/'><o><xsl:apply-templates "
                      "select='*/item'/><xsl:call-template name='t'/></o></xsl:template>")),
            "<o><i/><i/>t</o>");
  EXPECT_EQ(run(main_template("<o><xsl:value-of select=\"document('data.xml')/d/v\"/></o>")), "<o>42</o>");
  EXPECT_EQ(run(main_template("<o><xsl:value-of select=\"count(document('')//@match)\"/></o>")), "<o>1</o>");
}

TEST_F(Transform, NothingOutsideIsRead) {
  const auto path = testing::TempDir() + "/xslt_secret.xml";
  std::ofstream(path) << "<secret>s3cret</secret>";
  for (const auto& uri : {"file:///etc/passwd", "/etc/passwd", "file:///etc/hostname", "http://127.0.0.1:9/x",
                          "ftp://127.0.0.1/x", "../../../../../../etc/passwd", "echoflow-file:///../etc/passwd",
                          "absent.xml", "https://127.0.0.1/x", "//127.0.0.1/x"}) {
    const auto value = run(main_template(std::string("<o><xsl:copy-of select=\"document('") + uri + "')\"/></o>"));
    EXPECT_TRUE(is_fault(value, "subLanguageExecutionFault")) << uri << " gave " << value;
  }
  for (const auto& uri : {path, "file://" + path}) {
    const auto value = run(main_template("<o><xsl:copy-of select=\"document('" + uri + "')\"/></o>"));
    EXPECT_TRUE(is_fault(value, "subLanguageExecutionFault")) << value;
    EXPECT_EQ(value.find("s3cret"), std::string::npos);
    EXPECT_TRUE(is_fault(run(sheet("<xsl:include href='" + uri + "'/><xsl:template match='/'><o/></xsl:template>")),
                         "subLanguageExecutionFault"));
    EXPECT_TRUE(is_fault(run(sheet("<xsl:import href='" + uri + "'/><xsl:template match='/'><o/></xsl:template>")),
                         "subLanguageExecutionFault"));
  }
  EXPECT_TRUE(
      is_fault(run(main_template("<xsl:copy-of select=\"document(string(*/@id))\"/>")), "subLanguageExecutionFault"));
}

TEST_F(Transform, NothingIsWritten) {
  const auto path = testing::TempDir() + "/xslt_written.xml";
  std::remove(path.c_str());
  const auto exsl =
      "<xsl:stylesheet version='1.1' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' "
      "xmlns:e='http://exslt.org/common' xmlns:s='http://icl.com/saxon' "
      "extension-element-prefixes='e s'><xsl:template match='/'>";
  for (const auto& element :
       {"<e:document href='" + path + "'>x</e:document>", "<s:output href='" + path + "'>x</s:output>",
        "<xsl:document href='" + path + "'>x</xsl:document>"}) {
    run(exsl + element + "<o/></xsl:template></xsl:stylesheet>");
    EXPECT_FALSE(std::ifstream(path).good()) << element;
  }
}

TEST_F(Transform, DoctypesAreRefused) {
  EXPECT_TRUE(is_fault(run("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + main_template("<o>&x;</o>")),
                       "subLanguageExecutionFault"));
  world_.files["data.xml"] = "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>";
  EXPECT_TRUE(is_fault(run(main_template("<o><xsl:copy-of select=\"document('data.xml')\"/></o>")),
                       "subLanguageExecutionFault"));
}

TEST_F(Transform, Limits) {
  const auto begin = std::chrono::steady_clock::now();
  const auto recursion = run(sheet("<xsl:template match='/' name='t'><xsl:call-template name='t'/></xsl:template>"));
  EXPECT_NE(recursion.find("xslt-depth"), std::string::npos) << recursion;
  const auto growth =
      run(sheet("<xsl:template match='/' name='t'><xsl:param name='s' "
                "select=\"'aaaaaaaaaaaaaaaaaaaa'\"/><xsl:call-template name='t'>"
                "<xsl:with-param name='s' select='concat($s, $s, $s, $s)'/></xsl:call-template></xsl:template>"));
  EXPECT_NE(growth.find("xslt-memory"), std::string::npos) << growth;
  std::string many = "<r>";
  for (int i = 0; i < 2000; ++i) many += "<i/>";
  world_.element("many", many + "</r>");
  world_.files["main.xsl"] = main_template(
      "<o><xsl:for-each select='//i'><xsl:for-each select='//i'><xsl:value-of select='count(//i[count(preceding::i) "
      "&gt; 1])'/></xsl:for-each></xsl:for-each></o>");
  const auto work = value_of(world_, "bpel:doXslTransform('main.xsl', $many)");
  EXPECT_TRUE(is_fault(work, "subLanguageExecutionFault")) << work.substr(0, 200);
  EXPECT_NE(work.find("xslt-"), std::string::npos) << work.substr(0, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TEST_F(Transform, NothingIsPrinted) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  run("<broken");
  run(
      main_template("<xsl:message>noise</xsl:message><xsl:value-of select='$unknown'/><xsl:value-of "
                    "select='document(\"http://x/\")'/>"));
  run(main_template("<xsl:value-of select='1 +'/>"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST_F(Transform, ManyThreadsShareASheet) {
  world_.files["main.xsl"] = sheet(
      "<xsl:key name='k' match='item' use='.'/><xsl:template match='/'><o><xsl:value-of select=\"count(key('k', "
      "'ink'))\"/></o></xsl:template>");
  const auto compiled = compile("bpel:doXslTransform('main.xsl', $order)", world_.context());
  ASSERT_TRUE(compiled.ok());
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        const auto value = (*compiled)->evaluate_string(world_);
        good[t] += value.ok() && *value == "1";
      }
    });
  for (auto& t : threads) t.join();
  for (const auto n : good) EXPECT_EQ(n, 200);
}

}  // namespace
}  // namespace echoflow::xpath::test
