#pragma once
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/channels/channel.hpp"
#include "models/base/result.hpp"
#include "models/base/time.hpp"

namespace echoflow::http {
class Client;
}

namespace echoflow::channels {

class CursorStore;

/// What the channels need of the world. All must live longer than they.
struct World {
  http::Client& client;
  CursorStore& cursors;
  std::function<TimePoint()> now;
};

/// A channel as it was configured. Nested tables are flat here: "mapping.text". Secrets are "env:NAME" or "file:PATH".
struct Config {
  std::string name;  ///< lower-case letters, digits, '-' and '_'
  std::string network;
  std::map<std::string, std::string> settings;
};

/// All configured channels by name.
class Channels {
 public:
  Channels() = default;
  /// The error names the channel and the setting.
  static Result<Channels> open(const std::vector<Config>& configs, const World& world);

  Channel* find(std::string_view name) const;
  /// Takes one out, for who wants it alone; nullptr when there is none.
  ChannelPtr take(std::string_view name);
  /// By name, ascending.
  std::span<const ChannelPtr> all() const { return channels_; }

 private:
  std::vector<ChannelPtr> channels_;
};

/// Names of the networks that a channel may be configured for.
std::vector<std::string_view> network_names();

}  // namespace echoflow::channels
