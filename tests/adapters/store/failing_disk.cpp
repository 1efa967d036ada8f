#include "tests/adapters/store/failing_disk.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cerrno>
#include <cstring>

namespace echoflow::store::test {
namespace {

std::atomic<int> write_error = 0, sync_error = 0, last_error = 0;
sqlite3_vfs* real = nullptr;
sqlite3_vfs failing;

/// The real file stands behind ours, in the same block.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
};
sqlite3_file* behind(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->real;
}
#define REAL behind(file)->pMethods

int result_of(int error, int otherwise) {
  last_error = error;
  return error == ENOSPC ? SQLITE_FULL : otherwise;
}

int close_file(sqlite3_file* file) {
  return REAL->xClose(behind(file));
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return REAL->xRead(behind(file), to, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (const int error = write_error) return result_of(error, SQLITE_IOERR_WRITE);
  return REAL->xWrite(behind(file), from, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return REAL->xTruncate(behind(file), size);
}
int sync(sqlite3_file* file, int flags) {
  if (const int error = sync_error) return result_of(error, SQLITE_IOERR_FSYNC);
  return REAL->xSync(behind(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return REAL->xFileSize(behind(file), size);
}
int lock(sqlite3_file* file, int kind) {
  return REAL->xLock(behind(file), kind);
}
int unlock(sqlite3_file* file, int kind) {
  return REAL->xUnlock(behind(file), kind);
}
int reserved(sqlite3_file* file, int* out) {
  return REAL->xCheckReservedLock(behind(file), out);
}
int control(sqlite3_file* file, int what, void* with) {
  if (what == SQLITE_FCNTL_LAST_ERRNO && last_error != 0) {
    *static_cast<int*>(with) = last_error;
    return SQLITE_OK;
  }
  return REAL->xFileControl(behind(file), what, with);
}
int sector(sqlite3_file* file) {
  return REAL->xSectorSize(behind(file));
}
int traits(sqlite3_file* file) {
  return REAL->xDeviceCharacteristics(behind(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return REAL->xShmMap(behind(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return REAL->xShmLock(behind(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) {
  REAL->xShmBarrier(behind(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return REAL->xShmUnmap(behind(file), remove);
}

const sqlite3_io_methods methods = {2,        close_file,  read,      write,   truncate, sync,   file_size,
                                    lock,     unlock,      reserved,  control, sector,   traits, shm_map,
                                    shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* ours = reinterpret_cast<File*>(file);
  ours->real = reinterpret_cast<sqlite3_file*>(ours + 1);
  const int result = real->xOpen(real, name, ours->real, flags, out);
  ours->base.pMethods = ours->real->pMethods != nullptr ? &methods : nullptr;
  return result;
}
int get_last_error(sqlite3_vfs*, int, char*) {
  return last_error;
}

/// Lies below what the store itself puts between SQLite and the files, so it is there before the first store.
[[maybe_unused]] const bool is_registered = [] {
  real = sqlite3_vfs_find(nullptr);
  failing = *real;
  failing.szOsFile += static_cast<int>(sizeof(File));
  failing.zName = "failing";
  failing.pNext = nullptr;
  failing.xOpen = open;
  failing.xGetLastError = get_last_error;
  return sqlite3_vfs_register(&failing, 1) == SQLITE_OK;
}();

}  // namespace

FailingDisk::FailingDisk() {
  write_error = sync_error = last_error = 0;
}
FailingDisk::~FailingDisk() {
  write_error = sync_error = last_error = 0;
}
void FailingDisk::fail_writes(int error) {
  last_error = 0, write_error = error;
}
void FailingDisk::fail_syncs(int error) {
  last_error = 0, sync_error = error;
}

}  // namespace echoflow::store::test
