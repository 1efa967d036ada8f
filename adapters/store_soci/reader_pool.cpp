#include "adapters/store_soci/reader_pool.hpp"

namespace echoflow::store {

ReaderPool::Lease::Lease(ReaderPool& pool) : pool_(pool) {
  std::unique_lock lock(pool_.mutex_);
  pool_.returned_.wait(lock, [&] { return pool_.free_ > 0; });
  --pool_.free_;
  if (pool_.idle_.empty()) return;
  connection_ = std::move(pool_.idle_.back());
  pool_.idle_.pop_back();
}

ReaderPool::Lease::~Lease() {
  {
    const std::lock_guard lock(pool_.mutex_);
    ++pool_.free_;
    if (connection_) pool_.idle_.push_back(std::move(connection_));
  }
  pool_.returned_.notify_one();
}

Connection& ReaderPool::Lease::connection() {
  if (!connection_) connection_ = std::make_unique<Connection>(pool_.database_, Role::reader);
  return *connection_;
}

void ReaderPool::free_caches() {
  const std::lock_guard lock(mutex_);
  for (const auto& connection : idle_) connection->free_cache();
}

}  // namespace echoflow::store
