#include "adapters/runtime/builtin_partners.hpp"

#include <set>

#include "models/cx/namespaces.hpp"

namespace echoflow::runtime {

PartnerAnswer BuiltinPartners::call(const PartnerCall& call) {
  const auto found = services_.find(call.address);
  if (found != services_.end()) return found->second->call(call);
  if (!call.address.starts_with(ns::cx)) return others_.call(call);
  return TransportFailure{TransportFailure::Kind::unreachable,
                          "this server has no service " + call.address + ": look at its configuration", false};
}

void BuiltinPartners::abandoned(InstanceId instance, ActivityId activity) {
  std::set<BuiltinService*> told;
  for (const auto& [address, service] : services_) {
    if (told.insert(service).second) service->abandoned(instance, activity);
  }
  others_.abandoned(instance, activity);
}

}  // namespace echoflow::runtime
