#include "models/xml/schema_pool.hpp"

#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/parsers/SAX2XMLReaderImpl.hpp>
#include <xercesc/sax/SAXParseException.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/XMLEntityResolver.hpp>
#include <xercesc/util/XMLResourceIdentifier.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/common/Grammar.hpp>

#include "models/xml/budget_memory.hpp"
#include "models/xml/xerces_text.hpp"

namespace echoflow::xml {
namespace {

using namespace xercesc;

constexpr std::size_t most_errors = 200;
constexpr std::size_t most_megabytes = 128;  // a large industry schema takes some 20

/// Serves the texts by their addresses and nothing else, and collects what the compiler says.
class CompileHandler final : public DefaultHandler, public XMLEntityResolver {
 public:
  CompileHandler(const SchemaTexts& texts, std::vector<PoolError>& errors) : texts_(texts), errors_(errors) {}

  InputSource* resolveEntity(XMLResourceIdentifier* wanted) override {
    const std::string address = to_utf8(wanted->getSystemId());
    if (address.empty()) return nullptr;  // an import by namespace alone
    const auto index = schema_index(address);
    if (index && *index < texts_.texts.size()) return make_source(*index);
    add({address, {}, "the schema asks for \"" + address + "\", which is not part of the deployment"});
    static const XMLByte nothing[] = "<nothing/>";
    return new MemBufInputSource(nothing, sizeof nothing - 1, "nothing");
  }
  using DefaultHandler::resolveEntity;

  InputSource* make_source(std::size_t index) const {
    const std::string& text = texts_.texts[index];
    auto* source = new MemBufInputSource(reinterpret_cast<const XMLByte*>(text.data()), text.size(),
                                         schema_address(index).c_str());
    source->setEncoding(XMLUni::fgUTF8EncodingString);
    return source;
  }

  void error(const SAXParseException& e) override {
    add({to_utf8(e.getSystemId()),
         {static_cast<std::uint32_t>(e.getLineNumber()), static_cast<std::uint32_t>(e.getColumnNumber())},
         to_utf8(e.getMessage())});
  }
  void fatalError(const SAXParseException& e) override { error(e); }
  void warning(const SAXParseException&) override {}

  void add(PoolError error) {
    if (errors_.size() < most_errors) errors_.push_back(std::move(error));
  }

 private:
  const SchemaTexts& texts_;
  std::vector<PoolError>& errors_;
};

void compile(XMLGrammarPool& pool, MemoryManager& memory, CompileHandler& handler) {
  SAX2XMLReaderImpl reader(&memory, &pool);
  reader.setFeature(XMLUni::fgSAX2CoreNameSpaces, true);
  reader.setFeature(XMLUni::fgSAX2CoreValidation, true);
  reader.setFeature(XMLUni::fgXercesDynamic, false);
  reader.setFeature(XMLUni::fgXercesSchema, true);
  reader.setFeature(XMLUni::fgXercesSchemaFullChecking, true);
  reader.setFeature(XMLUni::fgXercesLoadExternalDTD, false);
  reader.setErrorHandler(&handler);
  reader.setXMLEntityResolver(&handler);
  const std::unique_ptr<InputSource> main(handler.make_source(0));
  reader.loadGrammar(*main, Grammar::SchemaGrammarType, true);
}

}  // namespace

GrammarPool::GrammarPool(const SchemaTexts& texts, std::vector<PoolError>& errors) {
  start_xerces();
  start_anew();
  CompileHandler handler(texts, errors);
  try {
    compile(*pool_, *memory_, handler);
    pool_->lockPool();
    return;
  } catch (const XMLException& e) {
    handler.add({"", {}, to_utf8(e.getMessage())});
  } catch (const SAXException& e) {
    handler.add({"", {}, to_utf8(e.getMessage())});
  } catch (const OutOfMemoryException&) {
    handler.add({"",
                 {},
                 "the schemas need more than " + std::to_string(most_megabytes) +
                     " MB when compiled: write maxOccurs=\"unbounded\" in place of large numbers"});
  }
  start_anew();
  pool_->lockPool();
}

// What was half built before is not used, nor even taken apart: its memory is freed as a whole.
void GrammarPool::start_anew() {
  static_cast<void>(pool_.release());
  memory_ = std::make_unique<BudgetMemory>(most_megabytes << 20);
  pool_.reset(new (memory_.get()) XMLGrammarPoolImpl(memory_.get()));
}

GrammarPool::~GrammarPool() = default;

}  // namespace echoflow::xml
