#pragma once
#include <memory>
#include <span>

#include "adapters/channels/channel.hpp"

namespace echoflow::channels {

/// Runs one thread for each channel that is pulled, with growing rests after problems (at most a minute).
class Puller {
 public:
  Puller(std::span<const ChannelPtr> channels, Sink& sink);
  ~Puller();  ///< stop()
  void start();
  /// Asks all to end and waits for them.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::channels
