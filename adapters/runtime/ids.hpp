#pragma once
#include <mutex>

#include "engine/ports/store.hpp"

namespace echoflow::runtime {

/// Hands out ids that are never given twice, from blocks that the store reserves.
class IdBlocks {
 public:
  explicit IdBlocks(engine::Store& store) : store_(store) {}

  /// The first of `count` consecutive ids.
  Result<std::int64_t, engine::StoreError> take(std::int64_t count = 1) {
    std::lock_guard lock(mutex_);
    if (end_ - next_ < count) {
      auto first = store_.reserve_ids(block_size);
      if (!first) return fail(first.error());
      next_ = *first;
      end_ = *first + block_size;
    }
    next_ += count;
    return next_ - count;
  }

 private:
  static constexpr std::int64_t block_size = 10'000;
  engine::Store& store_;
  std::mutex mutex_;
  std::int64_t next_ = 0;
  std::int64_t end_ = 0;
};

}  // namespace echoflow::runtime
