#pragma once
#include <atomic>
#include <cstdint>

namespace echoflow::channels {

/// What a channel has seen since the server started.
struct Counters {
  std::atomic<std::uint64_t> received{0};  ///< pieces of feedback
  std::atomic<std::uint64_t> refused_signature{0};
  std::atomic<std::uint64_t> refused_stale{0};
  std::atomic<std::uint64_t> refused_malformed{0};
  std::atomic<std::uint64_t> refused_other{0};
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> send_refused{0};
  std::atomic<std::uint64_t> send_later{0};
  std::atomic<std::uint64_t> pull_problems{0};
};

}  // namespace echoflow::channels
