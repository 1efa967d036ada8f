#include "adapters/store_soci/checkpointer.hpp"

#include <chrono>

namespace echoflow::store {
namespace {

using namespace std::chrono_literals;

constexpr int busy_pages = 12'000;  ///< 24 MB: copy, although turns keep coming
constexpr int short_pages = 400;    ///< so few that turns may wait while they are copied
constexpr int most_passes = 5;
constexpr int idle_pages = 200;  ///< not worth copying in a pause
constexpr auto pause = 200ms;

}  // namespace

Checkpointer::Checkpointer(const Database& database, std::mutex& writer)
    : database_(database), writer_(writer), due_(busy_pages), thread_([this] { run(); }) {}

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
    if (pages < pages_) due_ = busy_pages;  // the log has started anew
    // The thread sleeps without a time limit while the log is short.
    wake = pages >= idle_pages && (!grew_ || pages_ < idle_pages || (pages_ < due_ && pages >= due_));
    pages_ = pages;
    grew_ = true;
  }
  if (wake) wake_.notify_one();
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    wake_.wait(lock, [&] { return stop_ || (grew_ && pages_ >= idle_pages); });
    const int seen = pages_;
    wake_.wait_for(lock, pause, [&] { return stop_ || pages_ >= due_; });
    if (stop_) return;
    const bool busy = pages_ >= due_;
    if (!busy && pages_ != seen) continue;
    grew_ = false;
    lock.unlock();
    const bool whole = copy(busy);
    lock.lock();
    // A reader that still needs the old log keeps it from starting anew: no use to try at once again.
    due_ = whole ? busy_pages : pages_ + busy_pages / 2;
  }
}

int Checkpointer::pages() {
  const std::lock_guard lock(mutex_);
  return pages_;
}

/// True when all of the log was copied, so that it starts anew with the next commit.
bool Checkpointer::copy(bool busy) {
  try {
    if (!connection_) connection_ = std::make_unique<Connection>(database_, Role::checkpointer);
    auto state = connection_->checkpoint();
    if (!busy) return state.copied >= state.pages;
    // Each pass copies what was written during the one before: less and less.
    for (int pass = 1; pass < most_passes && pages() - state.copied > short_pages; ++pass)
      state = connection_->checkpoint();
    const std::lock_guard no_commits(writer_);
    state = connection_->checkpoint();
    return state.copied >= state.pages;
  } catch (const std::exception&) {
    // What keeps the log from being copied (a full disk) is told by the next commit; the log itself is safe.
    connection_.reset();
    return false;
  }
}

}  // namespace echoflow::store
