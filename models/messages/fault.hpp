#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/base/namespaces.hpp"
#include "models/base/qname.hpp"
#include "models/xml/tree.hpp"

namespace echoflow {

/// Contents of a variable or message, one document per part in the order of its type's declaration; null: not
/// initialised. Element and XSD-typed variables have exactly one part. For an element part the document element is that
/// element; for a typed part (or XSD-typed variable) it is a wrapper element named after the part (or variable),
/// without namespace, that holds the attributes and content.
using Parts = std::vector<xml::DocumentPtr>;

/// A BPEL fault as a value (WS-BPEL 2.0 §12.5). Data is either a WSDL message (message_type set, parts as it declares)
/// or one element (message_type empty, one part) or nothing (no parts).
struct Fault {
  QName name;
  QName message_type;
  Parts parts;
  std::string detail;  ///< for people: what happened, where; never matched against

  bool has_data() const { return !parts.empty(); }
};

/// A WS-BPEL standard fault (Appendix A): `standard_fault("uninitializedVariable", "…")`.
inline Fault standard_fault(std::string_view local, std::string detail) {
  return Fault{{std::string(ns::bpel), std::string(local)}, {}, {}, std::move(detail)};
}

/// True for the faults of Appendix A, which exitOnStandardFault is about.
bool is_standard_fault(const QName& name);

}  // namespace echoflow
