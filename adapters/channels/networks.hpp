#pragma once
#include <string>

#include "adapters/channels/channel.hpp"
#include "adapters/channels/registry.hpp"
#include "adapters/channels/settings.hpp"

/// One maker for each network; mistakes of the settings are kept by `settings`.
namespace echoflow::channels {

using Maker = ChannelPtr (*)(const Config& config, Settings& settings, const World& world);

}  // namespace echoflow::channels
