#include "adapters/store_soci/checkpointer.hpp"

#include <chrono>

namespace echoflow::store {
namespace {

using namespace std::chrono_literals;

constexpr int busy_pages = 4'000;    ///< 16 MB: copy, although turns keep coming
constexpr int limit_pages = 16'000;  ///< 64 MB: the log must start anew
constexpr int idle_pages = 200;      ///< not worth copying in a pause
constexpr auto pause = 200ms;

}  // namespace

Checkpointer::Checkpointer(const Database& database, std::mutex& writer)
    : database_(database), writer_(writer), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::log_grew(int pages) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    // The thread sleeps without a time limit while the log is short.
    wake = (pages_ < idle_pages && pages >= idle_pages) || (pages_ < busy_pages && pages >= busy_pages);
    pages_ = pages;
  }
  if (wake) wake_.notify_one();
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    wake_.wait(lock, [&] { return stop_ || pages_ >= idle_pages; });
    const int seen = pages_;
    wake_.wait_for(lock, pause, [&] { return stop_ || pages_ >= busy_pages; });
    if (stop_) return;
    if (pages_ < busy_pages && pages_ != seen) continue;
    const bool must_finish = pages_ >= limit_pages;
    pages_ = 0;  // told again with the next commit
    lock.unlock();
    copy(must_finish);
    lock.lock();
  }
}

void Checkpointer::copy(bool must_finish) {
  try {
    if (!connection_) connection_ = std::make_unique<Connection>(database_, Role::checkpointer);
    const auto state = connection_->checkpoint();
    if (!must_finish || state.copied >= state.pages) return;
    const std::lock_guard no_commits(writer_);
    connection_->checkpoint();
  } catch (const std::exception&) {
    // What keeps the log from being copied (a full disk) is told by the next commit; the log itself is safe.
    connection_.reset();
  }
}

}  // namespace echoflow::store
