#include <cmath>

#include "bpel/compile/compiler.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::compile {
namespace {

/// The soap:address of one port of one service, "" when there is none.
std::string address_of_port(const wsdl::Definitions& definitions, const descriptor::ServicePort& wanted) {
  for (const auto& service : definitions.services) {
    if (service.name != wanted.service) continue;
    for (const auto& port : service.ports)
      if (wanted.port.empty() || port.name == wanted.port) return port.address;
  }
  return {};
}

std::uint32_t milliseconds(double seconds) {
  return static_cast<std::uint32_t>(std::llround(seconds * 1000));
}

}  // namespace

// The address of a partner: the WSDL's, overridden by deploy.xml's service, overridden by the descriptor's own.
void Compiler::configure_partner(program::PartnerLinkDecl& declaration) {
  if (declaration.partner_role.empty()) return;
  declaration.partner_address = source.definitions.address_of(declaration.partner_port_type).value_or("");
  // A built-in partner is in the server.
  if (declaration.partner_port_type.ns == ns::cx)
    declaration.partner_address = std::string(ns::cx) + "#" + declaration.partner_port_type.local;
  if (const auto invoked = process_settings_.invokes.find(declaration.name); invoked != process_settings_.invokes.end())
    if (std::string address = address_of_port(source.definitions, invoked->second); !address.empty())
      declaration.partner_address = address;
  const descriptor::Partner partner = process_settings_.partner(declaration.name, declaration.partner_port_type);
  if (partner.address) declaration.partner_address = *partner.address;
  if (partner.timeout_seconds) declaration.settings.timeout_ms = milliseconds(*partner.timeout_seconds);
  if (partner.retry) {
    declaration.settings.retry_times = partner.retry->times;
    declaration.settings.retry_delay_ms = milliseconds(partner.retry->delay_seconds);
  }
  if (partner.on_failure)
    declaration.settings.incident_on_failure = *partner.on_failure == descriptor::OnFailure::incident;
}

}  // namespace echoflow::compile
