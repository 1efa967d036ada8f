#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/base/qname.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xml {

/// One schema document: a whole .xsd file, or an inline <xsd:schema> of a WSDL (as a document of its own, positions
/// kept).
struct SchemaSource {
  std::string file;  ///< the path in the deployment; relative schemaLocations resolve against it
  DocumentPtr document;
  NodeIndex schema = no_node;  ///< the xsd:schema element
  bool is_inline = false;      ///< one of perhaps many schemas in the file, though the document may hold it alone
};

enum class TypeVariety { unknown, simple, complex_simple_content, complex };

/// What the schemas say of a declared type.
struct TypeInfo {
  TypeVariety variety = TypeVariety::unknown;
  QName name;       ///< empty for an anonymous type
  QName primitive;  ///< for simple types: the built-in xsd primitive it derives from (xsd:string, xsd:decimal, …)
  std::vector<QName> ancestors;  ///< base types, nearest first, ending in xsd:anySimpleType/xsd:anyType
};

struct ValidationError {
  std::string message;
  Position position;
};

/// A compiled, immutable, thread-safe set of schemas (Xerces' locked grammar pool behind it).
class SchemaSet {
 public:
  virtual ~SchemaSet() = default;
  virtual bool has_element(const QName& name) const = 0;
  virtual bool has_type(const QName& name) const = 0;  ///< built-in xsd types always exist
  virtual std::optional<TypeInfo> type(const QName& name) const = 0;
  virtual std::optional<TypeInfo> element_type(const QName& name) const = 0;
  /// Validates an element against its global declaration. Empty when valid.
  virtual std::vector<ValidationError> validate_element(const Document& document, NodeIndex element) const = 0;
  /// Validates an element's attributes and content against a named type, whatever its own name is.
  virtual std::vector<ValidationError> validate_type(const Document& document, NodeIndex element,
                                                     const QName& type) const = 0;
};

/// `resolve(file)` returns further schema files of the deployment by path for include/import/redefine; nothing else is
/// ever opened. Findings carry rule "XSD". Never throws.
std::shared_ptr<const SchemaSet> compile_schemas(
    const std::vector<SchemaSource>& sources,
    const std::function<std::optional<std::string>(const std::string& file)>& resolve, Diagnostics& findings);

}  // namespace echoflow::xml
