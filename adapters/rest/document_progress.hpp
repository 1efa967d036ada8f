#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

/// How far the documents are that are being made, for those who wait for them: each by a name that its caller chose.
namespace echoflow::rest {

/// A caller's name for his wait: 8 to 64 letters, digits and hyphens, which nobody can guess who is not told.
bool is_watch_name(const std::string& name);

/// One document that is being made, while it lives. Without a name, or where too many are watched, nobody can ask.
class WatchedWork {
 public:
  explicit WatchedWork(std::string name);
  ~WatchedWork();
  WatchedWork(const WatchedWork&) = delete;
  WatchedWork& operator=(const WatchedWork&) = delete;
  void advance(std::int64_t done, std::int64_t total);

 private:
  std::string name_;
};

/// Rows of the journal read, and how many there are; nullopt: nothing of that name is being made.
std::optional<std::pair<std::int64_t, std::int64_t>> watched(const std::string& name);

}  // namespace echoflow::rest
