#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/store_soci/connection.hpp"

namespace echoflow::store {

/// Copies SQLite's write-ahead log into the database file, on a thread of its own so that commits need not wait for it.
/// While turns come quickly it lets the log grow, since a page that changes often is then copied once; when they pause
/// it copies the rest. While they do not pause, it takes the writers' lock for the last short part of a copy, so that
/// the log starts anew: else it would never be done, and every commit would share the disk with it.
class Checkpointer {
 public:
  Checkpointer(const Database& database, std::mutex& writer);
  ~Checkpointer();

  /// The log holds this many pages after a commit.
  void log_grew(int pages);

 private:
  void run();
  bool copy(bool busy);
  int pages();

  const Database& database_;
  std::mutex& writer_;
  std::mutex mutex_;
  std::condition_variable wake_;
  int pages_ = 0;      // in the log after the last commit
  int due_;            // copied at this many, although turns keep coming
  bool grew_ = false;  // since the last copy
  bool stop_ = false;
  std::unique_ptr<Connection> connection_;
  std::thread thread_;
};

}  // namespace echoflow::store
