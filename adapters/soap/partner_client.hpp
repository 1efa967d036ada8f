#pragma once
#include <functional>
#include <string>

#include "adapters/http/client.hpp"
#include "adapters/runtime/partner_client.hpp"

namespace echoflow::soap {

/// Calls partners by SOAP over HTTP(S). Each call carries its idempotency key as the header Idempotency-Key and as
/// wsa:MessageID.
class SoapPartnerClient : public runtime::PartnerClient {
 public:
  /// The URL of the caller's own side of the partner link, for wsa:ReplyTo; empty when it has none.
  using OwnAddress = std::function<std::string(const runtime::PartnerCall&)>;

  explicit SoapPartnerClient(OwnAddress own_address = {}, http::ClientOptions options = {});
  runtime::PartnerAnswer call(const runtime::PartnerCall& call) override;

 private:
  OwnAddress own_address_;
  http::Client client_;
};

}  // namespace echoflow::soap
