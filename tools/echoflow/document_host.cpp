#include "tools/echoflow/document_host.hpp"

#include <chrono>

namespace echoflow::tool {

namespace {
constexpr auto look_every = std::chrono::hours(1);
}

DocumentHost::DocumentHost(engine::Store& store, documents::Signer signer, documents::RegisterOptions options)
    : signer_(std::move(signer)), register_(store, runtime::system_clock(), std::move(options)) {}

DocumentHost::~DocumentHost() {
  stop();
}

void DocumentHost::start(const runtime::Directory& directory) {
  register_.follow(directory);
  reminder_ = std::thread([this] { remind(); });
}

void DocumentHost::remind() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    register_.remind();
    lock.lock();
    wake_.wait_for(lock, look_every, [this] { return stopping_; });
  }
}

void DocumentHost::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (reminder_.joinable()) reminder_.join();
}

}  // namespace echoflow::tool
