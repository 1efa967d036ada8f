#include "models/xml/reader.hpp"

#include <memory>
#include <stdexcept>
#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLDocumentHandler.hpp>
#include <xercesc/sax/Locator.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/Attributes.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "models/xml/tag_scan.hpp"
#include "models/xml/xerces_text.hpp"

namespace echoflow::xml {
namespace {

using namespace xercesc;

/// Ends a parse from within a handler.
struct Stop {
  ReadError error;
};

std::string over(std::string_view what, std::size_t limit, std::string_view name) {
  return "the document has " + std::string(what) + " than the " + std::to_string(limit) + " that the limit " +
         std::string(name) + " allows: send a smaller document or raise the limit";
}

bool is_accepted_encoding(std::string_view name) {
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (std::string_view family : {"UTF-8", "UTF8", "UTF-16", "US-ASCII", "ASCII", "ISO-8859-", "LATIN", "WINDOWS-125"})
    if (upper.starts_with(family)) return true;
  return upper.empty();
}

/// Turns the parser's events into a Document.
class TreeBuilder final : public DefaultHandler {
 public:
  void start(const ReadOptions& options, const TagScan& scan, std::size_t bytes) {
    options_ = &options;
    scan_ = &scan;
    document_ = Document();
    document_.reserve(bytes / 24 + 8, bytes / 2);
    open_ = root_node;
    depth_ = 0;
    next_tag_ = 0;
  }
  Document take() { return std::move(document_); }

  void setDocumentLocator(const Locator* locator) override { locator_ = locator; }

  void startElement(const XMLCh* uri, const XMLCh* local, const XMLCh* qname, const Attributes& attributes) override {
    if (++depth_ > options_->limits.max_depth)
      stop("xml-depth", over("elements nested deeper", options_->limits.max_depth, "xml-depth"));
    check_nodes(1 + attributes.getLength());
    open_ = document_.append_element(open_, utf8(uri, uri_), utf8(local, local_), prefix_of(qname));
    const TagScan::Tag* tag = next_tag_ < scan_->tags.size() ? &scan_->tags[next_tag_++] : nullptr;
    if (tag != nullptr) document_.set_position(open_, tag->position);
    for (XMLSize_t i = 0; i < attributes.getLength(); ++i) add_attribute(attributes, i, tag);
  }

  void endElement(const XMLCh*, const XMLCh*, const XMLCh*) override {
    --depth_;
    open_ = document_.parent(open_);
  }

  void characters(const XMLCh* text, const XMLSize_t length) override {
    if (open_ == root_node) return;
    check_nodes(1);
    text_.clear();
    append_utf8(text, length, text_);
    document_.append_text(open_, text_);
  }
  void ignorableWhitespace(const XMLCh* text, const XMLSize_t length) override { characters(text, length); }

  void comment(const XMLCh* text, const XMLSize_t length) override {
    if (!options_->keep_comments) return;
    check_nodes(1);
    text_.clear();
    append_utf8(text, length, text_);
    document_.append_comment(open_, text_);
  }

  void processingInstruction(const XMLCh* target, const XMLCh* data) override {
    check_nodes(1);
    document_.append_processing_instruction(open_, utf8(target, local_), utf8(data, text_));
  }

  void startDTD(const XMLCh*, const XMLCh*, const XMLCh*) override {
    stop("doctype", "the document has a DOCTYPE, which is not accepted: remove it");
  }
  InputSource* resolveEntity(const XMLCh*, const XMLCh*) override {
    stop("doctype", "the document asks for something outside itself, which is not accepted: remove the reference");
  }

  void fatalError(const SAXParseException& e) override {
    throw Stop{{"the document is not well-formed: " + to_utf8(e.getMessage()), "",
                {options_->file, static_cast<std::uint32_t>(e.getLineNumber()),
                 static_cast<std::uint32_t>(e.getColumnNumber())}}};
  }
  void error(const SAXParseException& e) override { fatalError(e); }

  [[noreturn]] void stop(std::string limit, std::string message) const {
    SourceLocation where{options_->file};
    if (locator_ != nullptr) {
      where.line = static_cast<std::uint32_t>(locator_->getLineNumber());
      where.column = static_cast<std::uint32_t>(locator_->getColumnNumber());
    }
    throw Stop{{std::move(message), std::move(limit), std::move(where)}};
  }

