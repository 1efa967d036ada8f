#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/time.hpp"

namespace echoflow::channels::rss {

struct Entry {
  std::string id;  ///< guid, atom:id, else the link, else a digest of title and text
  std::string title, text, author, link, raw;
  std::optional<TimePoint> published_at;
};

/// Entries of an RSS 2.0, RSS 1.0 or Atom feed in their order, at most a thousand.
Result<std::vector<Entry>> read_feed(std::string_view bytes);

}  // namespace echoflow::channels::rss
