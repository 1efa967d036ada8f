#include "adapters/rest/document_progress.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "adapters/rest/api.hpp"
#include "adapters/rest/documentation.hpp"

namespace echoflow::rest {

namespace {

constexpr std::size_t most_watched = 1'000;
constexpr std::size_t shortest_watch_name = 8, longest_watch_name = 64;

/// Of the whole program: whoever makes documents, names do not meet.
struct WatchBoard {
  std::mutex mutex;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> works;
};
WatchBoard& watch_board() {
  static WatchBoard all;
  return all;
}

}  // namespace

bool is_watch_name(const std::string& name) {
  return name.size() >= shortest_watch_name && name.size() <= longest_watch_name &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

WatchedWork::WatchedWork(std::string name) : name_(std::move(name)) {
  if (name_.empty()) return;
  const std::lock_guard lock(watch_board().mutex);
  const bool room = watch_board().works.size() < most_watched;
  if (!room || !watch_board().works.try_emplace(name_, 0, 0).second) name_.clear();
}

WatchedWork::~WatchedWork() {
  if (name_.empty()) return;
  const std::lock_guard lock(watch_board().mutex);
  watch_board().works.erase(name_);
}

void WatchedWork::advance(std::int64_t done, std::int64_t total) {
  if (name_.empty()) return;
  const std::lock_guard lock(watch_board().mutex);
  watch_board().works[name_] = {done, total};
}

std::optional<std::pair<std::int64_t, std::int64_t>> watched(const std::string& name) {
  const std::lock_guard lock(watch_board().mutex);
  const auto found = watch_board().works.find(name);
  return found == watch_board().works.end() ? std::nullopt : std::optional(found->second);
}

namespace definitions {

http::Response documentation_progress(Api&, const Call& call) {
  const auto far = watched(std::string(call.parameter("watch")));
  if (!far) return not_found("No document is being made that is watched by this name.");
  json::Writer writer;
  writer.begin_object().member("done", far->first).member("total", far->second).end_object();
  return json_response(200, writer);
}

}  // namespace definitions

}  // namespace echoflow::rest
