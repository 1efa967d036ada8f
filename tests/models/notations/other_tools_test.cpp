// How other tools write the same things: encodings, prefixes, names of drafts, elements by their base, names as
// attributes, definitions in other places. Every element with an id has a line in the report.
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <set>

#include "models/notations/import.hpp"
#include "models/notations/loss_report.hpp"
#include "models/notations/text.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::notations {
namespace {

constexpr const char* model_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";

std::string messages(const graph::Imported& imported) {
  std::string text;
  for (const auto& finding : imported.findings)
    if (finding.severity == Severity::error) text += to_string(finding) + "\n";
  return text;
}

const graph::Loss* line_of(const graph::Imported& imported, std::string_view id) {
  for (const auto& loss : imported.report)
    if (loss.id == id) return &loss;
  return nullptr;
}

/// The ids of the source that no line of the report has.
std::string without_line(const std::string& bytes, const graph::Imported& imported) {
  std::multiset<std::string> told;
  for (const auto& loss : imported.report) told.insert(loss.id);
  auto text = to_utf8(bytes, "m");
  if (text) text = without_aris_doctype(std::move(*text), "m");
  const auto document = xml::read(text ? *text : std::string());
  if (!document) return "unreadable";
  std::string silent;
  for (xml::NodeIndex n = 0; n < document->node_count(); ++n) {
    if (document->kind(n) != xml::NodeKind::element) continue;
    for (auto a = document->first_attribute(n); a != xml::no_node; a = document->next_sibling(a)) {
      const auto name = document->local_name(a);
      if (name != "id" && name != "epcId" && name != "defId" && !name.ends_with(".ID")) continue;
      const auto found = told.find(std::string(document->value(a)));
      if (found == told.end())
        silent += std::string(document->value(a)) + " ";
      else
        told.erase(found);
    }
  }
  return silent;
}

// --- BPMN
// -------------------------------------------------------------------------------------------------------------

std::string bpmn(const std::string& head, const std::string& name, const std::string& ns = model_namespace) {
  return head + "<definitions xmlns=\"" + ns + "\" targetNamespace=\"urn:x\"><process id=\"p\"><task id=\"t\" name=\"" +
         name + "\"/></process></definitions>";
}

std::string encoded(const std::string& utf8, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(utf8.size() * 4 + 16, '\0');
  const auto length = ucnv_convert(encoding, "UTF-8", out.data(), static_cast<std::int32_t>(out.size()), utf8.data(),
                                   static_cast<std::int32_t>(utf8.size()), &status);
  EXPECT_FALSE(U_FAILURE(status)) << encoding;
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string name_of_task(const std::string& bytes) {
  const auto imported = import_model(bytes, "m.bpmn");
  EXPECT_EQ(messages(imported), "");
  const auto n = imported.graph.find("t");
  return n == graph::none ? "(none)" : std::string(imported.graph.node(n).name.in(""));
}

TEST(OtherTools, BpmnInAnyEncodingIsRead) {
  const auto declared = [](const char* name) {
    return std::string("<?xml version=\"1.0\" encoding=\"") + name + "\"?>\n";
  };
  EXPECT_EQ(name_of_task(encoded(bpmn(declared("UTF-16"), "Prüfen"), "UTF-16")), "Prüfen");
  EXPECT_EQ(name_of_task(encoded(bpmn(declared("UTF-16"), "Prüfen"), "UTF-16LE")), "Prüfen") << "no byte order mark";
  EXPECT_EQ(name_of_task(bpmn(declared("UTF-16"), "Prüfen")), "Prüfen") << "converted without its declaration";
  EXPECT_EQ(name_of_task("\xef\xbb\xbf" + bpmn(declared("UTF-8"), "Prüfen")), "Prüfen");
  EXPECT_EQ(name_of_task(encoded(bpmn(declared("ISO-8859-1"), "Prüfen"), "ISO-8859-1")), "Prüfen");
  EXPECT_EQ(name_of_task(encoded(bpmn(declared("windows-1252"), "Prüfen – 5 €"), "cp1252")), "Prüfen – 5 €");
  EXPECT_EQ(name_of_task(encoded(bpmn(declared("Shift_JIS"), "確認"), "Shift_JIS")), "確認");
  EXPECT_EQ(name_of_task(encoded(bpmn(declared("GB2312"), "确认"), "GBK")), "确认");
  EXPECT_EQ(name_of_task("<!-- by a tool -->\n" + bpmn(declared("UTF-8"), "Prüfen")), "Prüfen");
  EXPECT_EQ(name_of_task("\n " + bpmn(declared("UTF-8"), "Prüfen")), "Prüfen");
}

TEST(OtherTools, AnEncodingThatIsNotReadIsNamedWithItsPlace) {
  const auto strange = import_model(bpmn("<?xml version=\"1.0\" encoding=\"EBCDIC-X\"?>\n", "T"), "m.bpmn");
  EXPECT_NE(messages(strange).find("'ebcdic-x'"), std::string::npos);
  const auto lying = import_model("<?xml version=\"1.0\"?>\n" + encoded(bpmn("", "Prüfen"), "ISO-8859-1"), "m.bpmn");
  EXPECT_NE(messages(lying).find("m.bpmn:2:"), std::string::npos) << messages(lying);
}

TEST(OtherTools, NamespacesOfDraftsAreBpmn) {
  for (const auto ns : {"http://schema.omg.org/spec/BPMN/2.0", "http://www.omg.org/bpmn20"})
    EXPECT_EQ(name_of_task(bpmn("", "T", ns)), "T") << ns;
  EXPECT_EQ(recognise(bpmn("", "T", "http://www.omg.org/bpmn20")), graph::Notation::bpmn);
}

TEST(OtherTools, OtherFormatsAreToldByName) {
  const std::pair<std::string, const char*> files[] = {
      {"<Package xmlns=\"http://www.wfmc.org/2009/XPDL2.2\"/>", "XPDL"},
      {"<VisioDocument xmlns=\"http://schemas.microsoft.com/visio/2003/core\"/>", "Visio"},
      {"<mxfile/>", "drawing tool"},
      {"<xmi:XMI xmlns:xmi=\"http://schema.omg.org/spec/XMI/2.1\"/>", "XMI"},
      {std::string("<b:tDefinitions xmlns:b=\"") + model_namespace + "\"/>", "XMI"},
      {"<pnml xmlns=\"http://www.pnml.org/version-2009/grammar/pnml\"/>", "Petri net"},
      {"<definitions xmlns=\"http://www.omg.org/spec/DMN/20180521/MODEL/\"/>", "DMN"},
      {std::string("PK\x03\x04") + std::string(20, '\0'), "archive"},
      {" {\"resourceId\": \"canvas\"}", "JSON"},
      {"%PDF-1.7", "PDF"},
      {"", "empty"},
      {"hello", "does not begin as an XML document"},
      {"<definitions/>", "add xmlns="},
  };
  for (const auto& [bytes, word] : files) {
    const auto imported = import_model(bytes, "m.bpmn");
    ASSERT_EQ(imported.findings.size(), 1u) << word;
    EXPECT_NE(imported.findings[0].message.find(word), std::string::npos) << imported.findings[0].message;
  }
}

TEST(OtherTools, ElementsByTheirBaseWithATypeAreThatType) {
  const std::string model = std::string("<definitions xmlns=\"") + model_namespace + "\" xmlns:b=\"" + model_namespace +
                            "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" targetNamespace=\"urn:x\">"
                            "<rootElement xsi:type=\"tProcess\" id=\"p\">"
                            "<flowElement xsi:type=\"b:tStartEvent\" id=\"s\"><eventDefinition "
                            "xsi:type=\"tSignalEventDefinition\" id=\"d\"/></flowElement>"
                            "<flowElement xsi:type=\"tUserTask\" id=\"t\" name=\"T\"><loopCharacteristics "
                            "xsi:type=\"tStandardLoopCharacteristics\" loopMaximum=\"2\"/></flowElement>"
                            "<flowElement xsi:type=\"tSequenceFlow\" id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>"
                            "<artifact xsi:type=\"tTextAnnotation\" id=\"a\"><text>Note</text></artifact>"
                            "</rootElement></definitions>";
  const auto imported = import_model(model, "m.bpmn");
  EXPECT_EQ(messages(imported), "");
  EXPECT_EQ(imported.graph.flow_count(), 1u);
  const auto& task = imported.graph.node(imported.graph.find("t"));
  ASSERT_TRUE(task.as<graph::Activity>());
  EXPECT_EQ(task.as<graph::Activity>()->kind, graph::ActivityKind::user_task);
  EXPECT_EQ(task.as<graph::Activity>()->loop.kind, graph::LoopKind::standard);
  EXPECT_EQ(imported.graph.node(imported.graph.find("s")).as<graph::Event>()->definitions.size(), 1u);
  EXPECT_EQ(imported.graph.node(imported.graph.find("a")).name.in(""), "Note");
  EXPECT_EQ(without_line(model, imported), "");
}

TEST(OtherTools, WhatHasNoIdGetsOneOfItsOwn) {
  const std::string model = std::string("<definitions xmlns=\"") + model_namespace +
                            "\" targetNamespace=\"urn:x\"><process><task/><task/></process><process/></definitions>";
  const auto& graph = import_model(model, "m.bpmn").graph;
  ASSERT_EQ(graph.containers.size(), 2u);
  EXPECT_NE(graph.containers[0].id, graph.containers[1].id);
  EXPECT_EQ(graph.node_count(), 2u);
}

TEST(OtherTools, TheCalledProcessMayStandInAnExtension) {
  const auto called = [](const std::string& process) {
    const auto imported = import_model(std::string("<definitions xmlns=\"") + model_namespace +
                                           "\" xmlns:z=\"urn:z\" targetNamespace=\"urn:x\"><process "
                                           "id=\"p\"><callActivity id=\"c\"><extensionElements>"
                                           "<z:calledElement processId=\"" +
                                           process + "\"/></extensionElements></callActivity></process></definitions>",
                                       "m.bpmn");
    return imported.graph.node(imported.graph.find("c")).as<graph::Activity>()->called;
  };
  EXPECT_EQ(called("other"), "other");
  EXPECT_EQ(called("=which"), "") << "an expression is no name";
}

TEST(OtherTools, LanesThatCrossAreToldAndKept) {
  const std::string model = std::string("<definitions xmlns=\"") + model_namespace +
                            "\" targetNamespace=\"urn:x\"><process id=\"p\">"
                            "<laneSet id=\"roles\"><lane id=\"desk\"><childLaneSet id=\"in\"><lane id=\"clerk\">"
                            "<flowNodeRef>t</flowNodeRef></lane></childLaneSet><flowNodeRef>t</flowNodeRef></lane>"
                            "</laneSet><laneSet id=\"phases\"><lane id=\"first\"><flowNodeRef>t</flowNodeRef></lane>"
                            "</laneSet><task id=\"t\"/></process></definitions>";
  const auto imported = import_model(model, "m.bpmn");
  const auto& task = imported.graph.node(imported.graph.find("t"));
  EXPECT_EQ(task.lanes, (std::vector<std::string>{"desk", "clerk"}));
  EXPECT_TRUE(std::any_of(task.attributes.begin(), task.attributes.end(),
                          [](const auto& a) { return a.name == "lane" && a.value == "first"; }));
  const auto changed = std::count_if(imported.report.begin(), imported.report.end(), [](const auto& loss) {
    return loss.element == "bpmn:flowNodeRef" && loss.kind == graph::LossKind::changed;
  });
  EXPECT_EQ(changed, 1);
}

// --- AML
// --------------------------------------------------------------------------------------------------------------

std::string named(const std::string& name, const std::string& locale = "1031") {
  return "<AttrDef AttrDef.Type=\"AT_NAME\"><AttrValue LocaleId=\"" + locale + "\">" + name + "</AttrValue></AttrDef>";
}

/// As ARIS 6 and the tools that follow it write: connections with both ends in their type, texts in their model, an
/// object without a place in a process, drawings and a value-added chain.
std::string old_export() {
  return "<?xml version='1.0'?>\n<!DOCTYPE AML SYSTEM 'ARIS-Export.dtd' [\n<!ENTITY LocaleId.DEde '1031'>\n]>\n"
         "<AML><Header-Info DatabaseName='D' ArisExeVersion='61'/><Language LocaleId='&LocaleId.DEde;'/>"
         "<User User.ID='user'/><FontStyleSheet FontSS.ID='font'/>\n<Group Group.ID='root'><Group Group.ID='inner'>"
         "<ObjDef ObjDef.ID='d1' TypeNum='OT_EVT'>" +
         named("Los") +
         "<CxnDef CxnDef.ID='c1' CxnDef.Type='OT_EVT.CT_ACTIV_1.OT_FUNC' ToObjDef.IdRef='d2'/></ObjDef>"
         "<ObjDef ObjDef.ID='d2' TypeNum='OT_FUNC'>" +
         named(
             "<StyledElement><StyledElement><PlainText TextValue='Kun'/></StyledElement><StyledElement><SoftHyphen/>"
             "</StyledElement><StyledElement><PlainText TextValue='de'/></StyledElement></StyledElement>",
             "de-DE") +
         "<CxnDef CxnDef.ID='c2' CxnDef.Type='OT_FUNC.CT_CRT_1.OT_EVT' ToObjDef.IdRef='d3'/></ObjDef>"
         "<ObjDef ObjDef.ID='d3' TypeNum='OT_EVT'>" +
         named("Fertig") + "</ObjDef><ObjDef ObjDef.ID='d4' TypeNum='OT_EMPL_TYPE'>" + named("Rolle") +
         "<CxnDef CxnDef.ID='c4' CxnDef.Type='OT_EMPL_TYPE.CT_EXEC_2.OT_FUNC' ToObjDef.IdRef='d2'/>"
         "<ExtCxnDef ExtCxnDef.ID='x1' ToDef.IdRef='y'/></ObjDef>"
         "<ObjDef ObjDef.ID='d5' TypeNum='OT_OBJECTIVE'>"
         "<CxnDef CxnDef.ID='c5' CxnDef.Type='CT_SUPP_1' ToObjDef.IdRef='d2'/></ObjDef>\n"
         "<Model Model.ID='m1' Model.Type='MT_EEPC_COLUMN'><Flag>1</Flag><Lane Lane.ID='lane'/>"
         "<FFTextDef FFTextDef.ID='t1'>" +
         named("Notiz") +
         "</FFTextDef><ObjOcc ObjOcc.ID='o1' ObjDef.IdRef='d1' SymbolNum='ST_EV'>"
         "<CxnOcc CxnOcc.ID='a1' CxnDef.IdRef='c1' ToObjOcc.IdRef='o2'/></ObjOcc>"
         "<ObjOcc ObjOcc.ID='o2' ObjDef.IdRef='d2' SymbolNum='ST_FUNC'>"
         "<CxnOcc CxnOcc.ID='a2' CxnDef.IdRef='c2' ToObjOcc.IdRef='o3'/></ObjOcc>"
         "<ObjOcc ObjOcc.ID='o3' ObjDef.IdRef='d3' SymbolNum='ST_EV'/>"
         "<ObjOcc ObjOcc.ID='o4' ObjDef.IdRef='d4' SymbolNum='ST_EMPL_TYPE'>"
         "<CxnOcc CxnOcc.ID='a4' CxnDef.IdRef='c4' ToObjOcc.IdRef='o2'/></ObjOcc>"
         "<ObjOcc ObjOcc.ID='o5' ObjDef.IdRef='d5' SymbolNum='ST_X'>"
         "<CxnOcc CxnOcc.ID='a5' CxnDef.IdRef='c5' ToObjOcc.IdRef='o2'/></ObjOcc>"
         "<FFTextOcc FFTextOcc.ID='to' FFTextDef.IdRef='t1'/><GfxObj GfxObj.ID='gfx'/></Model>\n"
         "<Model Model.ID='m2' Model.Type='MT_VAL_ADD_CHN_DGM'><ObjOcc ObjOcc.ID='o9' ObjDef.IdRef='d2'>"
         "<CxnOcc CxnOcc.ID='a9' CxnDef.IdRef='c9' ToObjOcc.IdRef='o9'/></ObjOcc></Model></Group></Group></AML>";
}

TEST(OtherTools, OldExportsOfArisAreRead) {
  const auto imported = import_model(old_export(), "m.xml");
  EXPECT_EQ(messages(imported), "");
  const auto& graph = imported.graph;
  EXPECT_EQ(graph.flow_count(), 2u);
  const auto work = graph.find("o2");
  ASSERT_NE(work, graph::none);
  EXPECT_EQ(graph.node(work).name.in("de"), "Kunde");
  EXPECT_EQ(graph.node(work).as<graph::Activity>()->kind, graph::ActivityKind::user_task);
  EXPECT_EQ(graph.node(graph.find("to")).name.in("de"), "Notiz");
}

TEST(OtherTools, EveryIdOfAnExportHasALine) {
  const auto imported = import_model(old_export(), "m.xml");
  EXPECT_EQ(without_line(old_export(), imported), "");
  for (const auto id : {"o5", "a5", "lane", "gfx", "x1", "user", "font", "m2", "o9", "a9"}) {
    ASSERT_TRUE(line_of(imported, id)) << id;
    EXPECT_EQ(line_of(imported, id)->kind, graph::LossKind::left_out) << id;
  }
  EXPECT_EQ(line_of(imported, "d2")->kind, graph::LossKind::kept);
  EXPECT_EQ(line_of(imported, "c4")->kind, graph::LossKind::kept);
  EXPECT_EQ(line_of(imported, "root")->kind, graph::LossKind::kept);
}

/// Half a megabyte of text, shown three hundred times, is 150 megabytes.
TEST(OtherTools, ASmallFileDoesNotBecomeAHugeGraph) {
  const std::string text(512 * 1024, 'x');
  std::string aml = "<AML><Group Group.ID='g'><ObjDef ObjDef.ID='d' TypeNum='OT_EVT'>" + named(text) +
                    "</ObjDef><Model Model.ID='m' Model.Type='MT_EEPC'>";
  std::string epml =
      "<epml><definitions><definition defId='d'><name>" + text + "</name></definition></definitions><epc epcId='1'>";
  for (int i = 0; i < 300; ++i) {
    aml += "<ObjOcc ObjOcc.ID='o" + std::to_string(i) + "' ObjDef.IdRef='d' SymbolNum='ST_EV'/>";
    epml += "<event id='" + std::to_string(i) + "' defRef='d'/>";
  }
  const auto exported = import_model(aml + "</Model></Group></AML>", "m.xml");
  EXPECT_NE(messages(exported).find("too often"), std::string::npos);
  EXPECT_LT(exported.graph.node_count(), 200u);
  const auto chain = import_model(epml + "</epc></epml>", "m.epml");
  EXPECT_NE(messages(chain).find("too often"), std::string::npos);
  std::size_t bytes = 0;
  for (graph::NodeIndex n = 0; n < chain.graph.node_count(); ++n) bytes += chain.graph.node(n).name.in("").size();
  EXPECT_LT(bytes, 70u << 20);
}

// --- EPML
// -------------------------------------------------------------------------------------------------------------

std::string attribute(const std::vector<graph::Attribute>& attributes, std::string_view name) {
  for (const auto& one : attributes)
    if (one.name == name) return one.value;
  return "(none)";
}

TEST(OtherTools, NamesAndMoreAsAttributesOfEpml) {
  const std::string model =
      "<epml:epml xmlns:epml=\"http://www.epml.de\"><epc epcId=\"E\" name=\"Case\" changed=\"today\">"
      "<event id=\"1\" name=\"Begun\" colour=\"red\"/><function id=\"2\" name=\"Work\"/><event id=\"3\" name=\"Done\"/>"
      "<arc id=\"4\" own=\"7\"><flow source=\"1\" target=\"2\"/></arc><arc id=\"5\"><flow source=\"2\" target=\"3\"/>"
      "<description>Then</description></arc><role id=\"6\" name=\"Clerk\"/>"
      "<relation id=\"7\" from=\"6\" to=\"2\" note=\"n\"/><configuredFunction id=\"8\"/></epc></epml:epml>";
  const auto imported = import_model(model, "m.epml");
  EXPECT_EQ(messages(imported), "");
  const auto& graph = imported.graph;
  EXPECT_EQ(graph.node(graph.find("2")).name.in(""), "Work");
  EXPECT_EQ(attribute(graph.node(graph.find("1")).attributes, "epml.colour"), "red");
  EXPECT_EQ(attribute(graph.containers[0].attributes, "epml.changed"), "today");
  EXPECT_EQ(attribute(graph.flow(graph.outgoing(graph.find("1"))[0]).attributes, "epml.own"), "7");
  EXPECT_EQ(attribute(graph.flow(graph.outgoing(graph.find("2"))[0]).attributes, "documentation"), "Then");
  ASSERT_EQ(graph.relations.size(), 1u);
  EXPECT_EQ(attribute(graph.relations[0].attributes, "epml.note"), "n");
  EXPECT_EQ(without_line(model, imported), "");
}

}  // namespace
}  // namespace echoflow::notations
