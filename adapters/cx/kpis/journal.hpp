#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/cx/kpis/kpis.hpp"
#include "engine/ports/cx_store.hpp"

namespace echoflow::cx_kpis {

/// The KPIs' own stream in the journal, and their saved figures beside it. One thread.
class OwnJournal {
 public:
  explicit OwnJournal(engine::Store& store) : store_(store) {}

  /// Finds the stream, if there is one, and what was saved.
  Result<std::vector<kpis::SavedPart>, engine::StoreError> open();
  /// Was anything ever written?
  bool exists() const { return stream_ != 0; }

  /// Puts these behind what waits to be saved; it is saved with the next commit that succeeds.
  void add(std::vector<kpis::SavedPart> parts);
  /// One row of events and all that waits to be saved, in one transaction. `position`: up to which the figures count.
  Result<void, engine::StoreError> commit(std::string events, TimePoint at, std::int64_t position);

 private:
  Result<void, engine::StoreError> find_end();
  Result<void, engine::StoreError> write(const std::string& events, TimePoint at, std::int64_t position);

  engine::Store& store_;
  std::int64_t stream_ = 0;
  std::uint64_t seq_ = 0;
  std::map<std::pair<std::string, std::string>, kpis::SavedPart> waiting_;
};

}  // namespace echoflow::cx_kpis
