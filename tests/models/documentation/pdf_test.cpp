#include <gtest/gtest.h>

#include <algorithm>

#include "models/documentation/pdf/archive.hpp"
#include "tests/models/documentation/outside_tool.hpp"
#include "tests/models/documentation/preflight.hpp"
#include "tests/models/documentation/sample.hpp"

namespace echoflow::documentation {
namespace {

Document full_pdf(const std::string& language) {
  static const auto graph = sample::complaint_process();
  static const auto evidence = sample::evidence();
  static const auto control = sample::released();
  return describe(graph, sample::options(language), &evidence, &control);
}

bool pdf_says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Pdf, PassesThePreflightInBothLanguages) {
  for (const char* language : {"de", "en"}) {
    const auto wrong = preflight(sample::rendered(Format::pdf, full_pdf(language)));
    for (const auto& sentence : wrong) ADD_FAILURE() << language << ": " << sentence;
  }
}

TEST(Pdf, ThePreflightFindsWhatIsWrong) {
  auto pdf = sample::rendered(Format::pdf, full_pdf("en"));
  EXPECT_FALSE(preflight(pdf.substr(0, pdf.size() / 2)).empty());
  Document document = full_pdf("en");
  document.attachments.front().mime.clear();
  const auto at = pdf.find("%PDF-1.7");
  ASSERT_EQ(at, 0u);
  pdf[7] = '4';
  EXPECT_FALSE(preflight(pdf).empty());
}

// A PDF without compressed objects and streams, so that a word in it can be changed.
std::string unpacked(const std::string& pdf) {
  const Folder folder;
  const auto from = folder.write("packed.pdf", pdf), to = folder.path("plain.pdf");
  run_tool("qpdf --object-streams=disable --stream-data=uncompress --newline-before-endstream " + from + " " + to);
  return folder.read("plain.pdf");
}

TEST(Pdf, ThePreflightFindsStructureThatIsGone) {
  ECHOFLOW_NEEDS_TOOL("qpdf");
  const auto whole = unpacked(sample::rendered(Format::pdf, full_pdf("de")));
  EXPECT_TRUE(preflight(whole).empty()) << preflight(whole).front();
  for (const auto& [word, other, finding] : {std::array{"/Artifact BMC", "/Artifact B C", "7.1: something is drawn"},
                                             {"/Marked true", "/Marked fals", "6.7.2.2"},
                                             {"/S /Figure", "/S /Figura", "6.7.3.4"},
                                             {"/Scope /Column", "/Skope /Column", "7.5"},
                                             {"/S /H3", "/S /H5", "7.4.2"},
                                             {"/Alt ", "/Olt ", "7.3"},
                                             {"<pdfaid:conformance>A", "<pdfaid:conformance>B", "6.6.4"},
                                             {"\nendstream", " endstream", "6.1.7.1"}}) {
    std::string changed = whole;
    const auto at = changed.find(word);
    ASSERT_NE(at, std::string::npos) << word;
    changed.replace(at, std::string_view(word).size(), other);
    const auto wrong = preflight(changed);
    EXPECT_TRUE(std::any_of(wrong.begin(), wrong.end(), [&](const auto& each) { return pdf_says(each, finding); }))
        << word;
  }
}

TEST(Pdf, TheStructureHasItsPartsInReadingOrder) {
  ECHOFLOW_NEEDS_TOOL("pdfinfo");
  const Folder folder;
  const auto file = folder.write("document.pdf", sample::rendered(Format::pdf, full_pdf("de")));
  EXPECT_TRUE(pdf_says(run_tool("pdfinfo " + file).output, "Tagged:          yes"));
  const auto tree = run_tool("pdfinfo -struct " + file).output;
  std::size_t last = 0;
  for (const char* part : {"Document", "H1 (block)", "Table", "TOC", "H2 (block)", "Figure", "TH"}) {
    const auto at = tree.find(part, last);
    EXPECT_NE(at, std::string::npos) << part << " is not there, or not behind the part before";
    if (at != std::string::npos) last = at;
  }
}

TEST(Pdf, TheSameDocumentHasTheSameBytes) {
  EXPECT_EQ(sample::rendered(Format::pdf, full_pdf("de")), sample::rendered(Format::pdf, full_pdf("de")));
}

TEST(Pdf, HoldsSourceAndEvidenceFileAsTheyAre) {
  const auto files = embedded_files(sample::rendered(Format::pdf, full_pdf("de")));
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].name, "complaints.bpmn");
  EXPECT_EQ(files[0].relationship, "/Source");
  EXPECT_EQ(files[0].bytes, "<definitions/>");
  EXPECT_EQ(files[1].relationship, "/Data");
  EXPECT_EQ(std::count(files[1].bytes.begin(), files[1].bytes.end(), '\n'), 1000);
}

