#define POINTERHOLDER_TRANSITION 4  // of qpdf: its own pointers are std::shared_ptr
#include "models/documentation/pdf/archive.hpp"

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <stdexcept>

#include "models/documentation/pdf/tagging.hpp"

namespace echoflow::documentation {

namespace {

/// What qpdf writes goes on to the sink; an error of the sink comes back as an exception that ends the writing.
class ToSink : public Pipeline {
 public:
  explicit ToSink(const Sink& sink) : Pipeline("document", nullptr), sink_(sink) {}
  void write(unsigned char const* data, std::size_t size) override {
    auto written = sink_(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!written.ok()) throw std::runtime_error(written.error().message);
  }
  void finish() override {}

 private:
  const Sink& sink_;
};

QPDFObjectHandle name(const std::string& text) {
  return QPDFObjectHandle::newName(text);
}
QPDFObjectHandle text(const std::string& utf8) {
  return QPDFObjectHandle::newUnicodeString(utf8);
}

// ISO 19005-3 §6.2.3: an output intent with an embedded profile gives device colours their meaning.
void add_output_intent(QPDF& pdf) {
  auto profile = pdf.newStream(srgb_profile());
  profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
  auto intent = QPDFObjectHandle::newDictionary();
  intent.replaceKey("/Type", name("/OutputIntent"));
  intent.replaceKey("/S", name("/GTS_PDFA1"));
  intent.replaceKey("/OutputConditionIdentifier", QPDFObjectHandle::newString("sRGB IEC61966-2-1"));
  intent.replaceKey("/Info", QPDFObjectHandle::newString("sRGB IEC61966-2-1"));
  intent.replaceKey("/DestOutputProfile", profile);
  auto intents = QPDFObjectHandle::newArray();
  intents.appendItem(pdf.makeIndirectObject(intent));
  pdf.getRoot().replaceKey("/OutputIntents", intents);
}

void add_metadata(QPDF& pdf, const Document& document) {
  auto metadata = pdf.newStream(xmp_packet(document));
  metadata.getDict().replaceKey("/Type", name("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", name("/XML"));
  auto root = pdf.getRoot();
  root.replaceKey("/Metadata", metadata);
  root.replaceKey("/Lang", QPDFObjectHandle::newString(document.language));
  root.replaceKey("/PageMode", name("/UseOutlines"));
  auto preferences = QPDFObjectHandle::newDictionary();
  preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
  root.replaceKey("/ViewerPreferences", preferences);
  auto info = QPDFObjectHandle::newDictionary();
  info.replaceKey("/Title", text(document_title(document)));
  info.replaceKey("/Author", text(document_author(document)));
  info.replaceKey("/Subject", text(document_subject(document)));
  info.replaceKey("/Creator", text(document.producer));
  info.replaceKey("/Producer", text(document.producer));
  info.replaceKey("/CreationDate", QPDFObjectHandle::newString(pdf_date(document.made_at)));
  info.replaceKey("/ModDate", QPDFObjectHandle::newString(pdf_date(document.made_at)));
  pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

// ISO 19005-3 §6.2.11.3.2: a CID font says how it maps to the glyphs inside, also where it is the usual way.
void mend_fonts(QPDF& pdf) {
  for (QPDFObjectHandle object : pdf.getAllObjects()) {
    if (!object.isDictionary() || !object.getKey("/Subtype").isName()) continue;
    if (object.getKey("/Subtype").getName() == "/CIDFontType2" && !object.hasKey("/CIDToGIDMap"))
      object.replaceKey("/CIDToGIDMap", name("/Identity"));
  }
}

// ISO 19005-3 §6.3.2: annotations are printed.
void mend_pages(QPDF& pdf) {
  for (QPDFObjectHandle page : pdf.getAllPages()) {
    auto annotations = page.getKey("/Annots");
    if (!annotations.isArray()) continue;
    for (int i = 0; i < annotations.getArrayNItems(); ++i) {
      annotations.getArrayItem(i).replaceKey("/F", QPDFObjectHandle::newInteger(4));
    }
  }
}

QPDFEFStreamObjectHelper embedded(QPDF& pdf, const Attachment& file) {
  if (!file.read) return QPDFEFStreamObjectHelper::createEFStream(pdf, file.bytes);
  return QPDFEFStreamObjectHelper::createEFStream(pdf, [read = file.read](Pipeline* to) {
    auto done = read([&](std::string_view bytes) -> Result<void> {
      to->write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
      return {};
    });
    to->finish();
    if (!done.ok()) throw std::runtime_error(done.error().message);
  });
}

// ISO 19005-3 §6.8: every embedded file says its kind, and how it relates to the document.
void add_files(QPDF& pdf, const Document& document) {
  if (document.attachments.empty()) return;
  QPDFEmbeddedFileDocumentHelper files(pdf);
  auto associated = QPDFObjectHandle::newArray();
  std::size_t count = 0;
  for (const auto& file : document.attachments) {
    auto stream = embedded(pdf, file);
    stream.setSubtype(file.mime);
    stream.setCreationDate(pdf_date(document.made_at)).setModDate(pdf_date(document.made_at));
    auto spec = QPDFFileSpecObjectHelper::createFileSpec(pdf, file.name, stream);
    spec.setDescription(file.description);
    auto handle = spec.getObjectHandle();
    handle.replaceKey("/AFRelationship", name("/" + (file.relationship.empty() ? "Unspecified" : file.relationship)));
    std::string key = std::to_string(++count) + " " + file.name;
    files.replaceEmbeddedFile(key, spec);
    associated.appendItem(handle);
  }
  pdf.getRoot().replaceKey("/AF", associated);
}

void write_out(QPDF& pdf, const Sink& sink) {
  ToSink pipeline(sink);
  QPDFWriter writer(pdf);
  writer.setOutputPipeline(&pipeline);
  writer.setDeterministicID(true);
  writer.setMinimumPDFVersion("1.7");
  writer.forcePDFVersion("1.7");
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setCompressStreams(true);
  writer.setNewlineBeforeEndstream(true);  // ISO 19005-3 §6.1.7.1
  writer.write();
}

}  // namespace

Result<void> write_archive(std::string pages, const Structure& structure, const Document& document, const Sink& sink) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("document", pages.data(), pages.size());
    mend_pages(pdf);
    mend_fonts(pdf);
    tag_pages(pdf, structure);
    add_metadata(pdf, document);
    add_output_intent(pdf);
    add_files(pdf, document);
    write_out(pdf, sink);
    return {};
  } catch (const std::exception& problem) {
    return fail(std::string("the PDF could not be written: ") + problem.what());
  }
}

}  // namespace echoflow::documentation
