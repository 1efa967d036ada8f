#pragma once
#include <condition_variable>
#include <mutex>

#include "models/base/time.hpp"

namespace echoflow::runtime {

/// The only source of time, so that tests can drive it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  /// Sleeps until `due` or until `wake` is notified, whichever is first; may wake early.
  virtual void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& wake, TimePoint due) = 0;
};

/// The wall clock of the machine.
Clock& system_clock();

}  // namespace echoflow::runtime
