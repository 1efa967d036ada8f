#include "models/documentation/pdf/archive.hpp"

namespace echoflow::documentation {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
    else
      out += ' ';
  }
  return out;
}

std::string alternative(const std::string& name, const std::string& text) {
  return "   <" + name + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(text) + "</rdf:li></rdf:Alt></" + name +
         ">\n";
}

/// PDF/UA's own properties are none that PDF/A knows: it wants them described (ISO 19005-3 §6.6.2.3.3).
constexpr std::string_view accessibility_schema =
    "   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "     <pdfaProperty:name>part</pdfaProperty:name>\n"
    "     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "     <pdfaProperty:category>internal</pdfaProperty:category>\n"
    "     <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\n"
    "    </rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "   </rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

/// An xsd:dateTime without fractions: XMP's date and PDF's must be the same second.
std::string whole_seconds(const std::string& date_time) {
  const auto dot = date_time.find('.');
  return dot == std::string::npos ? date_time : date_time.substr(0, dot) + "Z";
}

}  // namespace

std::string document_title(const Document& document) {
  return document.kind + ": " + document.title;
}

std::string document_author(const Document& document) {
  return document.head.author.name.empty() ? document.producer : document.head.author.name;
}

std::string document_subject(const Document& document) {
  std::string text;
  for (const auto& part : {document.head.number, document.head.version, document.status_text})
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string pdf_date(const std::string& date_time) {
  std::string digits = "D:";
  for (char c : date_time.substr(0, 19))
    if (c >= '0' && c <= '9') digits += c;
  return digits += 'Z';
}

std::string xmp_packet(const Document& document) {
  const std::string date = whole_seconds(document.made_at), id = document.identifier.substr(0, 32);
  std::string uuid = id;
  for (std::size_t at : {8, 13, 18, 23})
    if (uuid.size() > at) uuid.insert(at, 1, '-');
  std::string out =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "  <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
      "xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
      "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" "
      "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
      "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
      "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
      "   <pdfaid:part>3</pdfaid:part>\n   <pdfaid:conformance>A</pdfaid:conformance>\n"
      "   <pdfuaid:part>1</pdfuaid:part>\n";
  out += accessibility_schema;
  out += "   <dc:format>application/pdf</dc:format>\n";
  out += alternative("dc:title", document_title(document));
  out += alternative("dc:description", document_subject(document));
  out += "   <dc:creator><rdf:Seq><rdf:li>" + escaped(document_author(document)) + "</rdf:li></rdf:Seq></dc:creator>\n";
  out += "   <dc:language><rdf:Bag><rdf:li>" + document.language + "</rdf:li></rdf:Bag></dc:language>\n";
  out += "   <xmp:CreateDate>" + date + "</xmp:CreateDate>\n   <xmp:ModifyDate>" + date + "</xmp:ModifyDate>\n";
  out += "   <xmp:MetadataDate>" + date + "</xmp:MetadataDate>\n";
  out += "   <xmp:CreatorTool>" + escaped(document.producer) + "</xmp:CreatorTool>\n";
  out += "   <pdf:Producer>" + escaped(document.producer) + "</pdf:Producer>\n";
  out += "   <xmpMM:DocumentID>uuid:" + uuid + "</xmpMM:DocumentID>\n";
  return out + "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

}  // namespace echoflow::documentation
