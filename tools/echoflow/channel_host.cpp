#include "tools/echoflow/channel_host.hpp"

#include <atomic>

#include "adapters/channels/cursors.hpp"
#include "adapters/channels/puller.hpp"
#include "adapters/http/client.hpp"
#include "adapters/runtime/clock.hpp"

namespace echoflow::tool {

namespace {

/// Passes on to whoever takes it in while the server runs.
class Inlet : public channels::Sink {
 public:
  void open(channels::Sink* sink) { sink_ = sink; }
  bool accept(std::vector<cx::Feedback> feedback) override {
    channels::Sink* sink = sink_;
    return sink && sink->accept(std::move(feedback));
  }

 private:
  std::atomic<channels::Sink*> sink_{nullptr};
};

}  // namespace

class ChannelHost::Impl {
 public:
  explicit Impl(const std::string& folder) {
    if (folder.empty())
      cursors = std::make_unique<channels::MemoryCursors>();
    else
      cursors = std::make_unique<channels::FileCursors>(folder);
  }
  http::Client client;
  std::unique_ptr<channels::CursorStore> cursors;
  channels::Channels channels;
  Inlet inlet;
  channels::Gateway gateway{channels, inlet};
  std::unique_ptr<channels::Puller> puller;
};

ChannelHost::ChannelHost(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChannelHost::~ChannelHost() {
  stop();
}

Result<std::unique_ptr<ChannelHost>> ChannelHost::open(const std::vector<channels::Config>& configs,
                                                       const std::string& cursor_folder) {
  auto impl = std::make_unique<Impl>(cursor_folder);
  auto opened =
      channels::Channels::open(configs, {impl->client, *impl->cursors, [] { return runtime::system_clock().now(); }});
  if (!opened) return fail(opened.error());
  impl->channels = std::move(opened).value();
  return std::unique_ptr<ChannelHost>(new ChannelHost(std::move(impl)));
}

const channels::Channels& ChannelHost::channels() const {
  return impl_->channels;
}

channels::Gateway& ChannelHost::gateway() {
  return impl_->gateway;
}

void ChannelHost::start(channels::Sink& sink) {
  impl_->inlet.open(&sink);
  impl_->puller = std::make_unique<channels::Puller>(impl_->channels.all(), impl_->inlet);
  impl_->puller->start();
}

void ChannelHost::stop() {
  impl_->puller.reset();
  impl_->inlet.open(nullptr);
}

}  // namespace echoflow::tool