 private:
  void add_attribute(const Attributes& attributes, XMLSize_t i, const TagScan::Tag* tag) {
    const std::string_view prefix = prefix_of(attributes.getQName(i));
    const std::string_view local = utf8(attributes.getLocalName(i), local_);
    const std::string_view value = utf8(attributes.getValue(i), text_);
    if (prefix == "xmlns") return document_.declare_namespace(open_, local, value);
    if (prefix.empty() && local == "xmlns") return document_.declare_namespace(open_, "", value);
    const std::string_view uri = prefix.empty() ? std::string_view{} : utf8(attributes.getURI(i), uri_);
    const NodeIndex n = document_.set_attribute(open_, uri, local, value, prefix);
    if (tag != nullptr && tag->first_attribute + i < scan_->attributes.size())
      document_.set_position(n, scan_->attributes[tag->first_attribute + i]);
  }

  void check_nodes(std::size_t more) const {
    if (document_.node_count() + more > options_->limits.max_nodes)
      stop("xml-nodes", over("more nodes", options_->limits.max_nodes, "xml-nodes"));
  }

  static std::string_view utf8(const XMLCh* text, std::string& buffer) {
    buffer.clear();
    if (text != nullptr) append_utf8(text, std::char_traits<XMLCh>::length(text), buffer);
    return buffer;
  }

  std::string_view prefix_of(const XMLCh* qname) {
    std::size_t length = 0;
    while (qname[length] != 0 && qname[length] != u':') ++length;
    prefix_.clear();
    if (qname[length] != 0) append_utf8(qname, length, prefix_);
    return prefix_;
  }

  const ReadOptions* options_ = nullptr;
  const TagScan* scan_ = nullptr;
  const Locator* locator_ = nullptr;
  Document document_;
  NodeIndex open_ = root_node;
  std::size_t depth_ = 0;
  std::size_t next_tag_ = 0;
  std::string uri_, local_, prefix_, text_;
};

/// Hears the XML declaration, which SAX does not tell.
class DeclarationCheck final : public XMLDocumentHandler {
 public:
  explicit DeclarationCheck(const TreeBuilder& builder) : builder_(builder) {}

  void XMLDecl(const XMLCh* version, const XMLCh* encoding, const XMLCh*, const XMLCh*) override {
    if (to_utf8(version) == "1.1") builder_.stop("", "the document is XML 1.1, which is not accepted: declare version 1.0");
    const std::string name = to_utf8(encoding);
    if (!is_accepted_encoding(name))
      builder_.stop("", "the document's encoding " + name + " is not accepted: use UTF-8, UTF-16 or an ISO-8859 one");
  }
  void docCharacters(const XMLCh*, const XMLSize_t, const bool) override {}
  void docComment(const XMLCh*) override {}
  void docPI(const XMLCh*, const XMLCh*) override {}
  void startDocument() override {}
  void endDocument() override {}
  void startElement(const XMLElementDecl&, const unsigned int, const XMLCh*, const RefVectorOf<XMLAttr>&,
                    const XMLSize_t, const bool, const bool) override {}
  void endElement(const XMLElementDecl&, const unsigned int, const bool, const XMLCh*) override {}
  void ignorableWhitespace(const XMLCh*, const XMLSize_t, const bool) override {}
  void startEntityReference(const XMLEntityDecl&) override {}
  void endEntityReference(const XMLEntityDecl&) override {}
  void resetDocument() override {}

 private:
  const TreeBuilder& builder_;
};

/// One thread's parser. Xerces keeps every namespace URI and name it ever saw, so it is replaced after so many bytes.
class Parser {
 public:
  Parser() : declaration_(builder_), reader_(XMLReaderFactory::createXMLReader()) {
    reader_->setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
    reader_->setFeature(XMLUni::fgSAX2CoreNameSpacePrefixes, true);
    reader_->setFeature(XMLUni::fgSAX2CoreValidation, false);
    reader_->setFeature(XMLUni::fgXercesLoadExternalDTD, false);
    reader_->setFeature(XMLUni::fgXercesDisableDefaultEntityResolution, true);
    reader_->setProperty(XMLUni::fgXercesScannerName, const_cast<XMLCh*>(XMLUni::fgWFXMLScanner));
    reader_->setContentHandler(&builder_);
    reader_->setLexicalHandler(&builder_);
    reader_->setEntityResolver(&builder_);
    reader_->setErrorHandler(&builder_);
    reader_->installAdvDocHandler(&declaration_);
  }

