#pragma once
#include <string>
#include <string_view>

#include "adapters/channels/networks.hpp"

namespace echoflow::channels {

ChannelPtr make_bluesky(const Config& config, Settings& settings, const World& world);

/// The same for every attempt: a record key ("TID", 13 characters) made of a delivery's key.
std::string bluesky_record_key(std::string_view key);

}  // namespace echoflow::channels
