#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/base/sha256.hpp"

namespace echoflow {

/// Reads hexadecimal of either case; nothing when the text is of odd length or holds another character.
std::optional<std::string> from_hex(std::string_view hex);
/// Reads a digest of exactly 64 hexadecimal digits.
std::optional<Sha256> digest_from_hex(std::string_view hex);

}  // namespace echoflow
