#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace echoflow {

using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-256 of bytes (FIPS 180-4). Thread-safe.
Sha256 sha256(std::string_view bytes);

/// Lower-case hexadecimal of bytes.
std::string to_hex(std::string_view bytes);
std::string to_hex(const Sha256& digest);
/// Reads hexadecimal of either case; nothing when the text is of odd length or holds another character.
std::optional<std::string> from_hex(std::string_view hex);
/// Reads a digest of exactly 64 hexadecimal digits.
std::optional<Sha256> digest_from_hex(std::string_view hex);

}  // namespace echoflow
