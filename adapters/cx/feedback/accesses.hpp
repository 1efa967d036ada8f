#pragma once
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/clock.hpp"
#include "engine/ports/store.hpp"
#include "models/base/result.hpp"

namespace echoflow::intake {

/// Somebody has seen, or taken away, what customers said. Names ids only, so that it may stay when they are erased.
struct Access {
  std::string who, what;  ///< what: "read", "list", "erase", …
  std::vector<std::int64_t> ids;
};

/// The event of an access, with its number (110) in front, and back.
std::string write_access(const Access& access);
Result<Access> read_access(std::string_view events);

/// Journals every access to customers' data before it is answered, in a stream of its own. Thread-safe.
class Accesses {
 public:
  Accesses(engine::Store& store, runtime::Clock& clock) : store_(store), clock_(clock) {}
  Result<void, engine::StoreError> note(const Access& access);

 private:
  engine::Store& store_;
  runtime::Clock& clock_;
  std::mutex mutex_;
  std::int64_t stream_ = 0;  ///< a new one for each start of the server
  std::uint64_t seq_ = 0;
};

}  // namespace echoflow::intake
