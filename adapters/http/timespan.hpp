#pragma once
#include <Poco/Timespan.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace echoflow::http {

/// Poco counts in microseconds, and takes nothing at all for "for ever".
inline Poco::Timespan timespan(std::chrono::milliseconds duration) {
  return Poco::Timespan(std::max<std::int64_t>(duration.count(), 1) * 1000);
}

}  // namespace echoflow::http
