#include "bpel/generate/content/description.hpp"

#include <algorithm>

#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::generate {

namespace {

const std::string soap_transport = "http://schemas.xmlsoap.org/soap/http";

std::string tns(const std::string& local) {
  return "tns:" + local;
}

}  // namespace

void Description::add(const std::string& port_type, const std::string& operation, bool answers,
                      const std::string& address) {
  PortType& described = port_types_[port_type];
  if (!address.empty()) described.address = address;
  const auto same = std::find_if(described.operations.begin(), described.operations.end(),
                                 [&](const DescribedOperation& each) { return each.name == operation; });
  if (same == described.operations.end()) described.operations.push_back({operation, answers});
}

template <class Visit>
void Description::for_each_message(const Visit& visit) const {
  for (const auto& [name, port_type] : port_types_) {
    for (const DescribedOperation& operation : port_type.operations) {
      visit(message(name, operation.name));
      if (operation.answers) visit(answer(name, operation.name));
    }
  }
}

void Description::add_types(Element& root) const {
  Element& schema =
      root.add(Element("wsdl:types"))
          .add(Element("xsd:schema", {{"targetNamespace", target_namespace_}, {"elementFormDefault", "qualified"}}));
  Element& type = schema.add(Element("xsd:complexType", {{"name", "Content"}, {"mixed", "true"}}));
  type.add(Element("xsd:sequence"))
      .add(Element("xsd:any", {{"minOccurs", "0"}, {"maxOccurs", "unbounded"}, {"processContents", "skip"}}));
  type.add(Element("xsd:attribute", {{"name", "conversation"}, {"type", "xsd:string"}}));
  // The outcome of a task comes as cx:outcome.
  type.add(Element("xsd:anyAttribute", {{"namespace", std::string(ns::cx)}, {"processContents", "skip"}}));
  // Of variables with fields or items, which have no namespace.
  Element& data = schema.add(Element("xsd:complexType", {{"name", "Data"}, {"mixed", "true"}}));
  data.add(Element("xsd:sequence"))
      .add(Element(
          "xsd:any",
          {{"namespace", "##local"}, {"minOccurs", "0"}, {"maxOccurs", "unbounded"}, {"processContents", "skip"}}));
  data.add(Element("xsd:anyAttribute", {{"namespace", "##local"}, {"processContents", "skip"}}));
  for_each_message([&](const std::string& name) {
    schema.add(Element("xsd:element", {{"name", name}, {"type", "tns:Content"}}));
  });
}

void Description::add_messages(Element& root) const {
  for_each_message([&](const std::string& name) {
    root.add(Element("wsdl:message", {{"name", name}}))
        .add(Element("wsdl:part", {{"name", std::string(content_part)}, {"element", tns(name)}}));
  });
}

void Description::add_port_types(Element& root) const {
  for (const auto& [name, port_type] : port_types_) {
    Element& described = root.add(Element("wsdl:portType", {{"name", name}}));
    for (const DescribedOperation& operation : port_type.operations) {
      Element& added = described.add(Element("wsdl:operation", {{"name", operation.name}}));
      added.add(Element("wsdl:input", {{"message", tns(message(name, operation.name))}}));
      if (operation.answers) added.add(Element("wsdl:output", {{"message", tns(answer(name, operation.name))}}));
    }
  }
}

void Description::add_service(Element& root, const std::string& name, const PortType& port_type) const {
  Element& binding = root.add(Element("wsdl:binding", {{"name", name}, {"type", tns(name)}}));
  binding.add(Element("soap:binding", {{"style", "document"}, {"transport", soap_transport}}));
  for (const DescribedOperation& operation : port_type.operations) {
    Element& bound = binding.add(Element("wsdl:operation", {{"name", operation.name}}));
    bound.add(Element("soap:operation", {{"soapAction", operation.name}}));
    bound.add(Element("wsdl:input")).add(Element("soap:body", {{"use", "literal"}}));
    if (operation.answers) bound.add(Element("wsdl:output")).add(Element("soap:body", {{"use", "literal"}}));
  }
  if (port_type.address.empty()) return;
  Element& service = root.add(Element("wsdl:service", {{"name", name}}));
  service.add(Element("wsdl:port", {{"name", name}, {"binding", tns(name)}}))
      .add(Element("soap:address", {{"location", port_type.address}}));
}

void Description::add_properties(Element& root) const {
  const auto property = [&](const std::string& name) {
    root.add(Element("vprop:property", {{"name", name}, {"type", "xsd:string"}}));
  };
  const auto alias = [&](const std::string& name, const std::string& of_message, const std::string& query) {
    root.add(Element(
                 "vprop:propertyAlias",
                 {{"propertyName", tns(name)}, {"messageType", tns(of_message)}, {"part", std::string(content_part)}}))
        .add(with_text("vprop:query", query));
  };
  if (conversations_) {
    property("conversation");
    for_each_message([&](const std::string& name) { alias("conversation", name, "string(@conversation)"); });
  }
  for (const auto& [name, places] : aliases_) {
    property(name);
    for (const auto& [of_message, query] : places) alias(name, of_message, query);
  }
}

std::string Description::text() const {
  Element root("wsdl:definitions",
               {{"targetNamespace", target_namespace_}, {"xmlns:soap", std::string(ns::wsdl_soap)}});
  add_types(root);
  add_messages(root);
  add_port_types(root);
  for (const auto& [name, port_type] : port_types_) add_service(root, name, port_type);
  for (const auto& [name, port_type] : port_types_) {
    root.add(Element("plnk:partnerLinkType", {{"name", name}}))
        .add(Element("plnk:role", {{"name", "service"}, {"portType", tns(name)}}));
  }
  add_properties(root);
  return to_text(root, {}, target_namespace_);
}

}  // namespace echoflow::generate
