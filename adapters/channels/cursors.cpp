#include "adapters/channels/cursors.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace echoflow::channels {

namespace {

std::string key_of(std::string_view channel, std::string_view what) {
  return std::string(channel) + "." + std::string(what);
}

Result<void> trouble(const std::string& file) {
  return fail("Cannot write '" + file + "': " + std::strerror(errno) + "; check the folder's rights and space.");
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

void sync_folder(const std::string& folder) {
  if (const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); opened >= 0) {
    ::fsync(opened);
    ::close(opened);
  }
}

}  // namespace

std::string MemoryCursors::get(std::string_view channel, std::string_view what) {
  std::lock_guard lock(mutex_);
  auto it = cursors_.find(key_of(channel, what));
  return it == cursors_.end() ? std::string() : it->second;
}

Result<void> MemoryCursors::put(std::string_view channel, std::string_view what, std::string_view cursor) {
  std::lock_guard lock(mutex_);
  cursors_[key_of(channel, what)] = cursor;
  return {};
}

std::string FileCursors::path(std::string_view channel, std::string_view what) const {
  return folder_ + "/" + key_of(channel, what) + ".cursor";
}

std::string FileCursors::get(std::string_view channel, std::string_view what) {
  std::lock_guard lock(mutex_);
  std::ifstream file(path(channel, what), std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

Result<void> FileCursors::put(std::string_view channel, std::string_view what, std::string_view cursor) {
  std::lock_guard lock(mutex_);
  if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return trouble(folder_);
  const std::string target = path(channel, what), fresh = target + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return trouble(fresh);
  const bool written = write_all(file, cursor);
  if (::close(file) != 0 || !written) return trouble(fresh);
  if (::rename(fresh.c_str(), target.c_str()) != 0) return trouble(target);
  sync_folder(folder_);
  return {};
}

}  // namespace echoflow::channels
