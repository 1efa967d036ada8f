#pragma once
#include <Poco/Net/Context.h>

namespace echoflow::http {

/// For connections that we make: certificates are checked by the system's authorities. Throws Poco's exceptions.
Poco::Net::Context::Ptr client_tls_context();

}  // namespace echoflow::http
