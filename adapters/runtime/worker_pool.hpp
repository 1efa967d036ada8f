#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace echoflow::runtime {

/// A fixed number of threads that run tasks in the order of their coming.
class WorkerPool {
 public:
  using Task = std::function<void()>;
  ~WorkerPool() { stop(); }
  void start(unsigned threads);
  /// False after stop(): the task will not run.
  bool submit(const Task& task);
  /// Runs what is queued, then ends the threads. Idempotent.
  void stop();
  /// Tasks that wait or run.
  std::size_t under_way() const;
  /// How many were ever submitted.
  std::uint64_t submitted() const;

 private:
  void work();
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Task> tasks_;
  std::vector<std::thread> threads_;
  std::size_t running_ = 0;
  std::uint64_t submitted_ = 0;
  bool stopping_ = true;
};

}  // namespace echoflow::runtime
