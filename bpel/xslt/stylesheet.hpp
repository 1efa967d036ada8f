#pragma once
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "models/base/result.hpp"
#include "models/xml/tree.hpp"

/// XSLT 1.0 by libxslt, cut off from the network and from all files but those that were loaded with the stylesheet.
namespace echoflow::xslt {

class Stylesheet;

/// A global parameter: nodes when there are any, else the value.
struct Parameter {
  std::string name;
  std::variant<std::string, double, bool> value;
  std::vector<xml::NodeRef> nodes;
};

/// What a transformation may cost; passing a limit is an error that names it.
struct Limits {
  unsigned long max_operations = 20'000'000;  ///< "xslt-operations"
  int max_depth = 500;                        ///< template calls in each other ("xslt-depth")
  std::size_t max_memory = 256u << 20;        ///< bytes allocated ("xslt-memory")
  long max_milliseconds = 10'000;             ///< "xslt-time"
};

/// Transforms an element as the only child of the source document's root (WS-BPEL 2.0 §8.4). Thread-safe; a stylesheet
/// may run in many threads at once. Nothing is written to the standard streams.
Result<xml::DocumentPtr> transform(const Stylesheet& sheet, const xml::NodeRef& source,
                                   const std::vector<Parameter>& parameters, const Limits& limits = {});

}  // namespace echoflow::xslt
