// One validator for each thread and pool.
#include <array>
#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/parsers/SAX2XMLReaderImpl.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLEntityResolver.hpp>
#include <xercesc/util/XMLUni.hpp>

#include "models/xml/schema_pool.hpp"
#include "models/xml/tag_scan.hpp"
#include "models/xml/xerces_text.hpp"

namespace echoflow::xml {
namespace {

using namespace xercesc;

constexpr std::size_t most_errors = 50;

/// Collects errors and finds out which element each concerns.
class ValidationHandler final : public DefaultHandler, public XMLEntityResolver {
 public:
  void start(const std::string& text) {
    text_ = &text;
    scan_.reset();
    errors_.clear();
    open_.clear();
    started_ = 0;
  }
  std::vector<ContentError> take() { return std::move(errors_); }

  void startElement(const XMLCh*, const XMLCh*, const XMLCh*, const Attributes&) override {
    open_.push_back(started_++);
  }
  void endElement(const XMLCh*, const XMLCh*, const XMLCh*) override { open_.pop_back(); }

  void error(const SAXParseException& e) override {
    if (errors_.size() < most_errors) errors_.push_back({concerned(e), to_utf8(e.getMessage())});
  }
  void fatalError(const SAXParseException& e) override { throw SAXParseException(e); }
  void warning(const SAXParseException&) override {}

  InputSource* resolveEntity(XMLResourceIdentifier*) override { return nothing(); }
  InputSource* resolveEntity(const XMLCh*, const XMLCh*) override { return nothing(); }

 private:
  static InputSource* nothing() {
    static const XMLByte bytes[] = "<nothing/>";
    return new MemBufInputSource(bytes, sizeof bytes - 1, "nothing");
  }

  // An error in a start tag comes before that element is announced: then the tag lies before the error's place already.
  std::size_t concerned(const SAXParseException& e) {
    if (!scan_) scan_ = scan_tags(*text_, static_cast<std::size_t>(-1), true);
    if (started_ < scan_->tags.size()) {
      const Position next = scan_->tags[started_].position;
      if (next.line < e.getLineNumber() || (next.line == e.getLineNumber() && next.column < e.getColumnNumber()))
        return started_;
    }
    return open_.empty() ? 0 : open_.back();
  }

  const std::string* text_ = nullptr;
  std::optional<TagScan> scan_;
  std::vector<ContentError> errors_;
  std::vector<std::size_t> open_;
  std::size_t started_ = 0;
};

class Validator {
 public:
  explicit Validator(std::shared_ptr<const GrammarPool> pool)
      : pool_(std::move(pool)), reader_(XMLPlatformUtils::fgMemoryManager, &pool_->xerces()) {
    reader_.setProperty(XMLUni::fgXercesScannerName, const_cast<XMLCh*>(XMLUni::fgSGXMLScanner));
    reader_.setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
    reader_.setFeature(XMLUni::fgSAX2CoreValidation, true);
    reader_.setFeature(XMLUni::fgXercesDynamic, false);
    reader_.setFeature(XMLUni::fgXercesSchema, true);
    reader_.setFeature(XMLUni::fgXercesUseCachedGrammarInParse, true);
    reader_.setFeature(XMLUni::fgXercesLoadSchema, false);
    reader_.setFeature(XMLUni::fgXercesLoadExternalDTD, false);
    reader_.setContentHandler(&handler_);
    reader_.setErrorHandler(&handler_);
    reader_.setXMLEntityResolver(&handler_);
  }

  const std::shared_ptr<const GrammarPool>& pool() const { return pool_; }

  /// Xerces keeps every namespace URI it ever saw, so a validator is replaced after so many bytes.
  bool is_worn() const { return used_ > (4u << 20); }

  std::vector<ContentError> validate(const std::string& text) {
    used_ += text.size() + 64;
    handler_.start(text);
    static const XMLCh name[] = {'v', 'a', 'l', 'u', 'e', 0};
    MemBufInputSource input(reinterpret_cast<const XMLByte*>(text.data()), text.size(), name);
    input.setEncoding(XMLUni::fgUTF8EncodingString);
    reader_.parse(input);
    return handler_.take();
  }

 private:
  std::shared_ptr<const GrammarPool> pool_;
  ValidationHandler handler_;
  SAX2XMLReaderImpl reader_;
  std::size_t used_ = 0;
};

std::vector<ContentError> validate_in_thread(const std::shared_ptr<const GrammarPool>& pool, const std::string& text) {
  // A few pools at a time, the one used last in front.
  thread_local std::array<std::unique_ptr<Validator>, 4> kept;
  std::unique_ptr<Validator> validator;
  std::size_t at = 0;
  for (; at + 1 < kept.size(); ++at)
    if (kept[at] && kept[at]->pool() == pool) break;
  validator = std::move(kept[at]);
  for (; at > 0; --at) kept[at] = std::move(kept[at - 1]);
  if (!validator || validator->pool() != pool || validator->is_worn()) validator = std::make_unique<Validator>(pool);
  auto errors = validator->validate(text);  // a validator that throws is lost
  kept[0] = std::move(validator);
  return errors;
}

}  // namespace

std::vector<ContentError> validate_text(const std::shared_ptr<const GrammarPool>& pool, const std::string& text) {
  try {
    return validate_in_thread(pool, text);
  } catch (const SAXException& e) {
    return {{0, to_utf8(e.getMessage())}};
  } catch (const XMLException& e) {
    return {{0, to_utf8(e.getMessage())}};
  } catch (const OutOfMemoryException&) {
    return {{0, "validation needs more memory than there is"}};
  }
}

}  // namespace echoflow::xml
