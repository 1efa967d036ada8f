#include "adapters/channels/puller.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace echoflow::channels {

namespace {

constexpr std::chrono::milliseconds first_rest{1'000}, longest_rest{60'000};

void pull_until(const std::stop_token& stop, Channel& channel, Sink& sink) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::chrono::milliseconds penalty{0};
  while (!stop.stop_requested()) {
    Round round = channel.pull(stop, sink);
    if (round.problem.empty()) {
      penalty = std::chrono::milliseconds(0);
    } else {
      penalty = std::clamp(penalty * 2, first_rest, longest_rest);
      spdlog::warn("channel {}: {}", channel.name(), round.problem);
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, std::max(round.rest, penalty), [] { return false; });
  }
}

}  // namespace

class Puller::Impl {
 public:
  std::span<const ChannelPtr> channels;
  Sink& sink;
  std::vector<std::jthread> threads;
};

Puller::Puller(std::span<const ChannelPtr> channels, Sink& sink) : impl_(new Impl{channels, sink, {}}) {}
Puller::~Puller() {
  stop();
}

void Puller::start() {
  for (const auto& channel : impl_->channels)
    if (channel->pulls())
      impl_->threads.emplace_back(
          [this, &channel](const std::stop_token& stop) { pull_until(stop, *channel, impl_->sink); });
}

void Puller::stop() {
  for (auto& thread : impl_->threads) thread.request_stop();
  impl_->threads.clear();
}

}  // namespace echoflow::channels
