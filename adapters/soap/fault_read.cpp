#include <algorithm>
#include <vector>

#include "adapters/soap/fault.hpp"
#include "adapters/soap/text.hpp"

namespace echoflow::soap {

namespace {

using program::PartType;
using program::ValueForm;
using program::WireOperation;

constexpr std::size_t kept_bytes = 4096;

bool readable(char c) {
  return (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f) || c == '\n' || c == '\t';
}

struct SoapFault {
  QName code;  ///< empty when it is one of SOAP's own
  std::string reason;
  xml::NodeIndex node = xml::no_node;
  std::vector<xml::NodeIndex> details;  ///< the elements in detail
};

std::vector<xml::NodeIndex> child_elements(const xml::Document& document, xml::NodeIndex parent) {
  std::vector<xml::NodeIndex> children;
  if (parent == xml::no_node) return children;
  for (auto child = document.first_child_element(parent); child != xml::no_node;
       child = document.next_sibling_element(child))
    children.push_back(child);
  return children;
}

/// A child by its local name, with or without SOAP's namespace: servers do both.
xml::NodeIndex child_named(const xml::Document& document, xml::NodeIndex parent, std::string_view local) {
  if (parent == xml::no_node) return xml::no_node;
  for (auto child : child_elements(document, parent))
    if (document.local_name(child) == local) return child;
  return xml::no_node;
}

QName code_in(const xml::Document& document, xml::NodeIndex node) {
  if (node == xml::no_node) return {};
  auto name = document.resolve_qname(node, trimmed(document.string_value(node)));
  if (!name || name->ns == ns::soap11 || name->ns == ns::soap12 || name->ns.empty()) return {};
  return *name;
}

SoapFault parse_fault(const Envelope& envelope) {
  const auto& document = envelope.document;
  SoapFault fault;
  fault.node = envelope.first();
  xml::NodeIndex reason = xml::no_node;
  if (envelope.version == SoapVersion::soap11) {
    fault.code = code_in(document, child_named(document, fault.node, "faultcode"));
    reason = child_named(document, fault.node, "faultstring");
    fault.details = child_elements(document, child_named(document, fault.node, "detail"));
  } else {
    auto subcode = child_named(document, child_named(document, fault.node, "Code"), "Subcode");
    fault.code = code_in(document, child_named(document, subcode, "Value"));
    reason = child_named(document, child_named(document, fault.node, "Reason"), "Text");
    fault.details = child_elements(document, child_named(document, fault.node, "Detail"));
  }
  if (reason != xml::no_node) fault.reason = std::string(trimmed(document.string_value(reason)));
  return fault;
}

xml::DocumentPtr copy_of_element(const xml::Document& document, xml::NodeIndex node) {
  auto copy = std::make_shared<xml::Document>();
  copy->append_copy(xml::root_node, document, node);
  return copy;
}

bool carries(const xml::Document& document, xml::NodeIndex node, const PartType& part) {
  if (part.form == ValueForm::element) return document.qname(node) == part.element;
  return document.local_name(node) == part.name && document.namespace_uri(node).empty();
}

/// The detail's elements as the parts of a declared fault's message; no parts when they do not fit.
Parts parts_for(const Envelope& envelope, const SoapFault& fault, const program::MessageType& type) {
  if (type.parts.empty() || fault.details.size() < type.parts.size()) return {};
  Parts parts;
  for (std::size_t i = 0; i < type.parts.size(); ++i) {
    if (!carries(envelope.document, fault.details[i], type.parts[i])) return {};
    parts.push_back(copy_of_element(envelope.document, fault.details[i]));
  }
  return parts;
}

/// How well a declared fault fits by name: by code, by fault string, not at all.
int rank(const SoapFault& fault, const WireOperation::FaultType& declared) {
  return fault.code == declared.qname ? 2 : fault.reason == declared.name ? 1 : 0;
}

}  // namespace

std::string received(std::string_view bytes) {
  if (bytes.empty()) return {};
  std::string text = " Received: ";
  for (char c : bytes.substr(0, kept_bytes)) text += readable(c) ? c : '?';
  return text;
}

// WS-BPEL 2.0 §10.3: a WSDL fault is identified by the portType's namespace and the fault's name.
Fault read_fault(const program::Program& program, const WireOperation& operation, const Envelope& envelope) {
  SoapFault fault = parse_fault(envelope);
  std::string detail =
      "The partner answered with a SOAP fault: " + (fault.reason.empty() ? "(no fault string)" : fault.reason);
  std::vector<const WireOperation::FaultType*> declared;
  for (const auto& candidate : operation.faults) declared.push_back(&candidate);
  std::stable_sort(declared.begin(), declared.end(),
                   [&](auto* a, auto* b) { return rank(fault, *a) > rank(fault, *b); });
  for (const auto* candidate : declared) {
    const auto& type = program.message_types[candidate->type];
    if (auto parts = parts_for(envelope, fault, type); !parts.empty())
      return {candidate->qname, type.name, std::move(parts), detail};
    if (type.parts.empty() && rank(fault, *candidate) > 0) return {candidate->qname, type.name, {}, detail};
  }
  Parts data;
  if (!fault.details.empty()) data.push_back(copy_of_element(envelope.document, fault.details.front()));
  if (!fault.code.empty()) return {fault.code, {}, std::move(data), detail};
  if (!data.empty()) return {envelope.document.qname(fault.details.front()), {}, std::move(data), detail};
  return {{std::string(fault_namespace), "soapFault"}, {}, {copy_of_element(envelope.document, fault.node)}, detail};
}

}  // namespace echoflow::soap