  Document parse(std::string_view bytes, bool is_utf8, const ReadOptions& options, const TagScan& scan) {
    used_ += bytes.size() + 64;
    builder_.start(options, scan, bytes.size());
    static const XMLCh name[] = {'m', 'e', 's', 's', 'a', 'g', 'e', 0};
    MemBufInputSource input(reinterpret_cast<const XMLByte*>(bytes.data()), bytes.size(), name);
    if (is_utf8) input.setEncoding(XMLUni::fgUTF8EncodingString);
    reader_->parse(input);
    return builder_.take();
  }

  bool is_worn() const { return used_ > (4u << 20); }

 private:
  TreeBuilder builder_;
  DeclarationCheck declaration_;
  std::unique_ptr<SAX2XMLReader> reader_;
  std::size_t used_ = 0;
};

Document parse_in_thread(std::string_view bytes, bool is_utf8, const ReadOptions& options, const TagScan& scan) {
  start_xerces();
  thread_local std::unique_ptr<Parser> kept;
  std::unique_ptr<Parser> parser = std::move(kept);  // lost when the parse throws
  if (!parser) parser = std::make_unique<Parser>();
  Document document = parser->parse(bytes, is_utf8, options, scan);
  if (!parser->is_worn()) kept = std::move(parser);
  return document;
}

Failure<ReadError> refuse(const ReadOptions& options, std::string limit, std::string message, Position at = {}) {
  return fail(ReadError{std::move(message), std::move(limit), {options.file, at.line, at.column}});
}

}  // namespace

Result<Document, ReadError> read(std::string_view bytes, const ReadOptions& options) {
  const Limits& limits = options.limits;
  if (bytes.size() > limits.max_bytes)
    return refuse(options, "xml-bytes", over("more bytes", limits.max_bytes, "xml-bytes"));
  std::string converted;
  bool was_utf16 = false;
  if (!utf16_bytes_to_utf8(bytes, converted, was_utf16))
    return refuse(options, "", "the document is not well-formed: its UTF-16 is cut off or has half a character");
  if (was_utf16) bytes = converted;
  const std::size_t first = bytes.find_first_not_of(bytes.starts_with("\xef\xbb\xbf") ? "\xef\xbb\xbf \t\r\n" : " \t\r\n");
  if (first == std::string_view::npos || bytes[first] != '<')
    return refuse(options, "", "the document is not well-formed: it does not begin with '<'", {1, 1});
  const TagScan scan = scan_tags(bytes, limits.max_attributes, options.keep_positions);
  if (scan.doctype)
    return refuse(options, "doctype", "the document has a DOCTYPE, which is not accepted: remove it", scan.where);
  if (scan.too_many_attributes)
    return refuse(options, "xml-attributes",
                  over("an element with more attributes", limits.max_attributes, "xml-attributes"), scan.where);
  try {
    return parse_in_thread(bytes, was_utf16, options, scan);
  } catch (Stop& stop) {
    return fail(std::move(stop.error));
  } catch (const SAXException& e) {
    return refuse(options, "", "the document cannot be read: " + to_utf8(e.getMessage()));
  } catch (const XMLException& e) {
    return refuse(options, "", "the document cannot be read: " + to_utf8(e.getMessage()),
                  {static_cast<std::uint32_t>(e.getSrcLine()), 0});
  } catch (const OutOfMemoryException&) {
    return refuse(options, "xml-bytes", "the document needs more memory than there is: send a smaller one");
  } catch (const std::exception& e) {
    return refuse(options, "xml-bytes", std::string("the document cannot be held in memory: ") + e.what());
  }
}

}  // namespace echoflow::xml
