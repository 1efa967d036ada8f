#pragma once
#include <string>

#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"

namespace echoflow::rest {

/// A message that came as JSON, on its way into the runtime.
struct JsonDelivery {
  runtime::ProcessInfoPtr process;
  program::ProgramPtr program;
  const program::OperationRef* operation = nullptr;  ///< in the program
  std::string partner_link;
  runtime::Delivery delivery;
};

/// The client's Idempotency-Key, made unique per route; empty without one.
std::string request_key(const Call& call);

/// `waitSeconds`, as milliseconds; 0 without it.
std::chrono::milliseconds wait_of(json::Fields& fields, const ApiOptions& options);

/// Delivers and answers: `status` with the instance when it is not asked to wait, else with the reply or fault in it.
http::Response deliver(Api& api, JsonDelivery delivery, std::chrono::milliseconds wait, int status);

}  // namespace echoflow::rest
