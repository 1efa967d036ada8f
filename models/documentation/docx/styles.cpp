#include "models/documentation/docx/styles.hpp"

#include <fmt/format.h>

namespace echoflow::documentation {

namespace {

struct Style {
  const char* id;
  const char* name;
  const char* based_on;
  const char* paragraph;  ///< what stands in w:pPr
  const char* run;        ///< in w:rPr
};

// ISO/IEC 29500-1 §17.7: names are the built-in ones, which every word processor translates. Sizes in half points.
constexpr Style styles[] = {
    {"Title", "Title", "Normal", "<w:spacing w:before=\"120\" w:after=\"240\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"44\"/>"},
    {"Subtitle", "Subtitle", "Normal", "<w:spacing w:after=\"60\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"24\"/>"},
    {"Heading1", "heading 1", "Normal",
     "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"30\"/>"},
    {"Heading2", "heading 2", "Normal",
     "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"24\"/>"},
    {"Heading3", "heading 3", "Normal",
     "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"21\"/>"},
    {"TOCHeading", "TOC Heading", "Normal", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"30\"/>"},
    {"TOC1", "toc 1", "Normal",
     "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"40\"/>", "<w:b/>"},
    {"TOC2", "toc 2", "Normal",
     "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"20\"/><w:ind "
     "w:left=\"360\"/>",
     ""},
    {"Caption", "caption", "Normal", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>",
     "<w:b/><w:color w:val=\"0B3C5D\"/><w:sz w:val=\"18\"/>"},
    {"TableText", "Table Text", "Normal",
     "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:sz w:val=\"17\"/>"},
    {"TableSmall", "Table Small", "TableText", "", "<w:sz w:val=\"15\"/>"},
    {"TableHead", "Table Head", "TableText", "<w:keepNext/>", "<w:b/><w:color w:val=\"FFFFFF\"/>"},
    {"Note", "Note", "Normal",
     "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"0B3C5D\"/></w:pBdr>", ""},
    {"Warning", "Warning", "Normal",
     "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"9B1C1C\"/></w:pBdr>",
     "<w:b/><w:color w:val=\"9B1C1C\"/>"},
    {"ListBullet", "List Bullet", "Normal",
     "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"20\"/>", ""},
    {"ListNumber", "List Number", "Normal",
     "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr><w:spacing w:after=\"20\"/>", ""},
    {"Header", "header", "Normal", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"16\"/>"},
    {"Footer", "footer", "Normal", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"16\"/>"},
};

}  // namespace

std::string docx_styles(const std::string& language) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault>"
      "<w:rPr><w:rFonts w:ascii=\"Liberation Sans\" w:hAnsi=\"Liberation Sans\" w:cs=\"Liberation Sans\" "
      "w:eastAsia=\"Liberation Sans\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>"
      "<w:lang w:val=\"{0}\" w:eastAsia=\"{0}\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
      "<w:spacing w:after=\"100\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
      "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>"
      "<w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color "
      "w:val=\"0A5689\"/><w:u w:val=\"single\"/></w:rPr></w:style>",
      language);
  for (const auto& style : styles) {
    out += fmt::format(
        "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"{}\"/><w:qFormat/>",
        style.id, style.name, style.based_on);
    if (*style.paragraph) out += fmt::format("<w:pPr>{}</w:pPr>", style.paragraph);
    if (*style.run) out += fmt::format("<w:rPr>{}</w:rPr>", style.run);
    out += "</w:style>";
  }
  return out + "</w:styles>";
}

}  // namespace echoflow::documentation
