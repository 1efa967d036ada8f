#pragma once
#include <cstdint>

namespace echoflow::engine {

/// What Store::find_subscriptions() gives at most: more under one key are of no use to anybody.
inline constexpr std::uint32_t most_subscriptions = 1'000;

}  // namespace echoflow::engine
