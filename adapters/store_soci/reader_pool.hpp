#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/store_soci/connection.hpp"

namespace echoflow::store {

/// The read-only sessions: opened with their first use, given to one thread at a time.
class ReaderPool {
 public:
  explicit ReaderPool(const Database& database)
      : database_(database), free_(database.options.readers > 0 ? database.options.readers : 1) {}

  /// A session for as long as the lease lives; waits for one.
  class Lease {
   public:
    explicit Lease(ReaderPool& pool);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    /// Opens the session where there is none; throws what SOCI throws.
    Connection& connection();
    bool is_open() const { return connection_ != nullptr; }
    const Connection& opened() const { return *connection_; }
    void drop() { connection_.reset(); }

   private:
    ReaderPool& pool_;
    std::unique_ptr<Connection> connection_;
  };
  /// Of the sessions that nobody has.
  void free_caches();

 private:
  const Database& database_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::size_t free_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace echoflow::store
