#include "models/records/journal_chain.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace echoflow::records {
namespace {

using Block = std::array<std::uint8_t, 4 * 8 + 3 * 32>;

std::uint8_t* put(std::uint8_t* to, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) *to++ = static_cast<std::uint8_t>(value >> shift);
  return to;
}
std::uint8_t* put(std::uint8_t* to, const Sha256& digest) {
  return std::copy(digest.begin(), digest.end(), to);
}

}  // namespace

Sha256 link_hash(const Sha256& previous, const ChainLink& link) {
  Block block;
  std::uint8_t* to = put(block.data(), previous);
  to = put(to, static_cast<std::uint64_t>(link.position));
  to = put(to, static_cast<std::uint64_t>(link.instance));
  to = put(to, link.seq);
  to = put(to, static_cast<std::uint64_t>(link.at_micros));
  to = put(to, link.events_digest);
  put(to, link.payload_digest);
  return sha256({reinterpret_cast<const char*>(block.data()), block.size()});
}

std::optional<std::string> follow(ChainEnd& end, const ChainLink& link, const Sha256& hash) {
  if (link.position != end.position + 1) {
    return fmt::format("behind position {} stands position {}: rows were removed or renumbered", end.position,
                       link.position);
  }
  if (link_hash(end.hash, link) != hash) {
    return fmt::format(
        "position {} (instance {}, row {}) does not carry the hash of its contents and its predecessor: "
        "it or the row before it was changed",
        link.position, link.instance, link.seq);
  }
  end = {link.position, hash};
  return std::nullopt;
}

}  // namespace echoflow::records
