#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "adapters/runtime/runtime.hpp"
#include "engine/cx/kpis/crossing.hpp"

namespace echoflow::cx_kpis {

/// Tells the processes that listen what crossed, in order, each under the key that stays the same after a restart. A
/// crossing counts as told when every process that listens has it durably.
class Teller {
 public:
  /// The runtime outlives it.
  explicit Teller(runtime::Runtime& runtime) : runtime_(runtime) {}
  ~Teller() { stop(); }
  void start();
  /// What is not told stays in untold().
  void stop();

  /// Durable crossings only.
  void add(const kpis::Crossings& crossings);
  /// Those that are to be told still: what must be saved.
  kpis::Crossings untold() const;
  /// Grows with every crossing that was told.
  std::uint64_t told() const;

 private:
  void work();
  bool tell(const kpis::Crossing& crossing);

  runtime::Runtime& runtime_;
  mutable std::mutex mutex_;
  std::condition_variable more_;
  std::deque<kpis::Crossing> untold_;
  std::uint64_t told_ = 0;
  bool stopping_ = true;
  std::thread thread_;
};

}  // namespace echoflow::cx_kpis
