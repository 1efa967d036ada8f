#include "adapters/store_soci/group.hpp"

#include "models/base/sha256.hpp"

namespace echoflow::store {

bool has_ended(const engine::InstanceRow& row) {
  return row.status != engine::InstanceStatus::running && row.status != engine::InstanceStatus::suspended;
}

std::int64_t slot_of(std::string_view process_key, std::string_view partner_link, std::string_view operation,
                     std::string_view key) {
  std::string text;
  for (const std::string_view part : {process_key, partner_link, operation, key}) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
  }
  const Sha256 digest = sha256(text);
  std::uint64_t slot = 0;
  for (int i = 0; i < 8; ++i) slot = slot << 8 | digest[static_cast<std::size_t>(i)];
  return static_cast<std::int64_t>(slot);
}

}  // namespace echoflow::store
