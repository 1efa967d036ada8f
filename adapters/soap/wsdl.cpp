#include "adapters/soap/wsdl.hpp"

#include <vector>

#include "adapters/http/message.hpp"
#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::soap {

namespace {

using program::WireOperation;
using xml::Document;
using xml::no_node;
using xml::NodeIndex;

bool is_named(const Document& document, NodeIndex node, std::string_view ns, std::string_view local) {
  return document.local_name(node) == local && document.namespace_uri(node) == ns;
}

/// "a/b.wsdl" + "../c.xsd" → "c.xsd".
std::string joined(const std::string& from, std::string_view location) {
  std::vector<std::string> steps;
  auto add = [&](std::string_view path) {
    for (std::size_t begin = 0; begin <= path.size();) {
      auto end = std::min(path.find('/', begin), path.size());
      std::string_view step = path.substr(begin, end - begin);
      if (step == "..") {
        if (!steps.empty()) steps.pop_back();
      } else if (!step.empty() && step != ".")
        steps.emplace_back(step);
      begin = end + 1;
    }
  };
  auto slash = from.rfind('/');
  if (slash != std::string::npos) add(std::string_view(from).substr(0, slash));
  add(location);
  std::string path;
  for (const auto& step : steps) path += (path.empty() ? "" : "/") + step;
  return path;
}

/// The file itself, or the only one of that name in another folder (archives are often flattened); empty when absent.
std::string find_file(const std::map<std::string, std::string>& files, const std::string& path) {
  if (files.contains(path)) return path;
  const std::string name = "/" + path.substr(path.rfind('/') + 1);
  std::string found;
  for (const auto& [candidate, content] : files) {
    if (!("/" + candidate).ends_with(name)) continue;
    if (!found.empty()) return {};
    found = candidate;
  }
  return found;
}

std::vector<NodeIndex> elements_below(const Document& document, NodeIndex top) {
  std::vector<NodeIndex> found;
  for (auto child = document.first_child_element(top); child != no_node; child = document.next_sibling_element(child)) {
    found.push_back(child);
    auto below = elements_below(document, child);
    found.insert(found.end(), below.begin(), below.end());
  }
  return found;
}

void redirect_location(Document& document, NodeIndex element, std::string_view attribute,
                       const std::map<std::string, std::string>& files, const std::string& file,
                       const std::string& url) {
  auto location = document.attribute(element, attribute);
  if (!location) return;
  std::string target = find_file(files, joined(file, *location));
  if (target.empty()) return;
  document.set_attribute(element, "", attribute, url + "?wsdl=" + http::percent_encoded(target));
}

std::string_view soap_of(const WireOperation& operation) {
  return operation.version == program::SoapVersion::soap12 ? ns::wsdl_soap12 : ns::wsdl_soap;
}

/// Sets the address in every port whose binding is of the endpoint's portType; false when there is none.
bool set_addresses(Document& document, const InterfaceView& view, const std::vector<NodeIndex>& elements) {
  bool found = false;
  auto root = document.document_element();
  std::string target(document.attribute(root, "targetNamespace").value_or(""));
  auto is_ours = [&](const QName& binding) {
    for (auto node : elements) {
      if (!is_named(document, node, ns::wsdl, "binding") ||
          QName{target, std::string(document.attribute(node, "name").value_or(""))} != binding)
        continue;
      auto type = document.resolve_qname(node, document.attribute(node, "type").value_or(""));
      return type && *type == view.endpoint.port_type;
    }
    return false;
  };
  for (auto port : elements) {
    if (!is_named(document, port, ns::wsdl, "port")) continue;
    auto binding = document.resolve_qname(port, document.attribute(port, "binding").value_or(""));
    if (!binding || !is_ours(*binding)) continue;
    for (auto soap : {ns::wsdl_soap, ns::wsdl_soap12})
      if (auto address = document.find_child(port, soap, "address"); address != no_node) {
        document.set_attribute(address, "", "location", view.url);
        found = true;
      }
  }
  return found;
}

NodeIndex append_body(Document& document, NodeIndex direction, const WireOperation& operation) {
  auto body = document.append_element(direction, soap_of(operation), "body", "echoflow-soap");
  document.set_attribute(body, "", "use", "literal");
  if (operation.style == program::SoapStyle::rpc)
    document.set_attribute(body, "", "namespace", operation.rpc_namespace);
  return body;
}

void append_headers(Document& document, NodeIndex direction, const WireOperation& operation,
                    const program::MessageType& type, const std::vector<std::uint32_t>& parts) {
  for (auto part : parts) {
    auto header = document.append_element(direction, soap_of(operation), "header", "echoflow-soap");
    document.declare_namespace(header, "m", type.name.ns);
    document.set_attribute(header, "", "message", "m:" + type.name.local);
    document.set_attribute(header, "", "part", type.parts[part].name);
    document.set_attribute(header, "", "use", "literal");
  }
}

void append_operation(Document& document, NodeIndex binding, const program::Program& program,
                      const WireOperation& wire) {
  auto operation = document.append_element(binding, ns::wsdl, "operation", "wsdl");
  document.set_attribute(operation, "", "name", wire.operation);
  auto action = document.append_element(operation, soap_of(wire), "operation", "echoflow-soap");
  document.set_attribute(action, "", "soapAction", wire.soap_action);
  document.set_attribute(action, "", "style", wire.style == program::SoapStyle::rpc ? "rpc" : "document");
  auto input = document.append_element(operation, ns::wsdl, "input", "wsdl");
  append_body(document, input, wire);
  append_headers(document, input, wire, program.message_types[wire.input], wire.input_header_parts);
  if (wire.output == program::none) return;
  auto output = document.append_element(operation, ns::wsdl, "output", "wsdl");
  append_body(document, output, wire);
  append_headers(document, output, wire, program.message_types[wire.output], wire.output_header_parts);
  for (const auto& declared : wire.faults) {
    auto fault = document.append_element(operation, ns::wsdl, "fault", "wsdl");
    document.set_attribute(fault, "", "name", declared.name);
    auto soap = document.append_element(fault, soap_of(wire), "fault", "echoflow-soap");
    document.set_attribute(soap, "", "name", declared.name);
    document.set_attribute(soap, "", "use", "literal");
  }
}

/// A WSDL without a binding for the portType gets the one that the server speaks.
void append_binding_and_service(Document& document, const InterfaceView& view) {
  auto root = document.document_element();
  const auto& type = view.endpoint.port_type;
  const std::string name = type.local + "EchoflowBinding";
  auto binding = document.append_element(root, ns::wsdl, "binding", "wsdl");
  document.set_attribute(binding, "", "name", name);
  document.declare_namespace(binding, "pt", type.ns);
  document.set_attribute(binding, "", "type", "pt:" + type.local);
  bool begun = false;
  std::string_view soap = ns::wsdl_soap;
  for (const auto& wire : view.program.wire) {
    if (wire.port_type != type) continue;
    if (!begun) {
      soap = soap_of(wire);
      auto style = document.append_element(binding, soap, "binding", "echoflow-soap");
      document.set_attribute(style, "", "style", wire.style == program::SoapStyle::rpc ? "rpc" : "document");
      document.set_attribute(style, "", "transport", "http://schemas.xmlsoap.org/soap/http");
      begun = true;
    }
    append_operation(document, binding, view.program, wire);
  }
  auto service = document.append_element(root, ns::wsdl, "service", "wsdl");
  document.set_attribute(service, "", "name", type.local + "EchoflowService");
  auto port = document.append_element(service, ns::wsdl, "port", "wsdl");
  document.set_attribute(port, "", "name", type.local + "EchoflowPort");
  document.declare_namespace(port, "b", document.attribute(root, "targetNamespace").value_or(""));
  document.set_attribute(port, "", "binding", "b:" + name);
  auto address = document.append_element(port, soap, "address", "echoflow-soap");
  document.set_attribute(address, "", "location", view.url);
}

}  // namespace

Result<std::string> serve_interface_file(const std::map<std::string, std::string>& files, const std::string& file,
                                         const InterfaceView& view) {
  auto it = files.find(file);
  bool is_interface = file.ends_with(".wsdl") || file.ends_with(".xsd");
  if (it == files.end() || !is_interface) return fail("The deployment has no WSDL or schema file '" + file + "'.");
  auto read = xml::read(it->second);
  if (!read) return fail("'" + file + "' cannot be read: " + read.error().message);
  Document document = std::move(read).value();
  auto elements = elements_below(document, xml::root_node);
  for (auto element : elements) {
    if (is_named(document, element, ns::wsdl, "import"))
      redirect_location(document, element, "location", files, file, view.url);
    else if (document.namespace_uri(element) == ns::xsd)
      redirect_location(document, element, "schemaLocation", files, file, view.url);
  }
  if (!set_addresses(document, view, elements) && file == view.endpoint.wsdl_file)
    append_binding_and_service(document, view);
  return xml::to_string(document, xml::root_node, {true});
}

}  // namespace echoflow::soap
