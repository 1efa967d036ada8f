#define POINTERHOLDER_TRANSITION 4
#include "tests/models/documentation/preflight.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <algorithm>
#include <set>

#include "tests/models/documentation/preflight_structure.hpp"

namespace echoflow::documentation {

namespace {

using Handle = QPDFObjectHandle;

std::string bytes_of(Handle stream) {
  auto data = stream.getStreamData(qpdf_dl_generalized);
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

class Check {
 public:
  explicit Check(QPDF& pdf) : pdf_(pdf) {}
  std::vector<std::string> run() {
    file();
    metadata();
    intent();
    for (auto& object : pdf_.getAllObjects()) this->object(object);
    for (Handle page : pdf_.getAllPages()) this->page(page);
    attachments();
    check_structure(pdf_, [this](bool fine, const std::string& sentence) { need(fine, sentence); });
    return wrong_;
  }

 private:
  void need(bool fine, const std::string& sentence) {
    if (!fine) wrong_.push_back(sentence);
  }
  static bool is_name(Handle object, const std::string& name) { return object.isName() && object.getName() == name; }

  void file() {
    need(!pdf_.isEncrypted(), "6.1.3: it is encrypted");
    need(pdf_.getPDFVersion() == "1.7", "6.1.2: its version is " + pdf_.getPDFVersion());
    need(pdf_.getTrailer().getKey("/ID").isArray(), "6.1.3: it has no file identifier");
    auto root = pdf_.getRoot();
    need(!root.hasKey("/AA") && !root.hasKey("/OpenAction"), "6.6.1: the catalog starts an action");
    need(!root.hasKey("/AcroForm"), "6.4: it has a form");
    need(!root.getKey("/Names").isDictionary() || !root.getKey("/Names").hasKey("/JavaScript"),
         "6.6.1: it has JavaScript");
    need(root.getKey("/Lang").isString(), "it names no language");
  }

  void metadata() {
    auto stream = pdf_.getRoot().getKey("/Metadata");
    if (!stream.isStream()) return need(false, "6.6.2.1: it has no metadata");
    const std::string xmp = bytes_of(stream);
    auto says = [&](const std::string& part) { return xmp.find(part) != std::string::npos; };
    need(says("<pdfaid:part>3</pdfaid:part>"), "6.6.4: the metadata do not say part 3");
    need(says("<pdfaid:conformance>A</pdfaid:conformance>"), "6.6.4: the metadata do not say level A");
    need(says("<pdfuaid:part>1</pdfuaid:part>") && says("<pdfaExtension:schemas>"),
         "5: the metadata do not say PDF/UA-1, or not what that is");
    auto info = pdf_.getTrailer().getKey("/Info");
    if (!info.isDictionary()) return;
    for (const auto* key : {"/Title", "/Author", "/Subject", "/Creator", "/Producer"})
      if (info.getKey(key).isString())
        need(says(">" + escaped(info.getKey(key).getUTF8Value()) + "<"),
             std::string("6.6.2.3: the metadata do not repeat ") + key);
    for (const auto& [key, element] : {std::pair{"/CreationDate", "CreateDate"}, {"/ModDate", "ModifyDate"}}) {
      const std::string date = info.getKey(key).getStringValue();  // D:YYYYMMDDHHMMSSZ
      if (date.size() < 16) {
        need(false, std::string("6.6.2.3: there is no ") + key);
        continue;
      }
      const std::string iso = date.substr(2, 4) + "-" + date.substr(6, 2) + "-" + date.substr(8, 2) + "T" +
                              date.substr(10, 2) + ":" + date.substr(12, 2) + ":" + date.substr(14, 2) + "Z";
      need(says(std::string("<xmp:") + element + ">" + iso), std::string("6.6.2.3: another date than ") + key);
    }
  }
  static std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
  }

  void intent() {
    auto intents = pdf_.getRoot().getKey("/OutputIntents");
    if (!intents.isArray() || intents.getArrayNItems() != 1)
      return need(false, "6.2.3: there is no single output intent");
    auto intent = intents.getArrayItem(0);
    need(is_name(intent.getKey("/S"), "/GTS_PDFA1"), "6.2.3: the output intent is not PDF/A's");
    auto profile = intent.getKey("/DestOutputProfile");
    if (!profile.isStream()) return need(false, "6.2.3: the output intent has no profile");
    const std::string icc = bytes_of(profile);
    need(icc.size() > 128 && icc.substr(36, 4) == "acsp" && icc.substr(16, 4) == "RGB ",
         "6.2.3: the profile is no ICC profile of RGB");
    std::size_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(icc[static_cast<std::size_t>(i)]);
    need(size == icc.size(), "6.2.3: the profile says another size than it has");
    need(profile.getDict().getKey("/N").isInteger() && profile.getDict().getKey("/N").getIntValue() == 3,
         "6.2.3: /N is not 3");
  }

  void object(Handle object) {
    Handle dictionary = object.isStream() ? object.getDict() : object;
    if (object.isStream()) stream(dictionary);
    if (!dictionary.isDictionary()) return;
    if (is_name(dictionary.getKey("/Type"), "/Font")) font(dictionary);
    if (dictionary.hasKey("/BM") || dictionary.hasKey("/TR")) state(dictionary);
    static const std::set<std::string> barred = {"/JavaScript", "/Launch", "/Sound",       "/Movie",     "/ResetForm",
                                                 "/ImportData", "/Hide",   "/SetOCGState", "/Rendition", "/Trans"};
    auto action = dictionary.getKey("/S");
    need(!action.isName() || !barred.contains(action.getName()),
         "6.6.1: an action is " + (action.isName() ? action.getName() : ""));
  }

  void stream(Handle dictionary) {
    need(!dictionary.hasKey("/F") && !dictionary.hasKey("/FFilter"), "6.1.7.1: a stream lies in another file");
    auto filter = dictionary.getKey("/Filter");
    need(!is_name(filter, "/LZWDecode") && !is_name(filter, "/Crypt"),
         "6.1.7.2: a stream is packed by LZW or encrypted");
    if (is_name(dictionary.getKey("/Subtype"), "/PS")) need(false, "6.2.9: there is PostScript");
    if (!is_name(dictionary.getKey("/Subtype"), "/Image")) return;
    auto interpolate = dictionary.getKey("/Interpolate");
    need(!interpolate.isBool() || !interpolate.getBoolValue(), "6.2.8: an image is interpolated");
    need(!dictionary.hasKey("/Alternates") && !dictionary.hasKey("/OPI"), "6.2.8: an image has alternatives");
  }

  void state(Handle state) {
    need(!state.hasKey("/TR"), "6.2.5: a transfer function is set");
    auto mode = state.getKey("/BM");
    static const std::set<std::string> modes = {"/Normal",  "/Compatible", "/Multiply", "/Screen",
                                                "/Overlay", "/Darken",     "/Lighten"};
    need(!mode.isName() || modes.contains(mode.getName()), "6.2.10: a blend mode is not allowed");
  }

  void font(Handle font) {
    const std::string kind = font.getKey("/Subtype").isName() ? font.getKey("/Subtype").getName() : "";
    if (kind == "/Type3") return;
    if (kind == "/Type0") {
      auto below = font.getKey("/DescendantFonts").getArrayItem(0);
      if (is_name(below.getKey("/Subtype"), "/CIDFontType2"))
        need(below.hasKey("/CIDToGIDMap"), "6.2.11.3: a CID font has no map to its glyphs");
      need(is_name(font.getKey("/Encoding"), "/Identity-H"), "6.2.11.3: a composite font has another encoding");
      need(font.getKey("/ToUnicode").isStream(), "a font's text cannot be read out");
      return;
    }
    auto descriptor = font.getKey("/FontDescriptor");
    if (!descriptor.isDictionary()) return need(false, "6.2.11.4: a font has no descriptor");
    need(descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") || descriptor.hasKey("/FontFile3"),
         "6.2.11.4: the font " + font.getKey("/BaseFont").getName() + " is not embedded");
    if (kind != "/TrueType") return;
    const bool symbolic = descriptor.getKey("/Flags").getIntValue() & 4;
    need(symbolic != font.hasKey("/Encoding"), "6.2.11.6: a TrueType font's encoding does not fit its flags");
    cmap(bytes_of(descriptor.getKey("/FontFile2")), symbolic);
  }

  // 6.2.11.6: the tables of characters inside a simple TrueType font.
  void cmap(const std::string& font, bool symbolic) {
    auto number = [&](std::size_t at, int bytes) {
      std::size_t value = 0;
      for (int i = 0; i < bytes; ++i)
        value = value << 8 | (at + static_cast<std::size_t>(i) < font.size()
                                  ? static_cast<unsigned char>(font[at + static_cast<std::size_t>(i)])
                                  : 0);
      return value;
    };
    bool windows = false, other = false;
    for (std::size_t t = 0; t < number(4, 2); ++t) {
      if (font.substr(12 + 16 * t, 4) != "cmap") continue;
      const std::size_t table = number(12 + 16 * t + 8, 4);
      for (std::size_t i = 0; i < number(table + 2, 2); ++i) {
        const auto platform = number(table + 4 + 8 * i, 2), encoding = number(table + 6 + 8 * i, 2);
        (platform == 3 && encoding == 0 ? windows : other) = true;
      }
    }
    need(symbolic ? windows || other : other,
         "6.2.11.6: a simple TrueType font has no table of characters that may be used");
  }

  void page(Handle page) {
    need(!page.hasKey("/AA"), "6.6.1: a page starts an action");
    class Operators : public Handle::ParserCallbacks {
     public:
      void handleObject(Handle object) override {
        if (object.isOperator() && (object.getOperatorValue() == "k" || object.getOperatorValue() == "K")) cmyk = true;
      }
      void handleEOF() override {}
      bool cmyk = false;
    } operators;
    page.parsePageContents(&operators);
    need(!operators.cmyk, "6.2.4.3: CMYK is used with an RGB output intent");
    auto annotations = page.getKey("/Annots");
    if (!annotations.isArray()) return;
    for (int i = 0; i < annotations.getArrayNItems(); ++i) {
      auto annotation = annotations.getArrayItem(i);
      need(is_name(annotation.getKey("/Subtype"), "/Link"), "6.3.1: an annotation is no link");
      const auto flags = annotation.getKey("/F").isInteger() ? annotation.getKey("/F").getIntValue() : 0;
      need((flags & 4) && !(flags & (1 | 2 | 32)), "6.3.2: an annotation is not printed");
    }
  }

  void attachments() {
    QPDFEmbeddedFileDocumentHelper files(pdf_);
    auto associated = pdf_.getRoot().getKey("/AF");
    std::size_t count = 0;
    for (const auto& [key, spec] : files.getEmbeddedFiles()) {
      ++count;
      auto dictionary = spec->getObjectHandle();
      need(dictionary.hasKey("/F") && dictionary.hasKey("/UF"), "6.8: " + key + " has no file name");
      need(dictionary.getKey("/AFRelationship").isName(),
           "6.8: " + key + " does not say how it belongs to the document");
      auto stream = spec->getEmbeddedFileStream();
      need(stream.isStream() && stream.getDict().getKey("/Subtype").isName(), "6.8: " + key + " has no media type");
      need(stream.isStream() && stream.getDict().getKey("/Params").hasKey("/ModDate"), "6.8: " + key + " has no date");
    }
    need(count == 0 || (associated.isArray() && static_cast<std::size_t>(associated.getArrayNItems()) == count),
         "6.8: not every file is associated with the document");
  }

  QPDF& pdf_;
  std::vector<std::string> wrong_;
};

/// 6.1.7.1: an end of line stands before each `endstream`, and does not count for its length.
void check_ends(const std::string& pdf, std::vector<std::string>& wrong) {
  for (std::size_t at = 0; (at = pdf.find("endstream", at)) != std::string::npos; ++at)
    if (at == 0 || pdf[at - 1] != '\n')
      wrong.push_back("6.1.7.1: a stream ends without an end of line at byte " + std::to_string(at));
}

}  // namespace

std::vector<std::string> preflight(const std::string& pdf) {
  try {
    QPDF file;
    file.setSuppressWarnings(true);
    file.processMemoryFile("document", pdf.data(), pdf.size());
    auto wrong = Check(file).run();
    check_ends(pdf, wrong);
    for (const auto& warning : file.getWarnings()) wrong.push_back(warning.what());
    std::sort(wrong.begin(), wrong.end());
    wrong.erase(std::unique(wrong.begin(), wrong.end()), wrong.end());
    return wrong;
  } catch (const std::exception& problem) {
    return {std::string("it cannot be read: ") + problem.what()};
  }
}

std::vector<EmbeddedFile> embedded_files(const std::string& pdf) {
  QPDF file;
  file.processMemoryFile("document", pdf.data(), pdf.size());
  QPDFEmbeddedFileDocumentHelper helper(file);
  std::vector<EmbeddedFile> all;
  for (const auto& [key, spec] : helper.getEmbeddedFiles())
    all.push_back({spec->getFilename(), spec->getObjectHandle().getKey("/AFRelationship").getName(),
                   bytes_of(spec->getEmbeddedFileStream())});
  return all;
}

}  // namespace echoflow::documentation
