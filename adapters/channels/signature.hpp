#pragma once
#include <string>
#include <string_view>

namespace echoflow::channels {

/// Raw bytes of the message authentication codes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);
std::string hmac_sha1(std::string_view key, std::string_view bytes);

/// Takes as long for any two texts of the same length.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace echoflow::channels
