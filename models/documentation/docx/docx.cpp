#include <fmt/format.h>

#include "models/base/time.hpp"
#include "models/documentation/docx/body.hpp"
#include "models/documentation/docx/package.hpp"
#include "models/documentation/docx/styles.hpp"
#include "models/documentation/render.hpp"

namespace echoflow::documentation {

namespace {

#define ECHOFLOW_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
constexpr std::string_view word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view own = "urn:echoflow:document:1.0:attachment";
constexpr std::string_view numbering = ECHOFLOW_XML
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
    "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start "
    "w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind "
    "w:left=\"360\" w:hanging=\"240\"/></w:pPr></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start "
    "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind "
    "w:left=\"360\" w:hanging=\"300\"/></w:pPr></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId "
    "w:val=\"1\"/></w:num></w:numbering>";
constexpr std::string_view head_namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" "
    "xmlns:o=\"urn:schemas-microsoft-com:office:office\"";

std::string language_tag(const Document& document) {
  return document.language == "de" ? "de-DE" : "en-GB";
}

std::string run(const std::string& text, std::string_view properties = "") {
  return fmt::format("<w:r><w:rPr>{}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", properties, xml_text(text));
}

std::string simple_field(std::string_view instruction) {
  return fmt::format("<w:fldSimple w:instr=\" {} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>", instruction);
}

/// A line of text across the page, behind what stands there.
std::string watermark(const std::string& text) {
  if (text.empty()) return "";
  return fmt::format(
      "<w:r><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" "
      "path=\"m0,0l21600,0m0,21600l21600,21600e\"><v:path textpathok=\"t\" o:connecttype=\"rect\"/><v:textpath "
      "on=\"t\" "
      "fitshape=\"t\"/></v:shapetype><v:shape id=\"Watermark\" o:spid=\"_x0000_s2049\" type=\"#_x0000_t136\" "
      "style=\"position:absolute;margin-left:0;margin-top:0;width:440pt;height:66pt;rotation:315;z-index:-251658752;"
      "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
      "mso-position-vertical-relative:margin\" fillcolor=\"#f6e3e3\" stroked=\"f\"><v:textpath "
      "style=\"font-family:&quot;Liberation Sans&quot;;font-size:1pt\" string=\"{}\"/></v:shape></w:pict></w:r>",
      xml_text(text));
}

std::string header(const Document& document, const Words& words) {
  std::string identity = document.head.number;
  if (!document.head.version.empty())
    identity += (identity.empty() ? "" : " · ") + words(Word::version) + " " + document.head.version;
  std::string state = words(Word::status) + ": " + document.status_text;
  if (!document.watermark.empty()) state += " · " + document.watermark;
  std::string out = fmt::format(ECHOFLOW_XML "<w:hdr {}>", head_namespaces);
  out += "<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>" + watermark(document.watermark) +
         run(document.title, "<w:b/><w:color w:val=\"0B3C5D\"/>") + "</w:p>";
  out +=
      "<w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"2\" "
      "w:color=\"0B3C5D\"/></w:pBdr></w:pPr>";
  out += run(document.kind + (identity.empty() ? "" : " · " + identity) + " · ");
  out += run(state, document.watermark.empty() ? "" : "<w:b/><w:color w:val=\"9B1C1C\"/>");
  return out + "</w:p></w:hdr>";
}

std::string footer(const Document& document, const Words& words, int right_tab) {
  std::string out = fmt::format(
      ECHOFLOW_XML
      "<w:ftr {}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>"
      "</w:pPr>",
      head_namespaces, right_tab);
  out += run(document.identifier.substr(0, 16)) + "<w:r><w:tab/></w:r>";
  const std::string text = words(Word::page_of, '\1', '\2');
  const auto first = text.find('\1'), second = text.find('\2');
  out += run(text.substr(0, first)) + simple_field("PAGE") + run(text.substr(first + 1, second - first - 1)) +
         simple_field("NUMPAGES") + run(text.substr(second + 1));
  return out + "</w:p></w:ftr>";
}

std::string relationship(const std::string& id, std::string_view type, const std::string& target,
                         bool outside = false) {
  return fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{}/>", id, type, xml_text(target),
                     outside ? " TargetMode=\"External\"" : "");
}

std::string relationships(const std::string& all) {
  return ECHOFLOW_XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all +
         "</Relationships>";
}

std::string office_type(std::string_view kind) {
  return fmt::format("{}{}", office, kind);
}

std::string core_properties(const Document& document) {
  const std::string date = document.made_at.substr(0, 19) + "Z";
  return fmt::format(
      ECHOFLOW_XML
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>"
      "<dc:creator>{}</dc:creator><dc:identifier>{}</dc:identifier><dc:language>{}</dc:language><cp:version>{}"
      "</cp:version><cp:contentStatus>{}</cp:contentStatus><dcterms:created xsi:type=\"dcterms:W3CDTF\">{}"
      "</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{}</dcterms:modified></cp:coreProperties>",
      xml_text(document.kind + ": " + document.title), xml_text(document.head.number),
      xml_text(document.head.author.name.empty() ? document.producer : document.head.author.name), document.identifier,
      language_tag(document), xml_text(document.head.version), xml_text(document.status_text), date, date);
}

std::string application_properties(const Document& document) {
  return fmt::format(
      ECHOFLOW_XML
      "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Company>{}"
      "</Company><Application>{}</Application></Properties>",
      xml_text(document.head.organisation), xml_text(document.producer));
}

/// The part's name inside the package: plain characters only.
std::string part_name(std::size_t number, const std::string& name) {
  std::string out = "attachments/" + std::to_string(number) + "-";
  for (char c : name)
    out += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ? c : '_';
  return out;
}

}  // namespace

