#include "bpel/rules/used_port_types.hpp"

#include <algorithm>

namespace echoflow::rules {

bool is_used(const RuleContext& context, const wsdl::PortType& port_type) {
  const auto has_role = [&](const ast::PartnerLink& link) {
    const auto* type = context.loaded.definitions.partner_link_type(link.type);
    return type != nullptr && std::any_of(type->roles.begin(), type->roles.end(),
                                          [&](const wsdl::Role& role) { return role.port_type == port_type.name; });
  };
  const auto& sites = context.model.sites();
  return std::any_of(sites.begin(), sites.end(), [&](const Site& site) {
    return site.body != nullptr &&
           std::any_of(site.body->partner_links.begin(), site.body->partner_links.end(), has_role);
  });
}

}  // namespace echoflow::rules
