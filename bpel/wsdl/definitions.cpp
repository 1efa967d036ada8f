#include "bpel/wsdl/definitions.hpp"

#include <algorithm>

namespace echoflow::wsdl {
namespace {

template <class Item>
const Item* first_named(const std::vector<Item>& items, const QName& name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.name == name; });
  return found == items.end() ? nullptr : &*found;
}

template <class Item>
const Item* first_named(const std::vector<Item>& items, const std::string& name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.name == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Part* Message::part(const std::string& part_name) const {
  return first_named(parts, part_name);
}
const Operation* PortType::operation(const std::string& operation_name) const {
  return first_named(operations, operation_name);
}
const Role* PartnerLinkType::role(const std::string& role_name) const {
  return first_named(roles, role_name);
}
const BindingOperation* Binding::operation(const std::string& operation_name) const {
  return first_named(operations, operation_name);
}

const Message* Definitions::message(const QName& name) const {
  return first_named(messages, name);
}
const PortType* Definitions::port_type(const QName& name) const {
  return first_named(port_types, name);
}
const PartnerLinkType* Definitions::partner_link_type(const QName& name) const {
  return first_named(partner_link_types, name);
}
const Property* Definitions::property(const QName& name) const {
  return first_named(properties, name);
}

const Binding* Definitions::binding_of(const QName& port_type) const {
  const auto found = std::find_if(bindings.begin(), bindings.end(), [&](const Binding& b) {
    return b.port_type == port_type && b.soap != SoapVersion::none;
  });
  return found == bindings.end() ? nullptr : &*found;
}

std::optional<std::string> Definitions::address_of(const QName& port_type) const {
  for (const auto& service : services) {
    for (const auto& port : service.ports) {
      const auto* binding = first_named(bindings, port.binding);
      if (binding && binding->port_type == port_type && binding->soap != SoapVersion::none && !port.address.empty())
        return port.address;
    }
  }
  return std::nullopt;
}

}  // namespace echoflow::wsdl
