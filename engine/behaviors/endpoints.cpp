#include "engine/behaviors/endpoints.hpp"

#include <algorithm>
#include <array>

#include "models/base/namespaces.hpp"

namespace echoflow::engine::endpoints {

namespace {

std::string trimmed(const std::string& text) {
  auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The address in an endpoint reference: wsa:Address of any version of WS-Addressing, or the location of a WSDL port.
std::string find_address(const xml::Document& document, xml::NodeIndex element) {
  for (auto child = document.first_child_element(element); child != xml::no_node;
       child = document.next_sibling_element(child)) {
    if (document.local_name(child) == "Address") return trimmed(document.string_value(child));
    if (document.local_name(child) == "address")
      if (auto location = document.attribute(child, "location")) return std::string(*location);
    if (auto inner = find_address(document, child); !inner.empty()) return inner;
  }
  return {};
}

/// The schemes of references that find_address reads.
bool is_known_scheme(std::string_view scheme) {
  static constexpr std::array known = {
      std::string_view(ns::wsa), std::string_view("http://schemas.xmlsoap.org/ws/2003/03/addressing"),
      std::string_view("http://schemas.xmlsoap.org/ws/2004/03/addressing"),
      std::string_view("http://schemas.xmlsoap.org/ws/2004/08/addressing"), std::string_view(ns::wsdl)};
  return std::find(known.begin(), known.end(), scheme) != known.end();
}

}  // namespace

xml::DocumentPtr make_service_ref(const std::string& address) {
  auto document = std::make_shared<xml::Document>();
  auto root = document->append_element(xml::root_node, ns::serviceref, "service-ref", "sref");
  document->declare_namespace(root, "sref", ns::serviceref);
  auto reference = document->append_element(root, ns::wsa, "EndpointReference", "wsa");
  document->declare_namespace(reference, "wsa", ns::wsa);
  auto address_element = document->append_element(reference, ns::wsa, "Address", "wsa");
  document->append_text(address_element, address);
  return document;
}

Result<EndpointReference, Fault> read_service_ref(const xml::NodeRef& element) {
  const auto& document = *element.document;
  if (document.qname(element.node) != QName{std::string(ns::serviceref), "service-ref"})
    return fail(standard_fault("mismatchedAssignmentFailure", "A partner link takes an element sref:service-ref, not " +
                                                                  document.qname(element.node).clark() + "."));
  // WS-BPEL 2.0 §6.3: the scheme is optional; one that is given must be understood.
  const auto scheme = document.attribute(element.node, "reference-scheme");
  if (scheme && !is_known_scheme(*scheme))
    return fail(standard_fault("unsupportedReference", "The reference scheme " + std::string(*scheme) +
                                                           " is not known: use WS-Addressing, " + std::string(ns::wsa) +
                                                           "."));
  std::string address = find_address(document, element.node);
  if (address.empty())
    return fail(standard_fault(
        "unsupportedReference",
        "The endpoint reference has no address: give a wsa:EndpointReference with wsa:Address in sref:service-ref."));
  auto copy = std::make_shared<xml::Document>();
  copy->append_copy(xml::root_node, document, element.node);
  return EndpointReference{std::move(copy), std::move(address)};
}

}  // namespace echoflow::engine::endpoints
