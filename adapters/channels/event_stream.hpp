#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace echoflow::channels {

/// Takes the bytes of server-sent events and gives whole events (type, data). Thump-comments and ids are left out.
class EventParser {
 public:
  using Event = std::function<bool(const std::string& type, const std::string& data)>;
  explicit EventParser(Event event) : event_(std::move(event)) {}
  /// False: the receiver wants no more, or an event is larger than a megabyte.
  bool take(std::string_view bytes);

 private:
  bool line(std::string_view text);
  Event event_;
  std::string rest_, type_, data_;
};

struct StreamRequest {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  int silence_seconds = 90;  ///< the stream counts as broken when nothing comes for so long
};

/// Reads an endless answer until it breaks, `take` says false or `stop` is asked for (within a second). Gives what went
/// wrong; empty when it was asked to stop. Never throws.
std::string read_stream(const StreamRequest& request, const std::stop_token& stop,
                        const std::function<bool(std::string_view)>& take);

}  // namespace echoflow::channels
