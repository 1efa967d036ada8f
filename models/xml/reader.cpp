#include "models/xml/reader.hpp"

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLAttr.hpp>
#include <xercesc/framework/XMLDocumentHandler.hpp>
#include <xercesc/framework/XMLElementDecl.hpp>
#include <xercesc/sax/EntityResolver.hpp>
#include <xercesc/sax/ErrorHandler.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "models/xml/plain_reader.hpp"
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

/// What names of this document became, so that a name is converted and looked up once. A name is known by the addresses
/// under which the parser keeps its text and the parser's number of the namespace.
class NameCache {
 public:
  struct Entry {
    NameIndex name;
    StringIndex prefix;
  };

  void start() { ++generation_; }

  /// The entry of a name, which `make()` gives when the document meets the name for the first time.
  template <class Make>
  Entry get(const void* name, unsigned uri, const Make& make) {
    Slot& slot = find(name, uri);
    if (slot.generation != generation_) slot = {generation_, name, uri, make()};
    return slot.entry;
  }

 private:
  struct Slot {
    std::uint64_t generation = 0;
    const void* name = nullptr;
    unsigned uri = 0;
    Entry entry{};
  };

  // The slot of a name, or one that is free for it (of an older generation).
  Slot& find(const void* name, unsigned uri) {
    constexpr std::size_t tries = 4;
    const std::size_t from = ((reinterpret_cast<std::uintptr_t>(name) + uri) * 0x9e3779b97f4a7c15u) >> 56;
    Slot* slot = nullptr;
    for (std::size_t i = 0; i < tries; ++i) {
      slot = &slots_[(from + i) % slots_.size()];
      if (slot->generation != generation_ || (slot->name == name && slot->uri == uri)) return *slot;
    }
    slot->generation = 0;
    return *slot;
  }

  std::uint64_t generation_ = 0;
  std::array<Slot, 256> slots_;
};

bool is_declaration(const XMLAttr& attribute) {
  constexpr std::u16string_view xmlns = u"xmlns";
  const XMLCh* prefix = attribute.getPrefix();
  return prefix != nullptr && *prefix != 0 ? xmlns == prefix : xmlns == attribute.getName();
}

/// Turns the parser's events into a Document. Being an "advanced" handler it gets them without SAX' own bookkeeping of
/// prefixes, which costs a tenth of the whole.
class TreeBuilder final : public XMLDocumentHandler, public ErrorHandler, public EntityResolver {
 public:
  void start(const ReadOptions& options, const TagScan& scan, std::string_view bytes) {
    options_ = &options;
    scan_ = &scan;
    bytes_ = bytes;
    document_.clear();
    names_.start();
    open_ = root_node;
    depth_ = 0;
    started_ = 0;
  }
  /// A copy has just the memory that it needs; the builder's own is used again, unless it has grown large.
  Document take() {
    constexpr std::size_t large = 1u << 20;
    if (document_.memory_bytes() <= large) return document_;
    return std::exchange(document_, Document());
  }

  void startElement(const XMLElementDecl& declaration, const unsigned uri, const XMLCh* prefix,
                    const RefVectorOf<XMLAttr>& attributes, const XMLSize_t count, const bool is_empty,
                    const bool) override {
    ++started_;
    if (depth_ + 1 > options_->limits.max_depth)
      stop("xml-depth", over("elements nested deeper", options_->limits.max_depth, "xml-depth"));
    check_nodes(1 + count);
    // The parser keeps one declaration for each name as it is written.
    const XMLCh* local = const_cast<XMLElementDecl&>(declaration).getElementName()->getLocalPart();
    const NameCache::Entry name =
        names_.get(&declaration, uri, [&] { return make_name(prefix, local, attributes, count, false); });
    const NodeIndex element = document_.append_element(open_, name.name, name.prefix);
    const TagScan::Tag* tag = started_ <= scan_->tags.size() ? &scan_->tags[started_ - 1] : nullptr;
    if (tag != nullptr) document_.set_position(element, tag->position);
    for (XMLSize_t i = 0; i < count; ++i) add_attribute(element, attributes, count, i, tag);
    if (is_empty) return;
    ++depth_;
    open_ = element;
  }

