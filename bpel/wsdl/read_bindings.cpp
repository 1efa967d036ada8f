// Bindings to SOAP 1.1 and 1.2, and services.
#include "bpel/source/text.hpp"
#include "bpel/wsdl/namespaces.hpp"
#include "bpel/wsdl/reader.hpp"

namespace echoflow::wsdl {
namespace {

constexpr std::string_view soap_namespaces[] = {ns::wsdl_soap, ns::wsdl_soap12};

// The child of this local name in WSDL's SOAP 1.1 or SOAP 1.2 namespace.
xml::NodeIndex soap_child(const xml::Document& document, xml::NodeIndex parent, std::string_view local) {
  for (const auto uri : soap_namespaces)
    if (const auto found = document.find_child(parent, uri, local); found != xml::no_node) return found;
  return xml::no_node;
}

SoapVersion version_of(const xml::Document& document, xml::NodeIndex soap_element) {
  return document.namespace_uri(soap_element) == ns::wsdl_soap12 ? SoapVersion::soap12 : SoapVersion::soap11;
}

SoapStyle style_of(const std::string& text, SoapStyle otherwise) {
  if (text == "rpc") return SoapStyle::rpc;
  if (text == "document") return SoapStyle::document;
  return otherwise;
}

}  // namespace

// WSDL 1.1 §2.5 Bindings and §3 SOAP Binding
void Reader::read_binding(xml::NodeIndex node) {
  Binding out;
  out.name = defined_name(node);
  out.port_type = required_qname(node, "type");
  out.where = where(node);
  if (const auto soap = soap_child(document(), node, "binding"); soap != xml::no_node) {
    out.soap = version_of(document(), soap);
    out.style = style_of(text(soap, "style"), SoapStyle::document);
  }
  for (const auto operation : children(node, ns::wsdl, "operation"))
    out.operations.push_back(read_binding_operation(operation, out));
  out_.bindings.push_back(std::move(out));
}

BindingOperation Reader::read_binding_operation(xml::NodeIndex node, const Binding& binding) {
  BindingOperation out;
  out.name = required_text(node, "name");
  out.style = binding.style;
  if (const auto soap = soap_child(document(), node, "operation"); soap != xml::no_node) {
    out.soap_action = text(soap, "soapAction");
    out.style = style_of(text(soap, "style"), binding.style);
  }
  if (const auto input = document().find_child(node, ns::wsdl, "input"); input != xml::no_node) {
    read_soap_body(input, out, out.input_parts);
    out.input_headers = read_soap_headers(input);
  }
  if (const auto output = document().find_child(node, ns::wsdl, "output"); output != xml::no_node) {
    read_soap_body(output, out, out.output_parts);
    out.output_headers = read_soap_headers(output);
  }
  return out;
}

void Reader::read_soap_body(xml::NodeIndex message, BindingOperation& out, std::vector<std::string>& parts) {
  const auto body = soap_child(document(), message, "body");
  if (body == xml::no_node) return;
  if (text(body, "use") == "encoded") out.literal = false;
  if (out.rpc_namespace.empty()) out.rpc_namespace = text(body, "namespace");
  const std::string names = text(body, "parts");
  for (const auto part : source::words(names)) parts.emplace_back(part);
}

std::vector<BindingOperation::Header> Reader::read_soap_headers(xml::NodeIndex message) {
  std::vector<BindingOperation::Header> out;
  for (const auto uri : soap_namespaces)
    for (const auto header : children(message, uri, "header"))
      out.push_back({required_qname(header, "message"), required_text(header, "part")});
  return out;
}

// WSDL 1.1 §2.7 Services
void Reader::read_service(xml::NodeIndex node) {
  Service service{defined_name(node), {}, where(node)};
  for (const auto child : children(node, ns::wsdl, "port")) {
    Port port{required_text(child, "name"), required_qname(child, "binding"), "", where(child)};
    if (const auto address = soap_child(document(), child, "address"); address != xml::no_node)
      port.address = text(address, "location");
    service.ports.push_back(std::move(port));
  }
  out_.services.push_back(std::move(service));
}

}  // namespace echoflow::wsdl
