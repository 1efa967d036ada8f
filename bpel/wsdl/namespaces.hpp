#pragma once
#include <string_view>

#include "models/base/namespaces.hpp"

namespace echoflow::wsdl {

/// Partner link types as BPEL4WS 1.1 wrote them; still found in files that were made for Apache ODE.
inline constexpr std::string_view old_plnktype = "http://schemas.xmlsoap.org/ws/2003/05/partner-link/";

}  // namespace echoflow::wsdl
