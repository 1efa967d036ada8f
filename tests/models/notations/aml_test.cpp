#include "models/notations/aml/import.hpp"

#include <gtest/gtest.h>

#include "models/notations/aml/words.hpp"
#include "models/notations/loss_report.hpp"
#include "models/notations/text.hpp"

namespace echoflow::aml {
namespace {

const std::string doctype =
    "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [\n  <!ENTITY LocaleId.DEde \"1031\">\n  <!ENTITY LocaleId.USen "
    "\"1033\">\n]>\n";

std::string named(const std::string& de, const std::string& en) {
  return "<AttrDef AttrDef.Type=\"AT_NAME\"><AttrValue LocaleId=\"&LocaleId.DEde;\"><StyledElement><StyledElement>"
         "<PlainText TextValue=\"" +
         de + "\"/></StyledElement></StyledElement></AttrValue><AttrValue LocaleId=\"&LocaleId.USen;\">" + en +
         "</AttrValue></AttrDef>";
}
std::string object(const std::string& id, const std::string& type, const std::string& content,
                   const std::string& attributes = {}) {
  return "<ObjDef ObjDef.ID=\"D." + id + "\" TypeNum=\"" + type + "\" " + attributes + ">" + content + "</ObjDef>\n";
}
std::string connection(const std::string& id, const std::string& type, const std::string& to,
                       const std::string& content = {}) {
  return "<CxnDef CxnDef.ID=\"C." + id + "\" CxnDef.Type=\"" + type + "\" ToObjDef.IdRef=\"D." + to + "\">" + content +
         "</CxnDef>";
}
std::string occurrence(const std::string& id, const std::string& symbol, const std::string& arrows = {}) {
  return "<ObjOcc ObjOcc.ID=\"O." + id + "\" ObjDef.IdRef=\"D." + id + "\" SymbolNum=\"" + symbol +
         "\"><Position Pos.X=\"100\" Pos.Y=\"50\"/><Size Size.dX=\"200\" Size.dY=\"80\"/>" + arrows + "</ObjOcc>\n";
}
std::string arrow(const std::string& id, const std::string& to) {
  return "<CxnOcc CxnOcc.ID=\"A." + id + "\" CxnDef.IdRef=\"C." + id + "\" ToObjOcc.IdRef=\"O." + to +
         "\"><Position Pos.X=\"1\" Pos.Y=\"2\"/></CxnOcc>";
}
std::string attribute(const std::string& type, const std::string& value) {
  return "<AttrDef AttrDef.Type=\"" + type + "\"><AttrValue LocaleId=\"1031\">" + value + "</AttrValue></AttrDef>";
}

/// A function between two events, and who and what belongs to it.
std::string claims() {
  return doctype + "<AML><Header-Info DatabaseName=\"Desk\" ArisExeVersion=\"71\"/>\n<Group Group.ID=\"G\">\n" +
         object("in", "OT_EVT", named("Antrag da", "Claim came") + connection("1", "CT_ACTIV_1", "work")) +
         object("work", "OT_FUNC",
                named("Antrag prüfen", "Check the claim") + attribute("AT_TIME_AVG_PRCS", "1,5;45") +
                    connection("2", "CT_CRT_1", "out", attribute("AT_PROB", "30 %")) +
                    connection("7", "CT_MEASURED_BY", "kpi") + connection("8", "CT_HAS_OUT", "doc"),
                "LinkedModels.IdRefs=\"Model.fad\"") +
         object("out", "OT_EVT", named("Antrag geprüft", "Claim checked")) +
         object("clerk", "OT_PERS_TYPE", named("Sachbearbeiter", "Clerk") + connection("3", "CT_EXEC_2", "work")) +
         object("boss", "OT_POS", named("Leitung", "Head") + connection("4", "CT_DECID_ON", "work")) +
         object("crm", "OT_APPL_SYS_TYPE", named("CRM", "CRM") + connection("5", "CT_CAN_SUPP_1", "work")) +
         object("risk", "OT_RISK", named("Frist versäumt", "Too late") + connection("6", "CT_OCCUR", "work")) +
         object("kpi", "OT_KPI", named("Durchlaufzeit", "Time") + attribute("AT_PLAN_VAL", "2 d")) +
         object("doc", "OT_INFO_CARR", named("Bescheid", "Notice")) +
         object("other", "OT_ORG_UNIT", named("Archiv", "Archive") + connection("9", "CT_MUST_BE_INFO_ABT_1", "work")) +
         "<Model Model.ID=\"Model.1\" Model.Type=\"MT_EEPC\">" + named("Antrag", "Claim") + "\n" +
         occurrence("in", "ST_EV", arrow("1", "work")) +
         occurrence("work", "ST_FUNC", arrow("2", "out") + arrow("7", "kpi") + arrow("8", "doc")) +
         occurrence("out", "ST_EV") + occurrence("clerk", "ST_EMPL_TYPE", arrow("3", "work")) +
         occurrence("boss", "ST_POS", arrow("4", "work")) + occurrence("crm", "ST_APPL_SYS_TYPE", arrow("5", "work")) +
         occurrence("risk", "ST_RISK_1", arrow("6", "work")) + occurrence("kpi", "ST_KPI_1") +
         occurrence("doc", "ST_DOC") + "</Model>\n<Model Model.ID=\"Model.fad\" Model.Type=\"MT_FUNC_ALLOC_DGM\">" +
         "<ObjOcc ObjOcc.ID=\"O.f1\" ObjDef.IdRef=\"D.work\" SymbolNum=\"ST_FUNC\"/>"
         "<ObjOcc ObjOcc.ID=\"O.f2\" ObjDef.IdRef=\"D.other\" SymbolNum=\"ST_ORG_UNIT_1\">"
         "<CxnOcc CxnOcc.ID=\"A.9\" CxnDef.IdRef=\"C.9\" ToObjOcc.IdRef=\"O.f1\"/></ObjOcc></Model>\n"
         "<Model Model.ID=\"Model.vac\" Model.Type=\"MT_VAL_ADD_CHN_DGM\"/>\n</Group></AML>";
}
std::string messages(const graph::Imported& imported) {
  std::string text;
  for (const auto& finding : imported.findings) text += to_string(finding) + "\n";
  return text;
}

TEST(Aml, AChainWithWhatBelongsToIt) {
  const auto imported = import(claims(), "claims.xml");
  EXPECT_EQ(messages(imported), "");
  const auto& g = imported.graph;
  EXPECT_EQ(g.exporter, "ARIS 71");
  ASSERT_EQ(g.containers.size(), 1u);
  EXPECT_EQ(g.containers[0].name.in("de"), "Antrag");
  EXPECT_EQ(g.containers[0].name.in("en"), "Claim");
  const auto work = g.find("O.work");
  ASSERT_NE(work, graph::none);
  EXPECT_EQ(g.node(work).name.in("de"), "Antrag prüfen");
  EXPECT_EQ(g.node(work).as<graph::Activity>()->kind, graph::ActivityKind::user_task);
  EXPECT_EQ(g.node(work).bounds->width, 200);
  ASSERT_EQ(g.outgoing(work).size(), 1u);
  EXPECT_DOUBLE_EQ(*g.flow(g.outgoing(work)[0]).probability, 0.3);
  std::string duration;
  for (const auto& one : g.node(work).attributes)
    if (one.name == "AT_TIME_AVG_PRCS.duration") duration = one.value;
  EXPECT_EQ(duration, "PT1.5H");
  std::map<std::string, graph::RelationKind> relations;
  for (const auto& relation : g.relations) relations[relation.type] = relation.kind;
  using Kind = graph::RelationKind;
  EXPECT_EQ(relations.at("CT_EXEC_2"), Kind::executes);
  EXPECT_EQ(relations.at("CT_DECID_ON"), Kind::decides);
  EXPECT_EQ(relations.at("CT_CAN_SUPP_1"), Kind::supports);
  EXPECT_EQ(relations.at("CT_OCCUR"), Kind::occurs_at);
  EXPECT_EQ(relations.at("CT_MEASURED_BY"), Kind::measured_by);
  EXPECT_EQ(relations.at("CT_HAS_OUT"), Kind::writes);
  EXPECT_EQ(relations.at("CT_MUST_BE_INFO_ABT_1"), Kind::informed) << "from the function allocation diagram";
  EXPECT_EQ(g.node(g.find("O.kpi")).as<graph::Kpi>()->target, "2 d");
}

TEST(Aml, OtherModelsAreReported) {
  const auto imported = import(claims(), "claims.xml");
  const auto found = std::find_if(imported.report.begin(), imported.report.end(),
                                  [](const auto& loss) { return loss.id == "Model.vac"; });
  ASSERT_NE(found, imported.report.end());
  EXPECT_EQ(found->kind, graph::LossKind::left_out);
  EXPECT_NE(found->what.find("value-added chain"), std::string::npos);
}

TEST(Aml, AFunctionThatAnotherChainRefinesCallsIt) {
  auto text = claims();
  text.replace(text.find("Model.fad\""), 10, "Model.2\"");
  text.replace(text.find("<Model Model.ID=\"Model.vac\""), 0,
               "<Model Model.ID=\"Model.2\" Model.Type=\"MT_EEPC\">"
               "<ObjOcc ObjOcc.ID=\"O.s\" ObjDef.IdRef=\"D.in\" SymbolNum=\"ST_EV\"/></Model>");
  const auto imported = import(text, "claims.xml");
  const auto* work = imported.graph.node(imported.graph.find("O.work")).as<graph::Activity>();
  EXPECT_EQ(work->kind, graph::ActivityKind::call_activity);
  EXPECT_EQ(work->called, "Model.2");
}

TEST(Aml, ConnectorsAreWhatTheirSymbolsSay) {
  using epc::ObjectKind;
  EXPECT_EQ(kind_of("OT_RULE", "ST_OPR_XOR_1"), ObjectKind::exclusive);
  EXPECT_EQ(kind_of("OT_RULE", "ST_OPR_OR_2"), ObjectKind::inclusive);
  EXPECT_EQ(kind_of("OT_RULE", "ST_OPR_AND_1"), ObjectKind::parallel);
  EXPECT_EQ(kind_of("OT_RULE", "ST_OPR_XOR_AND_1"), ObjectKind::unclear_connector);
  EXPECT_EQ(kind_of("OT_FUNC", "ST_PRCS_IF"), ObjectKind::interface);
  EXPECT_EQ(kind_of("OT_OBJECTIVE", "ST_X"), std::nullopt);
}

TEST(Aml, TimesHaveAUnit) {
  EXPECT_EQ(duration_of("90;43"), "PT90S");
  EXPECT_EQ(duration_of("2;46"), "P2D");
  EXPECT_EQ(duration_of("3;47"), "P3M");
  EXPECT_EQ(duration_of("3;99"), std::nullopt);
  EXPECT_EQ(duration_of("3"), std::nullopt);
  EXPECT_EQ(duration_of("-3;43"), std::nullopt);
}

/// Latin-1 and UTF-16 of a text, as tools write it.
std::string as_latin(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (static_cast<unsigned char>(utf8[i]) == 0xc3) {
      out += static_cast<char>(static_cast<unsigned char>(utf8[++i]) + 0x40);
    } else {
      out += utf8[i];
    }
  }
  return out;
}
std::string as_utf16(const std::string& latin) {
  std::string out = "\xff\xfe";
  for (const char c : latin) (out += c) += '\0';
  return out;
}

TEST(Aml, EncodingsOfOldToolsAreRead) {
  const std::string latin = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n" + as_latin(claims());
  const auto one = import(latin, "claims.xml");
  EXPECT_EQ(messages(one), "");
  EXPECT_EQ(one.graph.node(one.graph.find("O.work")).name.in("de"), "Antrag prüfen");
  const auto two = import(as_utf16("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n" + as_latin(claims())), "claims.xml");
  EXPECT_EQ(messages(two), "");
  EXPECT_EQ(two.graph.node(two.graph.find("O.work")).name.in("de"), "Antrag prüfen");
  EXPECT_EQ(one.graph.node(one.graph.find("O.work")).where.line, two.graph.node(two.graph.find("O.work")).where.line);
}

TEST(Aml, OnlyTheKnownDocumentTypeIsResolved) {
  const std::string body = "<AML><Group/></AML>";
  const std::string refused[] = {
      "<!DOCTYPE AML SYSTEM \"other.dtd\">" + body,
      "<!DOCTYPE AML PUBLIC \"x\" \"ARIS-Export.dtd\">" + body,
      "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [<!ENTITY a \"b\">]>" + body,
      "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [<!ENTITY LocaleId.a \"&LocaleId.b;\">]>" + body,
      "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [<!ENTITY LocaleId.a SYSTEM \"file:///etc/passwd\">]>" + body,
      "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [<!ENTITY % p \"1\">%p;]>" + body,
      "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [<!ELEMENT AML ANY>]>" + body,
      "<!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\" [",
      "<!DOCTYPE AML",
  };
  for (const auto& text : refused) {
    const auto imported = import(text, "x.xml");
    ASSERT_TRUE(has_errors(imported.findings)) << text;
    EXPECT_EQ(imported.findings.front().rule, "AML") << text;
    EXPECT_EQ(imported.graph.node_count(), 0u) << text;
  }
  const auto fine = notations::without_aris_doctype(doctype + "<AML x=\"&LocaleId.DEde;\"/>", "x.xml");
  ASSERT_TRUE(fine);
  EXPECT_NE(fine->find("<AML x=\"1031\"/>"), std::string::npos);
  EXPECT_EQ(std::count(fine->begin(), fine->end(), '\n'), 4);
}

TEST(Aml, AnArrowWithoutDefinitionIsAnError) {
  auto text = claims();
  text.replace(text.find("CxnDef.IdRef=\"C.2\""), 18, "CxnDef.IdRef=\"C.0\"");
  const auto imported = import(text, "claims.xml");
  EXPECT_TRUE(has_errors(imported.findings));
  EXPECT_NE(messages(imported).find("'C.0'"), std::string::npos);
}

TEST(Aml, WithoutDrawnArrowsTheDefinitionsConnect) {
  auto text = claims();
  for (auto at = text.find("<CxnOcc"); at != std::string::npos; at = text.find("<CxnOcc")) {
    const auto closed = text.find("</CxnOcc>", at);
    const auto end = text.find("/>", at);
    text.erase(at, text.compare(end + 2, 9, "</CxnOcc>") == 0 ? closed + 9 - at : end + 2 - at);
  }
  const auto imported = import(text, "claims.xml");
  EXPECT_EQ(imported.graph.flow_count(), 2u) << messages(imported);
}

}  // namespace
}  // namespace echoflow::aml
