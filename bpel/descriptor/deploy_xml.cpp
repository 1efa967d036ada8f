#include <algorithm>
#include <charconv>

#include "bpel/descriptor/descriptor.hpp"
#include "bpel/source/document.hpp"
#include "bpel/source/text.hpp"
#include "bpel/wsdl/loader.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::descriptor {
namespace {

// Elements of Apache ODE's descriptor that have no meaning here.
constexpr std::string_view ignored[] = {"type-map",      "mex-interceptors", "process-events",
                                        "cleanup",       "enableSharing",    "type",
                                        "documentation", "schedule",         "defaultOptimizations"};

// All the services of a deployment: ODE finds them in any of its WSDL files, imported or not.
wsdl::Definitions all_definitions(const source::SourceSet& sources) {
  Diagnostics unrelated;  // what is wrong with a WSDL is found where a process imports it
  source::Documents documents(sources, unrelated);
  wsdl::Loader loader(documents);
  for (const auto& [path, bytes] : sources.files)
    if (path.ends_with(".wsdl")) loader.add(path);
  return loader.take_definitions();
}

class XmlReader {
 public:
  XmlReader(const xml::Document& document, const std::string& file, const wsdl::Definitions& definitions,
            Diagnostics& findings)
      : document_(document), file_(file), definitions_(definitions), findings_(findings) {}

  void read(Descriptor::Layer& out) {
    const auto root = document_.document_element();
    if (document_.local_name(root) != "deploy" || document_.namespace_uri(root) != ns::ode_deploy) {
      report(root, "The document element must be <deploy> in the namespace " + std::string(ns::ode_deploy) + ".");
      return;
    }
    for (auto child = document_.first_child_element(root); child != xml::no_node;
         child = document_.next_sibling_element(child)) {
      if (is(child, "process")) {
        read_process(child, out);
      } else {
        ignore(child);
      }
    }
  }

 private:
  void read_process(xml::NodeIndex node, Descriptor::Layer& out) {
    const auto name = qname(node, "name");
    if (!name) return;
    auto& settings = out.processes[*name];
    out.places[name->clark()] = where(node);
    for (auto child = document_.first_child_element(node); child != xml::no_node;
         child = document_.next_sibling_element(child))
      read_setting(child, settings);
  }

  void read_setting(xml::NodeIndex node, Settings& out) {
    if (is(node, "active")) {
      out.active = boolean(node);
    } else if (is(node, "retired")) {
      out.retired = boolean(node);
    } else if (is(node, "in-memory")) {
      out.in_memory = boolean(node);
    } else if (is(node, "version")) {
      out.version = number(node);
    } else if (is(node, "provide")) {
      read_service(node, out.provides);
    } else if (is(node, "invoke")) {
      read_invoke(node, out);
    } else if (is(node, "property")) {
      if (const auto name = qname(node, "name")) out.properties[*name] = text(node);
    } else {
      ignore(node);
    }
  }

  void read_invoke(xml::NodeIndex node, Settings& out) {
    const auto* named = read_service(node, out.invokes);
    if (!named) return;
    const auto address = address_of(*named);
    if (address) {
      out.partners[std::string(source::trimmed(*document_.attribute(node, "partnerLink")))].address = *address;
    } else {
      report(node,
             "No WSDL of the deployment gives the port " + named->port + " of the service " + named->service.clark() +
                 " a SOAP address; add it, or assign an endpoint to the partner link before it is called.",
             Severity::warning);
    }
  }

  // The <service> in a <provide> or <invoke>; null when it is not there.
  const ServicePort* read_service(xml::NodeIndex node, std::map<std::string, ServicePort>& out) {
    const auto partner_link = source::trimmed(document_.attribute(node, "partnerLink").value_or(""));
    if (partner_link.empty()) {
      report(node, tag(node) + " lacks the attribute partnerLink; add it.");
      return nullptr;
    }
    const ServicePort* read = nullptr;
    for (auto child = document_.first_child_element(node); child != xml::no_node;
         child = document_.next_sibling_element(child)) {
      if (!is(child, "service")) {
        ignore(child);
        continue;
      }
      const auto name = qname(child, "name");
      if (!name) return nullptr;
      const auto port = source::trimmed(document_.attribute(child, "port").value_or(""));
      read = &(out[std::string(partner_link)] = {*name, std::string(port)});
    }
    if (!read) report(node, tag(node) + " names no service; add a <service> with name and port.");
    return read;
  }

  // A service of a single port may be named without it.
  std::optional<std::string> address_of(const ServicePort& named) const {
    for (const auto& service : definitions_.services) {
      if (service.name != named.service) continue;
      for (const auto& port : service.ports)
        if (!port.address.empty() && (named.port.empty() || port.name == named.port)) return port.address;
    }
    return std::nullopt;
  }

  bool is(xml::NodeIndex node, std::string_view local) const {
    return document_.local_name(node) == local && document_.namespace_uri(node) == ns::ode_deploy;
  }
  std::string tag(xml::NodeIndex node) const { return "<" + std::string(document_.local_name(node)) + ">"; }
  std::string text(xml::NodeIndex node) const { return std::string(source::trimmed(document_.string_value(node))); }

  std::optional<QName> qname(xml::NodeIndex node, std::string_view attribute) {
    const auto value = source::trimmed(document_.attribute(node, attribute).value_or(""));
    auto name = value.empty() ? std::nullopt : document_.resolve_qname(node, value);
    if (!name)
      report(node, "The attribute " + std::string(attribute) + " of " + tag(node) +
                       " must be a qualified name whose prefix is declared; correct it.");
    return name;
  }

  std::optional<bool> boolean(xml::NodeIndex node) {
    const auto value = text(node);
    if (value == "true" || value == "1") return true;
    if (value == "false" || value == "0") return false;
    report(node, tag(node) + " is \"" + value + "\"; it must be true or false.");
    return std::nullopt;
  }

  std::optional<std::uint64_t> number(xml::NodeIndex node) {
    const auto value = text(node);
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
    if (error == std::errc() && end == value.data() + value.size()) return out;
    report(node, tag(node) + " is \"" + value + "\"; it must be a whole number.");
    return std::nullopt;
  }

  void ignore(xml::NodeIndex node) {
    const auto local = document_.local_name(node);
    const bool known = std::find(std::begin(ignored), std::end(ignored), local) != std::end(ignored);
    report(node,
           known ? tag(node) + " has no effect here and is ignored."
                 : tag(node) + " is not known in a deploy.xml and is ignored; remove it or correct its name.",
           Severity::warning);
  }

  SourceLocation where(xml::NodeIndex node) const { return source::location_of(document_, node, file_); }
  void report(xml::NodeIndex node, std::string message, Severity severity = Severity::error) {
    add_finding(findings_, {"DEPLOY", severity, std::move(message), where(node)});
  }

  const xml::Document& document_;
  const std::string& file_;
  const wsdl::Definitions& definitions_;
  Diagnostics& findings_;
};

}  // namespace

Descriptor::Layer read_deploy_xml(const source::SourceSet& sources, const std::string& file, Diagnostics& findings) {
  Descriptor::Layer out;
  out.file = file;
  out.exclusive = true;
  const auto document = source::read_document(sources, file, findings);
  if (document) XmlReader(*document, file, all_definitions(sources), findings).read(out);
  return out;
}

}  // namespace echoflow::descriptor