  void endElement(const XMLElementDecl&, const unsigned, const bool, const XMLCh*) override {
    --depth_;
    open_ = document_.parent(open_);
  }

  void docCharacters(const XMLCh* text, const XMLSize_t length, const bool) override {
    if (open_ == root_node) return;
    check_nodes(1);
    document_.append_text(open_, text_.convert(text, length));
  }
  void ignorableWhitespace(const XMLCh* text, const XMLSize_t length, const bool) override {
    docCharacters(text, length, false);
  }

  void docComment(const XMLCh* text) override {
    if (!options_->keep_comments) return;
    check_nodes(1);
    document_.append_comment(open_, text_.convert(text));
  }

  void docPI(const XMLCh* target, const XMLCh* data) override {
    check_nodes(1);
    document_.append_processing_instruction(open_, target_.convert(target), text_.convert(data));
  }

  void XMLDecl(const XMLCh* version, const XMLCh* encoding, const XMLCh*, const XMLCh*) override {
    if (to_utf8(version) == "1.1") stop("", "the document is XML 1.1, which is not accepted: declare version 1.0");
    const std::string name = to_utf8(encoding);
    if (!is_accepted_encoding(name))
      stop("", "the document's encoding " + name + " is not accepted: use UTF-8, UTF-16 or an ISO-8859 one");
  }

  void startDocument() override {}
  void endDocument() override {}
  void resetDocument() override {}
  void startEntityReference(const XMLEntityDecl&) override {}
  void endEntityReference(const XMLEntityDecl&) override {}

  InputSource* resolveEntity(const XMLCh*, const XMLCh*) override {
    stop("doctype", "the document asks for something outside itself, which is not accepted: remove the reference");
  }

  void fatalError(const SAXParseException& e) override {
    throw Stop{{"the document is not well-formed: " + to_utf8(e.getMessage()),
                "",
                {options_->file, static_cast<std::uint32_t>(e.getLineNumber()),
                 static_cast<std::uint32_t>(e.getColumnNumber())}}};
  }
  void error(const SAXParseException& e) override { fatalError(e); }
  void warning(const SAXParseException&) override {}
  void resetErrors() override {}

 private:
  NameCache::Entry make_name(const XMLCh* prefix_text, const XMLCh* local, const RefVectorOf<XMLAttr>& attributes,
                             XMLSize_t count, bool is_attribute) {
    const std::string_view prefix = prefix_.convert(prefix_text);
    std::string uri;
    if (!is_attribute || !prefix.empty()) uri = namespace_of(prefix, attributes, count);
    const std::string_view shown = uri.empty() ? std::string_view{} : prefix;
    return {document_.intern_name(uri, local_.convert(local)), document_.intern_prefix(shown)};
  }

  // By the declarations in the tag itself, then by those of the elements around it. The parser has checked that there
  // is one.
  std::string namespace_of(std::string_view prefix, const RefVectorOf<XMLAttr>& attributes, XMLSize_t count) {
    for (XMLSize_t i = 0; i < count; ++i) {
      const XMLAttr& attribute = *attributes.elementAt(i);
      if (!is_declaration(attribute)) continue;
      const XMLCh* own_prefix = attribute.getPrefix();
      const bool is_default = own_prefix == nullptr || *own_prefix == 0;
      if (is_default ? prefix.empty() : target_.convert(attribute.getName()) == prefix)
        return std::string(text_.convert(attribute.getValue()));
    }
    return std::string(document_.lookup_namespace(open_, prefix).value_or(""));
  }

  void add_attribute(NodeIndex element, const RefVectorOf<XMLAttr>& attributes, XMLSize_t count, XMLSize_t i,
                     const TagScan::Tag* tag) {
    const XMLAttr& attribute = *attributes.elementAt(i);
    const XMLCh* prefix = attribute.getPrefix() == nullptr ? u"" : attribute.getPrefix();
    if (is_declaration(attribute)) {
      const std::string_view declared = *prefix == 0 ? std::string_view{} : target_.convert(attribute.getName());
      return document_.declare_namespace(element, declared, text_.convert(attribute.getValue()));
    }
    const NameCache::Entry name = make_name(prefix, attribute.getName(), attributes, count, true);
    const NodeIndex n =
        document_.append_attribute(element, name.name, name.prefix, text_.convert(attribute.getValue()));
    if (tag != nullptr && tag->first_attribute + i < scan_->attributes.size())
      document_.set_position(n, scan_->attributes[tag->first_attribute + i]);
  }

