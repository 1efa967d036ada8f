// compiled alone: another header brings sqlite3.h inside of SOCI's namespace.
#include "adapters/store_soci/gathered_log.hpp"

#include <sqlite3.h>

#include <mutex>
#include <new>
#include <string>

/// A layer between SQLite and the system's files ("VFS", https://www.sqlite.org/vfs.html) that holds writes to the log
/// back until they are needed. All but the logs of sessions that asked for it pass through.
namespace echoflow::store {
namespace {

constexpr std::size_t most_gathered = 64u << 10;  ///< SQLite's layer for the system takes less than 128 KB at once

/// Writes that follow each other in the file and are not written yet.
struct Gathered {
  std::string bytes;
  sqlite3_int64 from = 0;
};

/// The real file stands behind ours, in the same block.
struct LogFile {
  sqlite3_file base;
  sqlite3_file* real;
  Gathered* gathered;  ///< null: pass through
};

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs gathering_vfs;

LogFile& log_of(sqlite3_file* file) {
  return *reinterpret_cast<LogFile*>(file);
}
const sqlite3_io_methods& real_methods(sqlite3_file* file) {
  return *log_of(file).real->pMethods;
}

int write_gathered(sqlite3_file* file) {
  Gathered* gathered = log_of(file).gathered;
  if (gathered == nullptr || gathered->bytes.empty()) return SQLITE_OK;
  const int result = real_methods(file).xWrite(log_of(file).real, gathered->bytes.data(),
                                               static_cast<int>(gathered->bytes.size()), gathered->from);
  gathered->bytes.clear();
  return result;
}

int close_file(sqlite3_file* file) {
  // What is left belongs to a transaction that did not commit.
  delete log_of(file).gathered;
  return real_methods(file).xClose(log_of(file).real);
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (const int result = write_gathered(file)) return result;
  return real_methods(file).xRead(log_of(file).real, to, size, at);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  Gathered* gathered = log_of(file).gathered;
  if (gathered == nullptr) return real_methods(file).xWrite(log_of(file).real, from, size, at);
  const auto next = gathered->from + static_cast<sqlite3_int64>(gathered->bytes.size());
  if (at != next || gathered->bytes.size() + static_cast<std::size_t>(size) > most_gathered)
    if (const int result = write_gathered(file)) return result;
  if (gathered->bytes.empty()) gathered->from = at;
  try {
    gathered->bytes.append(static_cast<const char*>(from), static_cast<std::size_t>(size));
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
  return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int result = write_gathered(file)) return result;
  return real_methods(file).xTruncate(log_of(file).real, size);
}

int sync(sqlite3_file* file, int flags) {
  if (const int result = write_gathered(file)) return result;
  return real_methods(file).xSync(log_of(file).real, flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (const int result = write_gathered(file)) return result;
  return real_methods(file).xFileSize(log_of(file).real, size);
}

int lock(sqlite3_file* file, int kind) {
  return real_methods(file).xLock(log_of(file).real, kind);
}
int unlock(sqlite3_file* file, int kind) {
  return real_methods(file).xUnlock(log_of(file).real, kind);
}
int check_reserved_lock(sqlite3_file* file, int* out) {
  return real_methods(file).xCheckReservedLock(log_of(file).real, out);
}
int file_control(sqlite3_file* file, int what, void* with) {
  return real_methods(file).xFileControl(log_of(file).real, what, with);
}
int sector_size(sqlite3_file* file) {
  return real_methods(file).xSectorSize(log_of(file).real);
}
int device_characteristics(sqlite3_file* file) {
  return real_methods(file).xDeviceCharacteristics(log_of(file).real);
}

const sqlite3_io_methods log_methods = {1,
                                        close_file,
                                        read,
                                        write,
                                        truncate,
                                        sync,
                                        file_size,
                                        lock,
                                        unlock,
                                        check_reserved_lock,
                                        file_control,
                                        sector_size,
                                        device_characteristics,
                                        nullptr,
                                        nullptr,
                                        nullptr,
                                        nullptr,
                                        nullptr,
                                        nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  if ((flags & SQLITE_OPEN_WAL) == 0) return real_vfs->xOpen(real_vfs, name, file, flags, out);
  LogFile& log = log_of(file);
  log.gathered = nullptr;
  log.real = reinterpret_cast<sqlite3_file*>(&log + 1);
  const int result = real_vfs->xOpen(real_vfs, name, log.real, flags, out);
  log.base.pMethods = log.real->pMethods != nullptr ? &log_methods : nullptr;
  return result;
}

}  // namespace

void prepare_gathered_log() {
  static std::once_flag once;
  std::call_once(once, [] {
    real_vfs = sqlite3_vfs_find(nullptr);
    gathering_vfs = *real_vfs;
    gathering_vfs.szOsFile += static_cast<int>(sizeof(LogFile));
    gathering_vfs.zName = "echoflow-gathered-log";
    gathering_vfs.pNext = nullptr;
    gathering_vfs.xOpen = open;
    sqlite3_vfs_register(&gathering_vfs, 1);
  });
}

void gather_log_writes(void* database) {
  sqlite3_file* log = nullptr;
  sqlite3_file_control(static_cast<sqlite3*>(database), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log == nullptr || log->pMethods != &log_methods || log_of(log).gathered != nullptr) return;
  log_of(log).gathered = new Gathered;
}

}  // namespace echoflow::store
