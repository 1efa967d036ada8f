#pragma once
#include <string>

#include "adapters/http/message.hpp"

namespace echoflow::channels::twilio {

/// base64 of HMAC-SHA1 over the address and the sorted names with their values.
std::string signature(const std::string& url, http::Pairs fields, const std::string& auth_token);

}  // namespace echoflow::channels::twilio