Result<void> write_docx(const Document& document, const Sink& sink) {
  const Words words(document.language);
  auto made = parse_date_time(document.made_at);
  Package package(made ? to_time_point(*made).micros / 1'000'000 : 315'532'800);
  package.add_default("rels", "application/vnd.openxmlformats-package.relationships+xml");
  package.add_default("xml", "application/xml");
  package.add_default("png", "image/png");

  Body body(document);
  std::string links = relationship("rStyles", office_type("styles"), "styles.xml") +
                      relationship("rNumbering", office_type("numbering"), "numbering.xml") +
                      relationship("rSettings", office_type("settings"), "settings.xml") +
                      relationship("rHeader", office_type("header"), "header1.xml") +
                      relationship("rFooter", office_type("footer"), "footer1.xml") +
                      relationship("rFooterWide", office_type("footer"), "footer2.xml");
  std::string top =
      relationship("rDocument", office_type("officeDocument"), "word/document.xml") +
      relationship("rCore", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                   "docProps/core.xml") +
      relationship("rApplication", office_type("extended-properties"), "docProps/app.xml");
  package.add("word/document.xml", body.xml(), fmt::format("{}document.main+xml", word));
  package.add("word/styles.xml", docx_styles(language_tag(document)), fmt::format("{}styles+xml", word));
  package.add("word/numbering.xml", std::string(numbering), fmt::format("{}numbering+xml", word));
  package.add("word/settings.xml",
              ECHOFLOW_XML
              "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
              "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
              "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>",
              fmt::format("{}settings+xml", word));
  package.add("word/header1.xml", header(document, words), fmt::format("{}header+xml", word));
  package.add("word/footer1.xml", footer(document, words, 9638), fmt::format("{}footer+xml", word));
  package.add("word/footer2.xml", footer(document, words, 14570), fmt::format("{}footer+xml", word));
  for (std::size_t i = 0; i < body.pictures().size(); ++i) {
    const std::string name = fmt::format("media/picture{}.png", i + 1);
    package.add("word/" + name, body.pictures()[i]);
    links += relationship(fmt::format("rPicture{}", i + 1), office_type("image"), name);
  }
  for (std::size_t i = 0; i < body.links().size(); ++i)
    links += relationship(fmt::format("rLink{}", i + 1), office_type("hyperlink"), body.links()[i], true);
  for (std::size_t i = 0; i < document.attachments.size(); ++i) {
    const auto& file = document.attachments[i];
    const std::string name = part_name(i + 1, file.name);
    package.add(name, file, file.mime.empty() ? "application/octet-stream" : file.mime);
    top += relationship(fmt::format("rAttachment{}", i + 1), own, name);
  }
  package.add("word/_rels/document.xml.rels", relationships(links));
  package.add("_rels/.rels", relationships(top));
  package.add("docProps/app.xml", application_properties(document),
              "application/vnd.openxmlformats-officedocument.extended-properties+xml");
  package.add("docProps/core.xml", core_properties(document),
              "application/vnd.openxmlformats-package.core-properties+xml");
  return package.write(sink);
}

}  // namespace echoflow::documentation
