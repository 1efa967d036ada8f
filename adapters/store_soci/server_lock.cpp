#include "adapters/store_soci/server_lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

#include "adapters/store_soci/trouble.hpp"

namespace echoflow::store {
namespace {

using engine::StoreErrorKind;
using namespace std::chrono_literals;

/// Tries until it succeeds or the time for waiting is over. A killed server's session may live a moment longer than it.
bool try_for(std::uint32_t wait_ms, const std::function<bool()>& take) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  while (!take()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(20ms);
  }
  return true;
}

std::string holder_of(int file) {
  char text[32] = {};
  const ssize_t length = ::pread(file, text, sizeof text - 1, 0);
  return length > 0 ? fmt::format("process {}", text) : std::string("another process");
}

int open_beside(const Database& database) {
  const std::filesystem::path path(database.address);
  std::error_code ignored;  // what is wrong with the folder shows when opening
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
  const std::string name = database.address + ".lock";
  const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) {
    // A new database is this user's alone; SQLite gives its log the same rights.
    const int made = ::open(database.address.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
    return file;
  }
  const int code = errno;
  const bool forbidden = code == EROFS || code == EACCES || code == EPERM;
  const auto kind = forbidden        ? StoreErrorKind::read_only
                    : code == ENOSPC ? StoreErrorKind::full
                                     : StoreErrorKind::unavailable;
  refuse(kind, fmt::format("database {}: {} cannot be opened for writing ({}): make its folder and give this user the "
                           "right to write there",
                           database.name, name, std::strerror(code)));
}

}  // namespace

FileLock::FileLock(const Database& database) : file_(open_beside(database)) {
  if (!try_for(database.options.lock_wait_ms, [&] { return ::flock(file_, LOCK_EX | LOCK_NB) == 0; })) {
    const std::string holder = holder_of(file_);
    ::close(file_);
    refuse(StoreErrorKind::busy,
           fmt::format("database {} is in use by another Echoflow server ({}): end it first, or use another database",
                       database.name, holder));
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, pid.data(), pid.size(), 0) < 0) {
    // The number is for people only; the lock holds without it.
  }
}

FileLock::~FileLock() {
  ::close(file_);
}

void lock_for_writing(Connection& connection, const Database& database) {
  constexpr std::int64_t echoflow = 0x6563686f;
  const auto take = [&] {
    bool taken = false;
    connection
        .query("SELECT CASE WHEN pg_try_advisory_lock(cast(:a as int), hashtext(current_schema())) THEN 1 ELSE 0 END",
               "i", "i")
        .integer(echoflow)
        .select([&](Columns& row) { taken = row.integer() == 1; });
    return taken;
  };
  if (try_for(database.options.lock_wait_ms, take)) return;
  std::string holder = "unknown";
  connection
      .query(
          "SELECT 'session ' || cast(a.pid as text) || ' from ' || coalesce(host(a.client_addr), 'this machine') FROM "
          "pg_locks l "
          "JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND l.classid = "
          "cast(:a as int)",
          "i", "t")
      .integer(echoflow)
      .select([&](Columns& row) { holder = row.text(); });
  refuse(StoreErrorKind::busy,
         fmt::format("database {} is in use by another Echoflow server ({}): end it first, or use another database",
                     database.name, holder));
}

}  // namespace echoflow::store
