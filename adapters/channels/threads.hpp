#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echoflow::channels {

class CursorStore;

/// Which conversation a post belongs to, for networks that only say which post it answers: the newest few thousand,
/// kept over a restart. Thread-safe.
class Threads {
 public:
  Threads(CursorStore& cursors, std::string channel) : cursors_(cursors), channel_(std::move(channel)) {}
  /// Empty: not known.
  std::string find(std::string_view post);
  /// Pairs of post and conversation. What cannot be kept costs a conversation its later parts, never a post.
  void remember(const std::vector<std::pair<std::string, std::string>>& posts);

 private:
  void load();
  CursorStore& cursors_;
  const std::string channel_;
  std::mutex mutex_;
  bool loaded_ = false;
  std::map<std::string, std::string, std::less<>> conversations_;
  std::deque<std::string> order_;  ///< oldest first
};

}  // namespace echoflow::channels
