#include "adapters/channels/threads.hpp"

#include <algorithm>

#include "adapters/channels/cursors.hpp"

namespace echoflow::channels {

namespace {

constexpr std::size_t most_posts = 2'000;

bool is_plain(std::string_view text) {
  return !text.empty() && text.size() <= 200 && text.find_first_of("\t\n") == std::string_view::npos;
}

}  // namespace

/// A line is "post<TAB>conversation".
void Threads::load() {
  if (loaded_) return;
  loaded_ = true;
  const std::string text = cursors_.get(channel_, "threads");
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    if (conversations_.try_emplace(std::string(line.substr(0, tab)), line.substr(tab + 1)).second)
      order_.emplace_back(line.substr(0, tab));
  }
}

std::string Threads::find(std::string_view post) {
  std::lock_guard lock(mutex_);
  load();
  auto it = conversations_.find(post);
  return it == conversations_.end() ? std::string() : it->second;
}

void Threads::remember(const std::vector<std::pair<std::string, std::string>>& posts) {
  std::lock_guard lock(mutex_);
  load();
  bool changed = false;
  for (const auto& [post, conversation] : posts) {
    if (!is_plain(post) || !is_plain(conversation) || !conversations_.try_emplace(post, conversation).second) continue;
    order_.push_back(post);
    changed = true;
  }
  if (!changed) return;
  for (; order_.size() > most_posts; order_.pop_front()) conversations_.erase(order_.front());
  std::string text;
  for (const auto& post : order_) ((text += post) += '\t') += conversations_[post] + "\n";
  (void)cursors_.put(channel_, "threads", text);
}

}  // namespace echoflow::channels
