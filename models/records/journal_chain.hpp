#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "models/base/sha256.hpp"

/// The hash chain of the journal: each row's hash covers its predecessor's, so that no row can be changed, removed or
/// put in between without being noticed. Contents enter by their digest alone: they can be erased and the chain stays
/// whole.
namespace echoflow::records {

/// What of a journal row is hashed.
struct ChainLink {
  std::int64_t position = 0;
  std::int64_t instance = 0;
  std::uint64_t seq = 0;
  std::int64_t at_micros = 0;
  Sha256 events_digest{};
  Sha256 payload_digest{};
};

/// The end of the chain; position 0 and a hash of zeros before the first row.
struct ChainEnd {
  std::int64_t position = 0;
  Sha256 hash{};
  friend bool operator==(const ChainEnd&, const ChainEnd&) = default;
};

/// SHA-256(previous ‖ position ‖ instance ‖ seq ‖ at ‖ events_digest ‖ payload_digest), integers as 8 bytes big-endian.
Sha256 link_hash(const Sha256& previous, const ChainLink& link);

/// What does not fit when `link` with `hash` follows `end`; nothing when it fits, and then `end` moves on to it.
std::optional<std::string> follow(ChainEnd& end, const ChainLink& link, const Sha256& hash);

}  // namespace echoflow::records
