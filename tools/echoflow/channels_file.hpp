#pragma once
#include <string>
#include <vector>

#include "adapters/channels/registry.hpp"
#include "models/base/result.hpp"

namespace echoflow::tool {

/// Channels of a TOML file: one table [channels.NAME] each, with network = "…" and the network's settings.
Result<std::vector<channels::Config>> read_channels_file(const std::string& file);

}  // namespace echoflow::tool
