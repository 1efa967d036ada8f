#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace echoflow {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);

/// Lower-case hexadecimal of any bytes.
std::string to_hex(std::string_view bytes);
std::string to_hex(const Sha256& digest);
/// sha256 as 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace echoflow
