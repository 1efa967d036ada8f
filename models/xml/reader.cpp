#include "models/xml/reader.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <utility>
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

/// What names of this document became, so that a name is converted and looked up once.
class NameCache {
 public:
  struct Entry {
    NameIndex name;
    StringIndex prefix;
  };

  void start(Document* document) {
    document_ = document;
    ++generation_;
  }

  /// `uri` is an address that stays for the parse, as the parser keeps each URI once.
  Entry get(const XMLCh* uri, const XMLCh* qname) {
    const std::size_t length = std::char_traits<XMLCh>::length(qname);
    if (length > longest) return make(uri, qname, length);
    std::uint64_t hash = reinterpret_cast<std::uintptr_t>(uri) + length;
    for (std::size_t i = 0; i < length; ++i) hash = (hash ^ qname[i]) * 0x9e3779b97f4a7c15u;
    Slot& slot = slots_[hash >> 57];
    if (slot.generation != generation_ || slot.uri != uri || slot.length != length ||
        std::memcmp(slot.qname, qname, length * sizeof(XMLCh)) != 0) {
      slot.generation = generation_;
      slot.uri = uri;
      slot.length = length;
      std::memcpy(slot.qname, qname, length * sizeof(XMLCh));
      slot.entry = make(uri, qname, length);
    }
    return slot.entry;
  }

 private:
  static constexpr std::size_t longest = 40;
  struct Slot {
    std::uint64_t generation = 0;
    const XMLCh* uri = nullptr;
    std::size_t length = 0;
    Entry entry{};
    XMLCh qname[longest] = {};
  };

  Entry make(const XMLCh* uri, const XMLCh* qname, std::size_t length) {
    const std::string_view whole = name_.convert(qname, length);
    const std::size_t colon = whole.find(':');
    const std::string_view prefix = colon == std::string_view::npos ? std::string_view{} : whole.substr(0, colon);
    const std::string_view local = colon == std::string_view::npos ? whole : whole.substr(colon + 1);
    return {document_->intern_name(uri_.convert(uri), local), document_->intern_prefix(prefix)};
  }

  Document* document_ = nullptr;
  std::uint64_t generation_ = 0;
  std::array<Slot, 128> slots_;
  Utf8Buffer name_, uri_;
};

/// Turns the parser's events into a Document.
class TreeBuilder final : public DefaultHandler {
 public:
  void start(const ReadOptions& options, const TagScan& scan) {
    options_ = &options;
    scan_ = &scan;
    document_.clear();
    names_.start(&document_);
    open_ = root_node;
    depth_ = 0;
    next_tag_ = 0;
  }
  /// A copy has just the memory that it needs; the builder's own is used again, unless it has grown large.
  Document take() {
    constexpr std::size_t large = 1u << 20;
    if (document_.memory_bytes() <= large) return document_;
    return std::exchange(document_, Document());
  }

  void setDocumentLocator(const Locator* locator) override { locator_ = locator; }

  void startElement(const XMLCh* uri, const XMLCh*, const XMLCh* qname, const Attributes& attributes) override {
    if (++depth_ > options_->limits.max_depth)
      stop("xml-depth", over("elements nested deeper", options_->limits.max_depth, "xml-depth"));
    check_nodes(1 + attributes.getLength());
    const NameCache::Entry name = names_.get(uri, qname);
    open_ = document_.append_element(open_, name.name, name.prefix);
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
    document_.append_text(open_, text_.convert(text, length));
  }
  void ignorableWhitespace(const XMLCh* text, const XMLSize_t length) override { characters(text, length); }

  void comment(const XMLCh* text, const XMLSize_t length) override {
    if (!options_->keep_comments) return;
    check_nodes(1);
    document_.append_comment(open_, text_.convert(text, length));
  }

  void processingInstruction(const XMLCh* target, const XMLCh* data) override {
    check_nodes(1);
    document_.append_processing_instruction(open_, target_.convert(target), text_.convert(data));
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
    const XMLCh* qname = attributes.getQName(i);
    const std::string_view value = text_.convert(attributes.getValue(i));
    if (is_declaration(qname)) {
      const XMLCh* prefix = qname[xmlns_length] == 0 ? nullptr : qname + xmlns_length + 1;
      return document_.declare_namespace(open_, target_.convert(prefix), value);
    }
    const NameCache::Entry name = names_.get(attributes.getURI(i), qname);
    const NodeIndex n = document_.append_attribute(open_, name.name, name.prefix, value);
    if (tag != nullptr && tag->first_attribute + i < scan_->attributes.size())
      document_.set_position(n, scan_->attributes[tag->first_attribute + i]);
  }

  static constexpr std::size_t xmlns_length = 5;
  static bool is_declaration(const XMLCh* qname) {
    constexpr std::u16string_view xmlns = u"xmlns";
    for (std::size_t i = 0; i < xmlns_length; ++i)
      if (qname[i] != xmlns[i]) return false;
    return qname[xmlns_length] == 0 || qname[xmlns_length] == u':';
  }

  void check_nodes(std::size_t more) const {
    if (document_.node_count() + more > options_->limits.max_nodes)
      stop("xml-nodes", over("more nodes", options_->limits.max_nodes, "xml-nodes"));
  }

  const ReadOptions* options_ = nullptr;
  const TagScan* scan_ = nullptr;
  const Locator* locator_ = nullptr;
  Document document_;
  NodeIndex open_ = root_node;
  std::size_t depth_ = 0;
  std::size_t next_tag_ = 0;
  NameCache names_;
  Utf8Buffer text_, target_;
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
    builder_.start(options, scan);
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
