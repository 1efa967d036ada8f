#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/base/qname.hpp"
#include "models/program/ids.hpp"

namespace echoflow::program {

/// How a part's value is held and seen by XPath (WS-BPEL 2.0 §8.2): see Parts in models/messages/fault.hpp.
enum class ValueForm : std::uint8_t { element, simple, complex };

struct PartType {
  std::string name;  ///< the part's name; the variable's own name for element and XSD-typed variables
  ValueForm form = ValueForm::element;
  QName element;    ///< form element
  QName type;       ///< otherwise: the XSD type
  QName primitive;  ///< form simple: the xsd primitive type, so that XPath sees boolean, number or string
};

/// A WSDL message, or the type of an element or XSD-typed variable (then one part).
struct MessageType {
  QName name;  ///< the WSDL message; empty for element and XSD-typed variables
  std::vector<PartType> parts;
  bool is_message() const { return !name.empty(); }
  /// Index of a part, or `none`.
  std::uint32_t part(const std::string& part_name) const {
    for (std::uint32_t i = 0; i < parts.size(); ++i)
      if (parts[i].name == part_name) return i;
    return none;
  }
};

}  // namespace echoflow::program
