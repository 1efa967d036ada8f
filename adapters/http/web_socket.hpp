#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace echoflow::http {

/// Reads the texts of a web socket (ws:// or wss://) until it breaks, `take` says false, nothing comes for
/// `silence_seconds`, or `stop` is asked for (within a second). Gives what went wrong; empty when it was asked to stop.
/// A text larger than a megabyte breaks it. Never throws.
std::string read_web_socket(const std::string& url, const std::stop_token& stop, int silence_seconds,
                            const std::function<bool(std::string_view)>& take);

}  // namespace echoflow::http