  void check_nodes(std::size_t more) const {
    if (document_.node_count() + more > options_->limits.max_nodes)
      stop("xml-nodes", over("more nodes", options_->limits.max_nodes, "xml-nodes"));
  }

  // The place is that of the last start tag.
  [[noreturn]] void stop(std::string limit, std::string message) const {
    const TagScan scan = scan_tags(bytes_, static_cast<std::size_t>(-1), true);
    const Position at =
        started_ == 0 || started_ > scan.tags.size() ? Position{1, 1} : scan.tags[started_ - 1].position;
    throw Stop{{std::move(message), std::move(limit), {options_->file, at.line, at.column}}};
  }

  const ReadOptions* options_ = nullptr;
  const TagScan* scan_ = nullptr;
  std::string_view bytes_;
  Document document_;
  NodeIndex open_ = root_node;
  std::size_t depth_ = 0;
  std::size_t started_ = 0;
  NameCache names_;
  Utf8Buffer prefix_, local_, text_, target_;
};

/// One thread's parser. Xerces keeps every namespace URI and name it ever saw, so it is replaced after so many bytes.
class Parser {
 public:
  Parser() : reader_(XMLReaderFactory::createXMLReader()) {
    reader_->setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
    reader_->setFeature(XMLUni::fgSAX2CoreNameSpacePrefixes, true);
    reader_->setFeature(XMLUni::fgSAX2CoreValidation, false);
    reader_->setFeature(XMLUni::fgXercesLoadExternalDTD, false);
    reader_->setFeature(XMLUni::fgXercesDisableDefaultEntityResolution, true);
    reader_->setProperty(XMLUni::fgXercesScannerName, const_cast<XMLCh*>(XMLUni::fgWFXMLScanner));
    reader_->setEntityResolver(&builder_);
    reader_->setErrorHandler(&builder_);
    reader_->installAdvDocHandler(&builder_);
  }

  Document parse(std::string_view bytes, bool is_utf8, const ReadOptions& options, const TagScan& scan) {
    used_ += bytes.size() + 64;
    builder_.start(options, scan, bytes);
    static const XMLCh name[] = {'m', 'e', 's', 's', 'a', 'g', 'e', 0};
    MemBufInputSource input(reinterpret_cast<const XMLByte*>(bytes.data()), bytes.size(), name);
    if (is_utf8) input.setEncoding(XMLUni::fgUTF8EncodingString);
    reader_->parse(input);
    return builder_.take();
  }

  bool is_worn() const { return used_ > (4u << 20); }

 private:
  TreeBuilder builder_;
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

/// Most messages need no parser, which would take six times as long.
std::optional<Document> read_without_parser(std::string_view bytes, const ReadOptions& options,
                                            std::vector<ElementText>* texts) {
  constexpr std::size_t large = 1u << 20;
  thread_local Document built;
  try {
    if (options.keep_positions || !read_plain(bytes, options.limits, built, texts)) return std::nullopt;
    // A copy has just the memory that it needs.
    if (built.memory_bytes() <= large) return built;
    return std::exchange(built, Document());
  } catch (const std::exception&) {
    return std::nullopt;  // memory that is not there: the parser's way says so
  }
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
  const std::size_t first =
      bytes.find_first_not_of(bytes.starts_with("\xef\xbb\xbf") ? "\xef\xbb\xbf \t\r\n" : " \t\r\n");
  if (first == std::string_view::npos || bytes[first] != '<')
    return refuse(options, "", "the document is not well-formed: it does not begin with '<'", {1, 1});
  if (auto plain = read_without_parser(bytes, options, was_utf16 ? nullptr : options.texts)) return std::move(*plain);
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
