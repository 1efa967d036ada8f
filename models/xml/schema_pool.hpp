#pragma once
// Inside models/xml only: Xerces' grammar pool and its readers.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/xml/schema_library.hpp"

namespace xercesc_3_2 {
class XMLGrammarPool;
}

namespace echoflow::xml {

class BudgetMemory;

/// What Xerces says of a place in a text.
struct PoolError {
  std::string address;
  Position at;
  std::string message;
};

/// Compiled grammars, locked, so that any number of threads may validate with them.
class GrammarPool {
 public:
  GrammarPool(const SchemaTexts& texts, std::vector<PoolError>& errors);
  ~GrammarPool();
  GrammarPool(const GrammarPool&) = delete;
  GrammarPool& operator=(const GrammarPool&) = delete;

  xercesc_3_2::XMLGrammarPool& xerces() const { return *pool_; }

 private:
  void start_anew();

  std::unique_ptr<BudgetMemory> memory_;  // outlives the pool
  std::unique_ptr<xercesc_3_2::XMLGrammarPool> pool_;
};

/// All named types and global elements of a pool, but the built-in types of XML Schema.
struct SchemaNames {
  std::map<QName, TypeInfo> types;
  std::map<QName, TypeInfo> elements;
  std::map<QName, QName> substitution_heads;  ///< by member
};
SchemaNames names_of(const GrammarPool& pool);
/// The built-in types of XML Schema.
const std::map<QName, TypeInfo>& builtin_types();

/// An error of validation: the number (from 0, in document order) of the element that it concerns, and the message.
struct ContentError {
  std::size_t element = 0;
  std::string message;
};
/// Validates a serialized element against a pool with the calling thread's validator for it. Never throws.
std::vector<ContentError> validate_text(const std::shared_ptr<const GrammarPool>& pool, const std::string& text);

}  // namespace echoflow::xml
