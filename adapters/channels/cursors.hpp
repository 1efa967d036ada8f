#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/result.hpp"

namespace echoflow::channels {

/// Up to where a pulled channel was read. A cursor is an opaque text of the channel's own.
class CursorStore {
 public:
  virtual ~CursorStore() = default;
  virtual std::string get(std::string_view channel, std::string_view what) = 0;  ///< empty: none yet
  /// Durable on return.
  virtual Result<void> put(std::string_view channel, std::string_view what, std::string_view cursor) = 0;
};

/// For tests and in-memory servers.
class MemoryCursors : public CursorStore {
 public:
  std::string get(std::string_view channel, std::string_view what) override;
  Result<void> put(std::string_view channel, std::string_view what, std::string_view cursor) override;

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> cursors_;
};

/// One small file for each cursor in a folder; replaced as a whole and synced.
class FileCursors : public CursorStore {
 public:
  explicit FileCursors(std::string folder) : folder_(std::move(folder)) {}
  std::string get(std::string_view channel, std::string_view what) override;
  Result<void> put(std::string_view channel, std::string_view what, std::string_view cursor) override;

 private:
  std::string path(std::string_view channel, std::string_view what) const;
  std::mutex mutex_;
  const std::string folder_;
};

}  // namespace echoflow::channels
