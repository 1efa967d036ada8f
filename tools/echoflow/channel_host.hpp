#pragma once
#include <memory>
#include <string>
#include <vector>

#include "adapters/channels/gateway.hpp"
#include "adapters/channels/registry.hpp"
#include "models/base/result.hpp"

namespace echoflow::tool {

/// The configured channels: called by networks through gateway(), pulled by threads of its own.
class ChannelHost {
 public:
  /// `cursor_folder` empty: cursors are kept in memory. The error names the channel and the setting.
  static Result<std::unique_ptr<ChannelHost>> open(const std::vector<channels::Config>& configs,
                                                   const std::string& cursor_folder);
  ~ChannelHost();  ///< stop()

  const channels::Channels& channels() const;
  /// Where networks call; what they bring goes to the sink that start() was given, and is refused before.
  channels::Gateway& gateway();
  void start(channels::Sink& sink);
  /// Nothing is pulled any more; networks are told to deliver again.
  void stop();

 private:
  class Impl;
  explicit ChannelHost(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::tool
