#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/base/qname.hpp"
#include "models/base/source_location.hpp"
#include "models/xml/tree.hpp"

/// What all constructs of the AST are made of.
namespace echoflow::ast {

/// Where in the source file a construct stands; gives namespaces in scope to expressions and literals.
struct Origin {
  xml::DocumentPtr document;
  xml::NodeIndex element = xml::no_node;
  SourceLocation where;
  std::string path;  ///< XPath-like path in the source: "/process/sequence[1]/receive[1]", the elementId shown to users
};

enum class YesNo { unset, yes, no };

/// An expression or query with its language. For expressionLanguage unset, the process's default counts.
struct Expression {
  Origin origin;
  std::string language;  ///< as written, "" when unset
  std::string text;
};

struct Documentation {
  Origin origin;
  std::string text;
  std::string language;
};

/// Elements and attributes of foreign namespaces, kept as they are.
struct ExtensionElement {
  Origin origin;
  QName name;
};

struct Element {  ///< what every BPEL element may carry
  Origin origin;
  std::vector<Documentation> documentation;
  std::vector<ExtensionElement> extension_elements;
  std::vector<std::pair<QName, std::string>> extension_attributes;
};

}  // namespace echoflow::ast
