#pragma once
#include <map>
#include <string>
#include <string_view>

#include "adapters/runtime/partner_client.hpp"

namespace echoflow::runtime {

/// A partner that lives in this server, reached through the outbox like any other. Thread-safe; never throws.
class BuiltinService {
 public:
  virtual ~BuiltinService() = default;
  /// What it does for a call it records under the call's key: the same call may come again.
  virtual PartnerAnswer call(const PartnerCall& call) = 0;
  /// Of any call, not only its own: see PartnerClient::abandoned().
  virtual void abandoned(InstanceId, ActivityId) {}
};

/// Calls the services of this server by their addresses, and all other partners by another client.
class BuiltinPartners final : public PartnerClient {
 public:
  explicit BuiltinPartners(PartnerClient& others) : others_(others) {}
  /// Before the runtime starts. The service outlives it.
  void add(std::string_view address, BuiltinService& service) {
    services_.insert_or_assign(std::string(address), &service);
  }

  PartnerAnswer call(const PartnerCall& call) override;
  void abandoned(InstanceId instance, ActivityId activity) override;

 private:
  PartnerClient& others_;
  std::map<std::string, BuiltinService*, std::less<>> services_;
};

}  // namespace echoflow::runtime
