#include "adapters/runtime/clock.hpp"

#include <algorithm>
#include <chrono>

namespace echoflow::runtime {
namespace {

class SystemClock final : public Clock {
 public:
  TimePoint now() const override {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  }
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) override {
    // An hour at most, so that a clock that somebody sets is noticed.
    auto micros = std::clamp<std::int64_t>(due.micros - now().micros, 0, std::int64_t{3'600'000'000});
    wake.wait_for(lock, std::chrono::microseconds(micros));
  }
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

}  // namespace echoflow::runtime
