#include "adapters/runtime/worker_pool.hpp"

namespace echoflow::runtime {

void WorkerPool::start(unsigned threads) {
  std::lock_guard lock(mutex_);
  stopping_ = false;
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

bool WorkerPool::submit(const Task& task) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return false;
    tasks_.push_back(task);
    ++submitted_;
  }
  more_.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::vector<std::thread> threads;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  more_.notify_all();
  for (auto& thread : threads) thread.join();
}

std::size_t WorkerPool::under_way() const {
  std::lock_guard lock(mutex_);
  return tasks_.size() + running_;
}

std::uint64_t WorkerPool::submitted() const {
  std::lock_guard lock(mutex_);
  return submitted_;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    more_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    ++running_;
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
    --running_;
  }
}

}  // namespace echoflow::runtime
