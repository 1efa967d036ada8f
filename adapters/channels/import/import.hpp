#pragma once
#include "adapters/channels/networks.hpp"

namespace echoflow::channels {

ChannelPtr make_import(const Config& config, Settings& settings, const World& world);

}  // namespace echoflow::channels