TEST(Pdf, AFailingAttachmentIsAnError) {
  auto document = full_pdf("de");
  document.attachments.back().read = [](const Attachment::Sink&) -> Result<void> {
    return fail("the journal is away.");
  };
  for (const auto format : {Format::pdf, Format::html, Format::docx}) {
    auto done = write(format, document, [](std::string_view) -> Result<void> { return {}; });
    ASSERT_FALSE(done.ok());
    EXPECT_TRUE(pdf_says(done.error().message, "the journal is away")) << done.error().message;
  }
}

TEST(Pdf, PopplerReadsTextTitleAndFonts) {
  ECHOFLOW_NEEDS_TOOL("pdftotext");
  const Folder folder;
  const auto file = folder.write("document.pdf", sample::rendered(Format::pdf, full_pdf("de")));
  const auto text = run_tool("pdftotext -layout " + file + " -");
  for (const char* part : {"Verfahrensanweisung", "Beschwerde aufnehmen", "VA-0007", "Seite 1 von", "Teamleitung",
                           "Dr. Ute Öztürk", "Verantwortungsmatrix", "Freigegeben"})
    EXPECT_TRUE(pdf_says(text.output, part)) << part;
  EXPECT_FALSE(pdf_says(text.output, "NICHT FREIGEGEBEN"));
  const auto info = run_tool("pdfinfo " + file);
  EXPECT_TRUE(pdf_says(info.output, "Verfahrensanweisung: Beschwerden bearbeiten")) << info.output;
  EXPECT_TRUE(pdf_says(info.output, "Metadata Stream: yes")) << info.output;
  const auto fonts = run_tool("pdffonts " + file);
  EXPECT_FALSE(pdf_says(fonts.output, " no  ")) << fonts.output;
  EXPECT_TRUE(pdf_says(run_tool("pdfdetach -list " + file).output, "2 embedded files"));
}

TEST(Pdf, QpdfFindsNoErrors) {
  ECHOFLOW_NEEDS_TOOL("qpdf");
  const Folder folder;
  const auto checked =
      run_tool("qpdf --check " + folder.write("document.pdf", sample::rendered(Format::pdf, full_pdf("en"))));
  EXPECT_EQ(checked.status, 0) << checked.output;
}

TEST(Pdf, AnUnreleasedDocumentIsMarkedOnEveryPage) {
  ECHOFLOW_NEEDS_TOOL("pdftotext");
  const Folder folder;
  const auto graph = sample::complaint_process();
  const auto file = folder.write("draft.pdf", sample::rendered(Format::pdf, describe(graph, sample::options("de"))));
  const auto text = run_tool("pdftotext -layout " + file + " -").output;
  const auto pages = std::count(text.begin(), text.end(), '\f');
  std::ptrdiff_t marked = 0;
  for (std::size_t at = 0; (at = text.find("· NICHT FREIGEGEBEN", at)) != std::string::npos; ++at) ++marked;
  EXPECT_GT(pages, 3);
  EXPECT_EQ(marked, pages);
}

TEST(Pdf, LongTablesGoOnOverPagesWithTheirHeaders) {
  ECHOFLOW_NEEDS_TOOL("pdftotext");
  const Folder folder;
  const auto graph = sample::long_process(150);
  auto document = describe(graph, sample::options("en"));
  document.sections.erase(document.sections.begin(), document.sections.begin() + 5);
  document.sections.resize(1);
  const auto pdf = sample::rendered(Format::pdf, document);
  const auto text = run_tool("pdftotext -layout " + folder.write("long.pdf", pdf) + " -").output;
  std::size_t headers = 0, at = 0;
  while ((at = text.find("With what", at)) != std::string::npos) ++headers, ++at;
  EXPECT_GT(headers, 4u);
  EXPECT_TRUE(pdf_says(text, "150"));
  EXPECT_TRUE(preflight(pdf).empty());
}

TEST(Pdf, ARowHigherThanAPageIsSplit) {
  ECHOFLOW_NEEDS_TOOL("pdftotext");
  const Folder folder;
  auto graph = sample::complaint_process();
  std::string long_text;
  for (int i = 0; i < 900; ++i) long_text += "word" + std::to_string(i) + " ";
  graph::Names names;
  names.set("en", long_text);
  graph.node(graph.find("record")).documentation = names;
  const auto text =
      run_tool("pdftotext " +
               folder.write("high.pdf", sample::rendered(Format::pdf, describe(graph, sample::options("en")))) + " -");
  EXPECT_TRUE(pdf_says(text.output, "word0"));
  EXPECT_TRUE(pdf_says(text.output, "word899"));
}

TEST(ColourProfile, HasItsOwnSizeAndTags) {
  const auto icc = srgb_profile();
  EXPECT_EQ(icc.substr(36, 4), "acsp");
  EXPECT_LT(icc.size(), 3000u);
  for (const char* tag : {"desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"})
    EXPECT_NE(icc.find(tag), std::string::npos) << tag;
}

}  // namespace
}  // namespace echoflow::documentation
