#include <gtest/gtest.h>

#include "tests/models/documentation/outside_tool.hpp"
#include "tests/models/documentation/sample.hpp"

namespace echoflow::documentation {
namespace {

Document full_docx(const std::string& language) {
  static const auto graph = sample::complaint_process();
  static const auto evidence = sample::evidence();
  static const auto control = sample::released();
  return describe(graph, sample::options(language), &evidence, &control);
}

bool docx_says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Docx, TheSameDocumentHasTheSameBytes) {
  const auto bytes = sample::rendered(Format::docx, full_docx("de"));
  EXPECT_EQ(bytes, sample::rendered(Format::docx, full_docx("de")));
  EXPECT_EQ(bytes.substr(0, 2), "PK");
}

TEST(Docx, LibreOfficeReadsItWhole) {
  ECHOFLOW_NEEDS_TOOL("soffice");
  ECHOFLOW_NEEDS_TOOL("pdftotext");
  const Folder folder;
  const auto file = folder.write("document.docx", sample::rendered(Format::docx, full_docx("de")));
  const auto converted = run_tool("soffice -env:UserInstallation=file://" + folder.path("profile") +
                                  " --headless --convert-to pdf --outdir " + folder.path("") + " " + file);
  ASSERT_TRUE(docx_says(converted.output, "document.pdf")) << converted.output;
  const auto text = run_tool("pdftotext -layout " + folder.path("document.pdf") + " -").output;
  for (const char* part : {"Verfahrensanweisung", "Beschwerde aufnehmen", "VA-0007", "Seite 1 von",
                           "Verantwortungsmatrix", "Nachweise aus dem Betrieb", "K-4711", "Freigegeben"})
    EXPECT_TRUE(docx_says(text, part)) << part;
}

TEST(Docx, EveryPartIsXmlAndTheAttachmentsAreInside) {
  ECHOFLOW_NEEDS_TOOL("python3");
  const Folder folder;
  const auto file = folder.write("document.docx", sample::rendered(Format::docx, full_docx("en")));
  const auto checked = run_tool(
      "python3 -c \"import sys, zipfile, xml.dom.minidom as m\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is "
      "None\nfor n in z.namelist():\n  if n.endswith(('.xml', '.rels')): "
      "m.parseString(z.read(n))\nprint(z.namelist())\nprint(z.read('attachments/1-complaints.bpmn'))\" " +
      file);
  EXPECT_EQ(checked.status, 0) << checked.output;
  EXPECT_TRUE(docx_says(checked.output, "<definitions/>")) << checked.output;
  EXPECT_TRUE(docx_says(checked.output, "attachments/2-evidence.jsonl")) << checked.output;
  EXPECT_TRUE(docx_says(checked.output, "word/media/picture1.png")) << checked.output;
}

}  // namespace
}  // namespace echoflow::documentation
